"""Where the time of an answer goes: the numbers behind two plots."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from evals.html.run import Run
from evals.html.time_plots import stage_plot, time_plot
from evals.stages import TOTAL, Stage, seconds_told, stages_of


@dataclass(frozen=True, slots=True)
class Speed:
    """The section on speed, ready to print; `stage_plot` is None where no answer names a stage."""

    stage_plot: Markup | None
    time_plot: Markup
    stages: tuple[Stage, ...]


def speed(run: Run) -> Speed | None:
    """The section; None where no answer says how long it took."""
    told = seconds_told(run.records)
    if not told:
        return None
    found = stages_of(told)
    drawn = stage_plot(found, "stages") if found else None
    return Speed(drawn, time_plot([one[TOTAL] for one in told], "times"), found)

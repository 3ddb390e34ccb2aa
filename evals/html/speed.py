"""Where the time of an answer goes: the numbers behind two plots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from evals.html.run import Run
from evals.html.time_plots import Stage, stage_plot, time_plot

WHOLE = "total"
"""The name under which `rag.answer.Usage` holds the time of the whole answer."""


@dataclass(frozen=True, slots=True)
class Speed:
    """The section on speed, ready to print; `stage_plot` is None where no answer names a stage."""

    stage_plot: Markup | None
    time_plot: Markup
    stages: tuple[Stage, ...]


def speed(run: Run) -> Speed | None:
    """The section; None where no answer says how long it took."""
    told = [record.answer.usage.seconds for record in run.records if record.answer is not None]
    totals = [seconds[WHOLE] for seconds in told if WHOLE in seconds]
    if not totals:
        return None
    names = dict.fromkeys(name for seconds in told for name in seconds if name != WHOLE)
    found = tuple(
        _stage(name, [seconds[name] for seconds in told if name in seconds]) for name in names
    )
    drawn = stage_plot(found, "stages") if found else None
    return Speed(drawn, time_plot(totals, "times"), found)


def _stage(name: str, seconds: list[float]) -> Stage:
    median, p95 = (float(at) for at in np.percentile(seconds, [50, 95]))
    return Stage(name, median, p95, len(seconds))

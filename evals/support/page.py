"""Judges against people as one page: a table over all sets, then a section for each set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from evals.curves import expected_calibration_error
from evals.html.curve_plots import reliability_plot
from evals.html.figures import interval, value
from evals.html.rendering import render
from evals.support.agreement import Agreement
from evals.support.published import Published
from evals.support.report import NOTE, SupportReport

MEASURES = {
    "auroc": "AUROC",
    "pair_accuracy": "pair accuracy",
    "balanced_accuracy": "balanced accuracy",
    "f1_unsupported": "F1 of ‘unsupported’",
    "f1_supported": "F1 of ‘supported’",
    "calibration_error": "calibration error",
}
"""What the page shows; `SupportReport.to_dict` has all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, ready to print."""

    value: str
    interval: str


@dataclass(frozen=True, slots=True)
class Line:
    """One judge over one set, or over one kind of its claims."""

    name: str
    n: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One set.

    Attributes:
        plot: the reliability plot of the first judge; None where nothing was scored.
        error: its expected calibration error.
    """

    key: str
    name: str
    about: str
    judge: str
    lines: tuple[Line, ...]
    kinds: tuple[Line, ...]
    plot: Markup | None
    error: str
    published: tuple[Published, ...]


def support_page(reports: Sequence[SupportReport]) -> str:
    """One HTML file that loads nothing and holds no text of the sets.

    Args:
        reports: at least one; those of one set together, the judge that matters first.
    """
    groups = [list(group) for _, group in groupby(reports, key=lambda report: report.set)]
    return render(
        "support.html.j2",
        sections=[_section(at, group) for at, group in enumerate(groups, start=1)],
        measures=tuple(MEASURES.values()),
        note=NOTE,
        fingerprint=sorted(reports[0].fingerprint.items()),
    )


def _section(at: int, reports: Sequence[SupportReport]) -> Section:
    first = reports[0]
    whole, bars = first.whole, first.bars
    error = expected_calibration_error(bars)
    return Section(
        key=f"set-{at}",
        name=first.set,
        about=f"{whole.n:,} of {first.claims:,} claims on {whole.documents:,} documents, "
        f"{whole.supported:,} of them supported; {whole.unscored:,} could not be scored",
        judge=first.judge,
        lines=tuple(_line(report.judge, report.whole) for report in reports),
        kinds=tuple(_line(kind or "none", found) for kind, found in first.kinds.items()),
        plot=reliability_plot(
            bars, error, f"support-{at}", across="support score", up="supported, said people"
        )
        if bars
        else None,
        error=f"{error:.3f}",
        published=first.published,
    )


def _line(name: str, found: Agreement) -> Line:
    numbers = [found.numbers[measure] for measure in MEASURES]
    cells = tuple(Cell(value(one, "share"), interval(one, "share")) for one in numbers)
    return Line(name, f"{found.n:,}", cells)

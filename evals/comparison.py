"""Several systems on the same samples, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import EvalError
from evals.html.compared import Compared, comparison_page
from evals.markdown import number, table
from evals.report import ACCURACY, Report


def side_by_side(reports: Sequence[Report]) -> str:
    """Several systems on one suite: a column each, with the gain of the first over each other.

    Args:
        reports: at least one, all with the same metrics and samples.
    """
    first, rest = reports[0], reports[1:]
    head = ["metric", *(report.system for report in reports)]
    head += [f"{first.system} − {report.system}" for report in rest]
    rows = []
    for metric in first.metrics:
        cells = [number(report.estimate(metric.name), metric.unit) for report in reports]
        gains = [number(first.gain_over(r, metric.name), metric.unit, signed=True) for r in rest]
        rows.append([f"{metric.name} ({metric.better} is better)", *cells, *gains])
    lines = [
        f"# Systems on {first.suite}",
        "",
        "Each cell: value [95 % interval], n scored. The interval of a difference comes from "
        "drawing the same samples for both systems; its n is the samples that both have a score "
        "for.",
        "",
        *table(head, rows),
    ]
    if any(metric.name == ACCURACY for metric in first.metrics):
        lines += ["", f"## {ACCURACY} by kind", "", *_by_kind(reports)]
    return "\n".join([*lines, ""])


def comparison_html(reports: Sequence[Report]) -> str:
    """The first system against each other, as one HTML file that loads nothing.

    Over the metrics that all of them measured: paired differences with intervals and tests, a plot
    of them, and the samples that one has right and the other wrong.

    Args:
        reports: at least two, all with the same samples.

    Raises:
        EvalError: there is nothing to compare, or the samples are not the same.
    """
    if len(reports) < 2:
        raise EvalError("A comparison needs two runs", next_step="give two reports or more")
    first, others = reports[0], reports[1:]
    measured = [{metric.name for metric in report.metrics} for report in others]
    metrics = [m for m in first.metrics if all(m.name in names for names in measured)]
    if not metrics:
        raise EvalError(
            "The runs have no metric in common",
            where=", ".join(report.system for report in reports),
            next_step="measure both with the same metrics",
        )
    return comparison_page(
        first,
        metrics,
        [
            Compared(other, tuple(first.compared_with(other, metric.name) for metric in metrics))
            for other in others
        ],
    )


def _by_kind(reports: Sequence[Report]) -> list[str]:
    rows = [
        [kind, *(number(report.estimate(ACCURACY, kind), "share") for report in reports)]
        for kind in reports[0].kinds
    ]
    rows.append(["could not be asked", *(str(len(report.failed)) for report in reports)])
    return table(["kind", *(report.system for report in reports)], rows)

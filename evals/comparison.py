"""Several systems on the same samples, side by side."""

from __future__ import annotations

from collections.abc import Sequence

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


def _by_kind(reports: Sequence[Report]) -> list[str]:
    rows = [
        [kind, *(number(report.estimate(ACCURACY, kind), "share") for report in reports)]
        for kind in reports[0].kinds
    ]
    rows.append(["could not be asked", *(str(len(report.failed)) for report in reports)])
    return table(["kind", *(report.system for report in reports)], rows)

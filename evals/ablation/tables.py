"""What each part earns, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evals.ablation.finding import MEASURES, SHOWN, Found, gap, share
from evals.full_summary import COLUMNS
from evals.markdown import number, table
from evals.metrics.base import Unit
from evals.report import Report
from evals.statistics import Estimate

_HEADS = {
    "first": "right sentence first",
    "among_seven": f"among the first {SHOWN}",
    "all_among_seven": f"all that is needed among the first {SHOWN}",
    "article_first": "right article first",
    "hit": "right passage among the hits",
}


def finding_table(suite: str, found: Mapping[str, Sequence[Found]]) -> list[str]:
    """A line for each way: its shares, and what each is more or less than the first way's."""
    base = next(iter(found.values()))
    rows = []
    for place, (name, ones) in enumerate(found.items()):
        cells = [
            _beside(share(ones, measure), gap(ones, base, measure) if place else None, "share")
            for measure in MEASURES
        ]
        median = float(np.median([one.milliseconds for one in ones])) if ones else 0.0
        rows.append([name, *cells, f"{median:.1f}"])
    head = ["way of finding", *(_HEADS[measure] for measure in MEASURES), "median ms"]
    return [f"### {suite}, n {len(base)}", "", *table(head, rows)]


def answers_table(reports: Sequence[Report]) -> list[str]:
    """A line for each variant: its metrics, and what each is more or less than the first's."""
    first = reports[0]
    shown = [name for name in COLUMNS if any(_scored(report, name) for report in reports)]
    rows = []
    for report in reports:
        cells = []
        for name in shown:
            unit = report.metric(name).unit
            less = None if report is first else report.gain_over(first, name)
            cells.append(_beside(report.estimate(name), less, unit))
        rows.append([report.system, *cells, str(len(report.failed))])
    head = ["variant", *shown, "could not be asked"]
    return [f"### {first.suite}, n {len(first.records)}", "", *table(head, rows)]


def page(
    finding: Sequence[tuple[str, Mapping[str, Sequence[Found]]]],
    answers: Sequence[Sequence[Report]],
    absent: Sequence[str],
) -> str:
    """The whole page."""
    lines = [
        "# What each part earns",
        "",
        "Each cell: value [95 % interval], n; then the difference to the first line, paired. "
        "– where nothing could be scored.",
    ]
    if finding:
        lines += ["", "## Finding, without a language model"]
        for suite, found in finding:
            lines += ["", *finding_table(suite, found)]
    if answers:
        lines += ["", "## Whole answers"]
        for reports in answers:
            lines += ["", *answers_table(reports)]
    if absent:
        lines += ["", "## Passed over, because nothing is there", ""]
        lines += [f"- {spec}" for spec in absent]
    return "\n".join([*lines, ""])


def _scored(report: Report, name: str) -> bool:
    return any(metric.name == name for metric in report.metrics) and report.estimate(name).n > 0


def _beside(value: Estimate, less: Estimate | None, unit: Unit) -> str:
    """'0.62 [0.50, 0.73], n 60; −0.05 [−0.10, 0.00]'."""
    shown = number(value, unit)
    if less is None or less.value is None or less.low is None or less.high is None:
        return shown
    return f"{shown}; {less.value:+.2f} [{less.low:+.2f}, {less.high:+.2f}]"

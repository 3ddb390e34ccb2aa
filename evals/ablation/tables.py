"""What each part earns, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evals.ablation.finding import MEASURES, RANKED, SHOWN, Found, gap, share
from evals.full_summary import COLUMNS
from evals.markdown import number, table
from evals.metrics.base import Unit
from evals.report import Report
from evals.statistics import Estimate

_HEADS = {
    "first": "right sentence first",
    "ndcg": f"nDCG@{RANKED}",
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


def across_table(answers: Sequence[Sequence[Report]], metric: str) -> list[str]:
    """One metric, a line for each variant and a column for each suite that it scores.

    Each cell as in `answers_table`; a dash where a variant was not asked of a suite.
    """
    suites = [reports for reports in answers if any(_scored(one, metric) for one in reports)]
    names = dict.fromkeys(report.system for reports in suites for report in reports)
    rows = []
    for name in names:
        cells = []
        for reports in suites:
            first = reports[0]
            report = next((one for one in reports if one.system == name), None)
            if report is None:
                cells.append("–")
                continue
            less = None if report is first else report.gain_over(first, metric)
            cells.append(_beside(report.estimate(metric), less, report.metric(metric).unit))
        rows.append([name, *cells])
    head = ["variant", *(f"{one[0].suite}, n {len(one[0].records)}" for one in suites)]
    return [f"### {metric}", "", *table(head, rows)]


def page(
    finding: Sequence[tuple[str, Mapping[str, Sequence[Found]]]],
    answers: Sequence[Sequence[Report]],
    absent: Sequence[str],
    across: Sequence[str] = (),
) -> str:
    """The whole page.

    Args:
        finding: of each suite what each way found.
        answers: of each suite the reports of the variants, Dateline as it is set first.
        absent: suites that are not there.
        across: metrics that get a table over all suites.
    """
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
        for metric in across:
            lines += ["", *across_table(answers, metric)]
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

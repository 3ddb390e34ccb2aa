"""A full evaluation on one page: a line for each suite and system, and a table for the judges."""

from __future__ import annotations

from collections.abc import Sequence

from evals.full import FullReport
from evals.markdown import number, table
from evals.report import Report
from evals.support.report import support_table

COLUMNS = (
    "answer_accuracy",
    "gold_quote",
    "citation_recall",
    "refusal_precision",
    "refusal_recall",
    "stale",
    "taken_in",
    "planted_shown",
    "seconds_median",
)
"""What the table of suites shows; each report has all metrics."""


def summary(full: FullReport) -> str:
    """The whole page, in Markdown."""
    lines = [
        "# Full evaluation",
        "",
        "Each cell: value [95 % interval], n scored; – where nothing could be scored.",
        "",
        "## Answers",
        "",
        *suites_table(full.suites),
        "",
        "## Gain over each other system",
        "",
        *gains_table(full.suites),
        "",
        "## The judges against people",
        "",
        support_table(full.sets) if full.sets else "No set was there.",
    ]
    if full.absent:
        lines += ["", "## Passed over, because nothing is there", ""]
        lines += [f"- {spec}" for spec in full.absent]
    return "\n".join([*lines, ""])


def suites_table(suites: Sequence[Sequence[Report]]) -> list[str]:
    """A line for each suite and system, with the metrics that any of them was scored by."""
    reports = [report for suite in suites for report in suite]
    shown = [name for name in COLUMNS if any(_scored(report, name) for report in reports)]
    rows = [
        [
            report.suite,
            report.system,
            *(
                number(report.estimate(name), report.metric(name).unit)
                if _scored(report, name)
                else "–"
                for name in shown
            ),
            str(len(report.failed)),
        ]
        for report in reports
    ]
    return table(["suite", "system", *shown, "could not be asked"], rows)


def gains_table(suites: Sequence[Sequence[Report]]) -> list[str]:
    """How much more often the first system of each suite is right than each of the others."""
    rows = []
    for first, *others in suites:
        for other in others:
            name = "answer_accuracy" if _scored(first, "answer_accuracy") else "gold_quote"
            gain = number(first.gain_over(other, name), first.metric(name).unit, signed=True)
            rows.append([first.suite, f"{first.system} − {other.system}", name, gain])
    return table(["suite", "systems", "metric", "difference"], rows) if rows else ["None."]


def _scored(report: Report, name: str) -> bool:
    return any(metric.name == name for metric in report.metrics) and report.estimate(name).n > 0

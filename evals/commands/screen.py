"""Numbers and tables for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from evals.markdown import number
from evals.report import Report

_BAR = re.compile(r"(?<!\\)\|")


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of equal length as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def numbers(reports: Sequence[Report]) -> list[str]:
    """A line a metric, a column a system: the value with its 95 % interval.

    Metrics stand under their groups; those that no sample was scored by are left out.

    Args:
        reports: at least one, all with the same metrics.
    """
    rows = [["metric", "better", *(report.system for report in reports), "n"]]
    group = ""
    for metric in reports[0].metrics:
        found = [report.estimate(metric.name) for report in reports]
        counts = [estimate.n for estimate in found]
        if not any(counts):
            continue
        cells = [number(estimate, metric.unit).partition(", n ")[0] for estimate in found]
        if metric.group != group:
            group = metric.group
            rows += [[""] * len(rows[0]), [group, *[""] * (len(rows[0]) - 1)]]
        fewest, most = min(counts), max(counts)
        scored = str(most) if fewest == most else f"{fewest} to {most}"
        rows.append([f"  {metric.name}", metric.better, *cells, scored])
    failed = [str(len(report.failed)) for report in reports]
    rows += [[""] * len(rows[0]), ["could not be asked", "", *failed, ""]]
    return columns(rows)


def aligned(page: str) -> str:
    """Markdown whose tables have straight columns; everything else stays as it is."""
    lines: list[str] = []
    for is_table, block in groupby(page.splitlines(), key=lambda line: line.startswith("| ")):
        same = list(block)
        lines += _straight(same) if is_table else same
    return "\n".join(lines) + "\n"


def _straight(lines: list[str]) -> list[str]:
    rows = [[cell.strip() for cell in _BAR.split(line)[1:-1]] for line in lines]
    if len({len(row) for row in rows}) > 1:
        return lines
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "| "
        + " | ".join(
            cell.ljust(width, "-" if cell == "---" else " ")
            for cell, width in zip(row, widths, strict=True)
        )
        + " |"
        for row in rows
    ]


def clipped(text: str, width: int) -> str:
    """One line of at most `width` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"

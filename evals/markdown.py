"""Numbers and tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.metrics.base import Unit
from evals.statistics import Estimate

_LONGEST_CELL = 300
"""Characters of an answer or a quote that a table shows; the records hold all of it."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table, one string a line."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell(text) for text in line) + " |" for line in lines]


def cell(text: str) -> str:
    """Text that cannot break out of its cell: one line, bounded, with its bars escaped."""
    flat = " ".join(text.split())
    short = flat if len(flat) <= _LONGEST_CELL else flat[: _LONGEST_CELL - 1] + "…"
    return short.replace("\\", "\\\\").replace("|", "\\|")


def number(estimate: Estimate, unit: Unit, *, signed: bool = False) -> str:
    """'0.62 [0.50, 0.73], n 60', or a dash where nothing was scored."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    sign = "+" if signed else ""
    suffix = " s" if unit == "seconds" else ""
    value, low, high = (f"{x:{sign}.2f}" for x in (estimate.value, estimate.low, estimate.high))
    return f"{value}{suffix} [{low}, {high}], n {estimate.n}"

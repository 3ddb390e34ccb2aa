"""Where the time of answers goes: median and 95th percentile of each stage, from stored records.

    first evidence = embed + retrieve         until the reader sees the passages
    the rest       = total - every stage      what no stage of `rag.answer.Usage.seconds` covers
    whole answer   = total

Percentiles as Hyndman and Fan's definition 7 (1996), numpy's default. Seconds compare only with
those of the same machine with nothing else running.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.markdown import table
from evals.record import Record

TOTAL = "total"
"""The name under which `rag.answer.Usage` holds the time of the whole answer."""

FIRST_EVIDENCE, REST, WHOLE = "first evidence", "the rest", "whole answer"
"""Rows that are computed: see the module's first words."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of an answer.

    Attributes:
        median, p95: in seconds, over the answers that reached it.
        n: how many did.
    """

    name: str
    median: float
    p95: float
    n: int


def stages_of(told: Sequence[Mapping[str, float]]) -> tuple[Stage, ...]:
    """Each stage that any of the answers names, in the order of the road; not the total.

    Args:
        told: `usage.seconds` of each answer.
    """
    names = dict.fromkeys(name for seconds in told for name in seconds if name != TOTAL)
    return tuple(stage(name, [one[name] for one in told if name in one]) for name in names)


def stage(name: str, seconds: Sequence[float]) -> Stage:
    """One stage from the seconds of the answers that reached it, at least one."""
    median, p95 = (float(at) for at in np.percentile(seconds, [50, 95]))
    return Stage(name, median, p95, len(seconds))


def seconds_told(records: Iterable[Record]) -> list[Mapping[str, float]]:
    """`usage.seconds` of each answer that says how long it took."""
    answers = [record.answer for record in records if record.answer is not None]
    return [one.usage.seconds for one in answers if TOTAL in one.usage.seconds]


def answer_stages(records: Iterable[Record]) -> tuple[Stage, ...]:
    """The stages of a run's answers, then what is computed from them; none where none is told."""
    told = seconds_told(records)
    found = list(stages_of(told))
    shown = [one["retrieve"] + one.get("embed", 0.0) for one in told if "retrieve" in one]
    if shown:
        found.append(stage(FIRST_EVIDENCE, shown))
    if told:
        totals = [one[TOTAL] for one in told]
        covered = [sum(one.values()) - one[TOTAL] for one in told]
        rest = [max(0.0, total - sums) for total, sums in zip(totals, covered, strict=True)]
        found += [stage(REST, rest), stage(WHOLE, totals)]
    return tuple(found)


def stage_table(stages: Sequence[Stage]) -> list[str]:
    """A line for each stage, in Markdown: its name, n, median and p95 in seconds."""
    rows = [[one.name, f"{one.n:,}", f"{one.median:.3f}", f"{one.p95:.3f}"] for one in stages]
    return table(["stage", "n", "median s", "p95 s"], rows)

"""The page of several systems on the same samples: their differences, and where they part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.failures import expected
from evals.html.figures import NOTHING, gain, gain_interval, interval, p_value, value
from evals.html.page import command, readable
from evals.html.plots import Gap, forest_plot
from evals.html.rendering import render
from evals.html.run import Run
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import Metric
from evals.record import Record
from evals.statistics import Comparison, Estimate, holm

MOST_PARTED = 100
"""Samples shown in full on which two systems part, for each of the two ways."""

CERTAIN = 0.05
"""p after Holm's correction below which the page calls a difference more than chance."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The first system held against one other.

    Attributes:
        other: what it is held against.
        found: one for each metric of the page, in order.
    """

    other: Run
    found: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of two systems, ready to print."""

    name: str
    about: str
    ours: str
    ours_interval: str
    theirs: str
    theirs_interval: str
    gain: str
    gain_interval: str
    n: int
    differing: str
    p: str
    corrected: str
    better: str


@dataclass(frozen=True, slots=True)
class Parted:
    """One sample on which two systems part, ready to print."""

    ours: Record
    theirs: Record
    expected: str


@dataclass(frozen=True, slots=True)
class Ways:
    """The samples that one system has right and the other wrong.

    Attributes:
        shown: the first of them.
        rest: the ids of the others.
    """

    right: str
    wrong: str
    shown: tuple[Parted, ...]
    rest: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.shown) + len(self.rest)


@dataclass(frozen=True, slots=True)
class Against:
    """The section on one pair of systems, ready to print.

    Attributes:
        alike: names of the metrics by which the two score the same on every sample.
    """

    key: str
    name: str
    rows: tuple[Row, ...]
    alike: tuple[str, ...]
    plot: Markup | None
    ways: tuple[Ways, ...]
    summary: str


def comparison_page(first: Run, metrics: Sequence[Metric], others: Sequence[Compared]) -> str:
    """Differences of the first system and each other, as one HTML file that loads nothing.

    Args:
        metrics: those that all of them measured.
        others: at least one, over the same samples as the first.
    """
    runs = [first, *(one.other for one in others)]
    return render(
        "comparison.html.j2",
        first=first,
        against=[_against(first, metrics, one, at) for at, one in enumerate(others, start=1)],
        runs=[(run, command(run), readable(run.fingerprint)) for run in runs],
        certain=CERTAIN,
    )


def _against(first: Run, metrics: Sequence[Metric], one: Compared, at: int) -> Against:
    found = list(zip(metrics, one.found, _corrected(one.found), strict=True))
    scored = [row for row in found if row[1].gap.value is not None]
    moved = [row for row in scored if not _is_alike(row[1])]
    gaps = [Gap(m.name, _turned(each.gap, m)) for m, each, _ in moved if m.unit == "share"]
    plot = forest_plot(gaps, first.system, one.other.system, f"forest-{at}") if gaps else None
    ways = (_ways(first, one.other), _ways(one.other, first))
    lead = next((each for metric, each, _ in found if metric.name == AnswerAccuracy.name), None)
    return Against(
        f"against-{at}",
        one.other.system,
        tuple(_row(first, one.other, metric, each, p) for metric, each, p in moved),
        tuple(metric.name for metric, each, _ in scored if _is_alike(each)),
        plot,
        ways,
        _summary(first, one.other, lead, ways),
    )


def _is_alike(found: Comparison) -> bool:
    """Whether the two have the same score on every sample, as far as can be told."""
    if found.test is not None:
        return found.test.differing == 0
    return found.gap.value == found.gap.low == found.gap.high == 0


def _corrected(found: Sequence[Comparison]) -> list[float | None]:
    """p after Holm's correction over all tests of the pair; None where a metric has no test."""
    raised = iter(holm([one.test.p for one in found if one.test is not None]))
    return [None if one.test is None else next(raised) for one in found]


def _row(ours: Run, theirs: Run, metric: Metric, found: Comparison, corrected: float | None) -> Row:
    mine, other, unit = ours.estimate(metric.name), theirs.estimate(metric.name), metric.unit
    return Row(
        metric.name,
        metric.about,
        value(mine, unit),
        interval(mine, unit),
        value(other, unit),
        interval(other, unit),
        gain(found.gap, unit),
        gain_interval(found.gap, unit),
        found.gap.n,
        NOTHING if found.test is None else f"{found.test.differing:,}",
        NOTHING if found.test is None else p_value(found.test.p),
        NOTHING if corrected is None else p_value(corrected),
        _better(ours.system, theirs.system, _turned(found.gap, metric)),
    )


def _turned(gap: Estimate, metric: Metric) -> Estimate:
    """The difference with more being better for the first system, whatever the metric."""
    if metric.better == "higher" or gap.value is None or gap.low is None or gap.high is None:
        return gap
    return Estimate(-gap.value, -gap.high, -gap.low, gap.n)


def _better(ours: str, theirs: str, gap: Estimate) -> str:
    """Which system the interval speaks for."""
    if gap.low is None or gap.high is None or gap.low <= 0 <= gap.high:
        return "not told apart"
    return ours if gap.low > 0 else theirs


def _ways(right: Run, wrong: Run) -> Ways:
    name = AnswerAccuracy.name
    found = [
        (mine, other)
        for mine, other in zip(right.records, wrong.records, strict=True)
        if mine.value(name) == 1.0 and other.value(name) == 0.0
    ]
    return Ways(
        right.system,
        wrong.system,
        tuple(Parted(a, b, expected(a.sample.target)) for a, b in found[:MOST_PARTED]),
        tuple(mine.sample.id for mine, _ in found[MOST_PARTED:]),
    )


def _summary(first: Run, other: Run, lead: Comparison | None, ways: Sequence[Ways]) -> str:
    """What the answers of two systems come to, in words."""
    if lead is None or lead.gap.value is None:
        return f"{first.system} and {other.system} have no right answers to compare."
    ours, theirs = ways
    said = (
        f"Of {lead.gap.n:,} questions that both were asked, {first.system} alone has "
        f"{ours.n:,} right and {other.system} alone {theirs.n:,}: a difference of "
        f"{gain(lead.gap, 'share')} (95 % interval {gain_interval(lead.gap, 'share')})"
    )
    if lead.test is None:
        return f"{said}."
    weight = "more than chance makes" if lead.test.p < CERTAIN else "no more than chance can make"
    return f"{said}, p {p_value(lead.test.p)}: {weight}."

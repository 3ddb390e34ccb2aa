"""How sure a number is: bootstrap intervals, exact ones where the bootstrap is blind, and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.metrics.base import Measured, Metric, Values

RESAMPLES = 2000
"""Resamples of a bootstrap; Efron and Tibshirani (1993) ask for 1,000 or more for an interval."""

FLIPS = 9999
"""Drawn sign flips of a permutation test, where there are more than these in all. With them, and
what was observed, each tail is at least 1 in 10,000 and the two together, which is p, at least
0.0002; a p of 0.05 is twice a tail of 0.025, whose standard error makes that of p 0.003."""

CONFIDENCE = 0.95
SEED = 20240917
"""Fixed, so that two runs over the same scores print the same interval."""

_BLOCK = 4_000_000
"""Values that are resampled at once: 32 MB."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval: `low` ≤ `value` ≤ `high`.

    Attributes:
        value: the metric's summary of the scored samples; None when there is none.
        low, high: the interval; None with the value.
        n: scored samples.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class PairedTest:
    """Whether two systems' means over the same samples differ by more than chance makes them.

    Attributes:
        mean: our mean less theirs, over the samples that both have a score for.
        p: how often a gap as wide or wider, to either side, comes of flipping a coin for each
            sample which of its two scores is ours. 1 where no sample differs.
        n: samples that both have a score for.
        differing: those of them on which the two scores differ; the others say nothing.
    """

    mean: float
    p: float
    n: int
    differing: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems by one metric.

    Attributes:
        gap: our summary less theirs, with its interval.
        test: None where the metric is no mean, or the two are scored on different samples:
            then the interval stands alone.
    """

    gap: Estimate
    test: PairedTest | None


NOTHING = Estimate(None, None, None, 0)


def _resamples(n: int, width: int = 1) -> Iterator[NDArray[np.int64]]:
    """Places of n samples, drawn with replacement: RESAMPLES rows of n in all, block by block.

    Args:
        width: values that a place stands for; the more, the smaller the blocks.
    """
    draws = np.random.default_rng(SEED)
    rows = max(1, _BLOCK // (n * width))
    for first in range(0, RESAMPLES, rows):
        yield draws.integers(0, n, size=(min(rows, RESAMPLES - first), n))


def interval(summaries: Values, value: float) -> tuple[float, float]:
    """The percentile interval of what the resamples came to, stretched to the value itself.

    A summary that resampling pushes one way, as it does calibration error, can lie outside.
    """
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.percentile(summaries, [tail, 100 - tail])
    return min(float(low), value), max(float(high), value)


def bootstrap(values: Values, summarise: Callable[[Values], Values]) -> tuple[float, float]:
    """Percentile interval of a summary of values of shape (n,) or (n, 2), n ≥ 1.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. Samples are drawn as
    if they had nothing to do with each other; where many are asked of one article, the interval is
    narrower than it should be.

    Args:
        summarise: sums up many rows at once, as `Metric.summarise` does.
    """
    width = values[0].size
    found = [summarise(values[rows]) for rows in _resamples(len(values), width)]
    return interval(np.concatenate(found), float(summarise(values)))


def all_or_nothing(n: int, *, all_right: bool) -> tuple[float, float]:
    """Interval of a share that is 0 or 1 in each of n samples, where every resample is alike.

    Clopper and Pearson (1934), one-sided because the other side is the end of the scale: for n
    of n, the lower limit is 0.05^(1/n); 0 of 200 bounds a rate at 1.5 %.
    """
    limit = (1 - CONFIDENCE) ** (1 / n)
    return (limit, 1.0) if all_right else (0.0, 1 - limit)


def estimate(metric: Metric, measured: Sequence[Measured]) -> Estimate:
    """Sum up one metric over what `Metric.measured` gives for each sample; None is left out."""
    values: Values = np.array([one for one in measured if one is not None], dtype=np.float64)
    n = len(values)
    if n == 0:
        return NOTHING
    value = float(metric.summarise(values))
    marks = values[:, 0] if metric.paired else values
    alike = bool(np.all(marks == 0.0) or np.all(marks == 1.0))
    if metric.unit == "share" and alike and value in (0.0, 1.0):
        low, high = all_or_nothing(n, all_right=value == 1.0)
    else:
        low, high = bootstrap(values, metric.summarise)
    return Estimate(value, low, high, n)


def difference(metric: Metric, ours: Sequence[Measured], theirs: Sequence[Measured]) -> Estimate:
    """Our summary less theirs, with an interval from resampling the samples of both at once.

    Drawing the same samples for both takes out how hard they are, which is most of the spread.
    Samples that neither has a score for are left out; a draw in which either has no scored
    sample is passed over. Of means of shares in which no draw could differ, because every sample
    has the same gap or each side is all right or all wrong, the interval is made of those of
    `all_or_nothing`.

    Args:
        ours, theirs: of the same samples in the same order; each side is summed up over the
            samples that it has a score for.

    Returns:
        `n` is the number of samples that both have a score for.
    """
    mine, other = _columns(metric, ours, theirs)
    scored = np.stack([_scored(metric, mine), _scored(metric, other)])
    kept = scored.any(axis=0)
    mine, other, scored = mine[kept], other[kept], scored[:, kept]
    if not scored.any(axis=1).all():
        return NOTHING
    whole = _gap(metric, mine, other)
    n = int(np.count_nonzero(scored.all(axis=0)))
    if metric.unit == "share" and metric.is_mean:
        if scored.all() and _alike(mine - other):
            return Estimate(whole, *_bounds_of_alike(whole, n), n)
        if _alike(mine[scored[0]]) and _alike(other[scored[1]]):
            return Estimate(whole, *_bounds_of_apart(mine[scored[0]], other[scored[1]]), n)
    found = []
    for rows in _resamples(len(mine), 2 * mine[0].size):
        if scored.all():
            found.append(metric.summarise(mine[rows]) - metric.summarise(other[rows]))
            continue
        drawn = (row for row in rows if scored[:, row].any(axis=1).all())
        found.append(np.array([_gap(metric, mine[row], other[row]) for row in drawn]))
    low, high = interval(np.concatenate(found), whole)
    return Estimate(whole, low, high, n)


def _alike(values: Values) -> bool:
    return bool(np.all(values == values[0]) and values[0] in (-1.0, 0.0, 1.0))


def _bounds_of_alike(gap: float, n: int) -> tuple[float, float]:
    """Interval of a gap of −1, 0 or 1 that is the same in each of n samples.

    At most a share `strays` of all samples may have another gap: see `all_or_nothing`. Where no
    sample differs they may lie to either side; else each may be off by up to 2.
    """
    strays = all_or_nothing(n, all_right=False)[1]
    if gap == 0.0:
        return -strays, strays
    return (1 - 2 * strays, 1.0) if gap > 0 else (-1.0, 2 * strays - 1)


def _bounds_of_apart(mine: Values, other: Values) -> tuple[float, float]:
    """Interval of the gap of two sides over other samples, each all right or all wrong."""
    ours = all_or_nothing(len(mine), all_right=mine[0] == 1.0)
    theirs = all_or_nothing(len(other), all_right=other[0] == 1.0)
    return ours[0] - theirs[1], ours[1] - theirs[0]


def paired_test(ours: Sequence[float | None], theirs: Sequence[float | None]) -> PairedTest | None:
    """Two-sided sign-flip test of the difference of two means; None if no sample has both scores.

    Exact where at most 13 samples differ, since then all 2^13 flips are tried; else by `FLIPS`
    flips drawn with a fixed seed. Good, Permutation, Parametric and Bootstrap Tests of Hypotheses
    (2005); Dror et al., The Hitchhiker's Guide to Testing Statistical Significance in
    NLP (2018), recommend it for measures whose distribution is not known.

    Args:
        ours, theirs: of the same samples in the same order.
    """
    gaps: Values = np.array(
        [a - b for a, b in zip(ours, theirs, strict=True) if a is not None and b is not None],
        dtype=np.float64,
    )
    if len(gaps) == 0:
        return None
    # A gap of 0 stays 0 whichever way it is flipped: without it the test is the same, and exact
    # for many more samples.
    differing = gaps[gaps != 0.0]
    if len(differing) == 0:
        return PairedTest(0.0, 1.0, len(gaps), 0)
    return PairedTest(float(gaps.mean()), _flipped(differing), len(gaps), len(differing))


def _flipped(gaps: Values) -> float:
    """p of the sum of n ≥ 1 gaps, none of them 0."""
    if len(gaps) == 1:
        return 1.0  # both flips are as far from 0
    # Half of what `import evals` would take, and few runs compare systems.
    from scipy.stats import permutation_test

    found = permutation_test(
        (gaps,),
        np.sum,
        permutation_type="samples",
        vectorized=True,
        n_resamples=FLIPS,
        batch=max(1, _BLOCK // len(gaps)),
        alternative="two-sided",
        rng=np.random.default_rng(SEED),
    )
    return float(found.pvalue)


def compare(metric: Metric, ours: Sequence[Measured], theirs: Sequence[Measured]) -> Comparison:
    """The difference of two systems by one metric, with a test of it where one fits.

    It fits where the metric is a mean and both have a score for the same samples. Where what a
    system does decides which samples are scored, as with the precision of refusals, the samples
    that both have a score for are other ones than the difference is of.

    Args:
        ours, theirs: of the same samples in the same order.
    """
    gap = difference(metric, ours, theirs)
    alike = all((a is None) == (b is None) for a, b in zip(ours, theirs, strict=True))
    if not metric.is_mean or not alike:
        return Comparison(gap, None)
    return Comparison(gap, paired_test(_plain(ours), _plain(theirs)))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """p values of several tests, raised so that one false alarm among all of them is as rare.

    Of m sorted ascending, the i-th is multiplied by m − i + 1, is never below the one before it,
    and at most 1. Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979).

    Returns:
        In the order in which they were given.
    """
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    raised = [0.0] * len(p_values)
    highest = 0.0
    for place, at in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[at]))
        raised[at] = highest
    return tuple(raised)


def _plain(measured: Sequence[Measured]) -> list[float | None]:
    return [one[0] if isinstance(one, tuple) else one for one in measured]


def _columns(
    metric: Metric, ours: Sequence[Measured], theirs: Sequence[Measured]
) -> tuple[Values, Values]:
    """Both sides as arrays of shape (n,), or (n, 2) where the metric is paired; NaN is unscored."""
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} samples on one side, {len(theirs)} on the other")
    nothing = (np.nan, np.nan) if metric.paired else np.nan
    shape = (len(ours), 2) if metric.paired else (len(ours),)
    mine, other = (
        np.array([nothing if one is None else one for one in side], dtype=np.float64).reshape(shape)
        for side in (ours, theirs)
    )
    return mine, other


def _scored(metric: Metric, values: Values) -> NDArray[np.bool_]:
    return ~np.isnan(values[:, 0] if metric.paired else values)


def _gap(metric: Metric, mine: Values, other: Values) -> float:
    """Summary of the scored ones of one side less that of the other's; each has at least one."""
    ours, theirs = mine[_scored(metric, mine)], other[_scored(metric, other)]
    return float(metric.summarise(ours)) - float(metric.summarise(theirs))

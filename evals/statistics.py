"""How sure a number is: bootstrap intervals, and exact ones where the bootstrap is blind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.metrics.base import Metric, Values

RESAMPLES = 2000
"""Resamples of a bootstrap; Efron and Tibshirani (1993, section 12.5) ask for 1,000 or more for
an interval."""

CONFIDENCE = 0.95
SEED = 20240917
"""Fixed, so that two runs over the same scores print the same interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval. `low` ≤ `value` ≤ `high` up to bootstrap noise.

    Attributes:
        value: the metric's summary of the scored samples; None when there is none.
        low, high: the interval; None with the value.
        n: scored samples.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


NOTHING = Estimate(None, None, None, 0)


def _resamples(n: int) -> NDArray[np.int64]:
    """Places of n samples, drawn with replacement: shape (RESAMPLES, n)."""
    return np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))


def _interval(summaries: Values) -> tuple[float, float]:
    """The percentile interval of what the resamples came to."""
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.percentile(summaries, [tail, 100 - tail])
    return float(low), float(high)


def bootstrap(values: Values, summarise: Callable[[Values], Values]) -> tuple[float, float]:
    """Percentile interval of a summary of values of shape (n,), n ≥ 1.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.

    Args:
        summarise: sums up along the last axis, as `Metric.summarise` does.
    """
    return _interval(summarise(values[_resamples(len(values))]))


def all_or_nothing(n: int, *, all_right: bool) -> tuple[float, float]:
    """Interval of a share that is 0 or 1 in each of n samples, where every resample is alike.

    Clopper and Pearson (1934), one-sided because the other side is the end of the scale: for n
    of n, the lower limit is 0.05^(1/n); 0 of 200 bounds a rate at 1.5 %.
    """
    limit = (1 - CONFIDENCE) ** (1 / n)
    return (limit, 1.0) if all_right else (0.0, 1 - limit)


def estimate(metric: Metric, scores: Sequence[float | None]) -> Estimate:
    """Sum up one metric; scores of None are left out."""
    values: Values = np.array([score for score in scores if score is not None], dtype=np.float64)
    n = len(values)
    if n == 0:
        return NOTHING
    value = float(metric.summarise(values))
    if metric.unit == "share" and (np.all(values == 0.0) or np.all(values == 1.0)):
        low, high = all_or_nothing(n, all_right=bool(values[0] == 1.0))
    else:
        low, high = bootstrap(values, metric.summarise)
    return Estimate(value, low, high, n)


def difference(
    metric: Metric, ours: Sequence[float | None], theirs: Sequence[float | None]
) -> Estimate:
    """Our summary less theirs, with an interval from resampling the samples of both at once.

    Drawing the same samples for both takes out how hard they are, which is most of the spread.
    A draw in which either has no scored sample is passed over.

    Args:
        ours, theirs: scores of the same samples in the same order; each side is summed up over
            the samples that it has a score for.

    Returns:
        `n` is the number of samples that both have a score for.
    """
    pairs: Values = np.array(
        [(_number(a), _number(b)) for a, b in zip(ours, theirs, strict=True)], dtype=np.float64
    ).reshape(-1, 2)
    whole = _gap(metric, pairs)
    if whole is None:
        return NOTHING
    gaps = [_gap(metric, pairs[row]) for row in _resamples(len(pairs))]
    low, high = _interval(np.array([gap for gap in gaps if gap is not None]))
    return Estimate(whole, low, high, int(np.count_nonzero(~np.isnan(pairs).any(axis=1))))


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _gap(metric: Metric, pairs: Values) -> float | None:
    """Summary of the first column less that of the second; NaN is unscored."""
    ours, theirs = (column[~np.isnan(column)] for column in (pairs[:, 0], pairs[:, 1]))
    if len(ours) == 0 or len(theirs) == 0:
        return None
    return float(metric.summarise(ours)) - float(metric.summarise(theirs))

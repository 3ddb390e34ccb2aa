"""Curves over answers and judgements: how often the sure ones are wrong, and is sure sure?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
"""Bins of a reliability plot, of equal width, as in Guo et al. (2017)."""


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """When the system answers only where it is at least this sure.

    Attributes:
        coverage: share of all questions that it then answers.
        risk: share of these answers that are wrong.
        threshold: the least confidence that is answered.
    """

    coverage: float
    risk: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a reliability plot.

    Attributes:
        low, high: the confidences in it; high is exclusive but in the last bin.
        confidence: their mean.
        right: share that was right.
        n: how many, at least 1.
    """

    low: float
    high: float
    confidence: float
    right: float
    n: int


def risk_coverage(
    confidence: Sequence[float], right: Sequence[bool], asked: int | None = None
) -> tuple[RiskPoint, ...]:
    """The risk-coverage curve, from the surest answer down; one point for each confidence.

    El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification (2010).

    Args:
        confidence, right: of each answer, in the same order.
        asked: how many questions there were, where some got no answer; as many as there are
            answers if None.
    """
    whole = len(confidence) if asked is None else asked
    order = sorted(range(len(confidence)), key=lambda at: -confidence[at])
    points = []
    wrong = 0
    for count, at in enumerate(order, start=1):
        wrong += not right[at]
        # Answers of equal confidence are answered together or not at all.
        if count == len(order) or confidence[order[count]] != confidence[at]:
            points.append(RiskPoint(count / whole, wrong / count, confidence[at]))
    return tuple(points)


def bin_of(confidence: NDArray[np.float64], bins: int = BINS) -> NDArray[np.int64]:
    """Which of `bins` bins of equal width each confidence in [0, 1] lies in, from 0; any shape."""
    # Division gives the float that '0.3' is written for, where steps of 0.1 would end just above.
    return np.digitize(confidence, np.arange(1, bins) / bins)


def reliability(
    confidence: Sequence[float], right: Sequence[bool], bins: int = BINS
) -> tuple[Bin, ...]:
    """The bars of a reliability plot; bins without a single item are left out.

    Guo et al., On Calibration of Modern Neural Networks (2017).

    Args:
        confidence: in [0, 1].
    """
    sure, true = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    place = bin_of(sure, bins)
    found = []
    for at in range(bins):
        inside = place == at
        if inside.any():
            low, high, n = at / bins, (at + 1) / bins, int(inside.sum())
            found.append(Bin(low, high, float(sure[inside].mean()), float(true[inside].mean()), n))
    return tuple(found)


def expected_calibration_error(bars: Sequence[Bin]) -> float:
    """Mean distance of confidence and share right, weighted by bin; 0 for no bars.

    Naeini et al., Obtaining Well Calibrated Probabilities Using Bayesian Binning (2015).
    """
    whole = sum(bar.n for bar in bars)
    return sum(bar.n * abs(bar.confidence - bar.right) for bar in bars) / whole if whole else 0.0

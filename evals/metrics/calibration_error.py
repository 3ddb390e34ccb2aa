"""Is an answer given with confidence 0.7 right seven times in ten?

Sort the answers into ten bins of equal width by their confidence.

    ECE = sum over bins of n(bin)/n · |mean confidence(bin) − share right(bin)|

Source: expected calibration error of Naeini et al., Obtaining Well Calibrated Probabilities Using
Bayesian Binning (2015), with the ten bins of Guo et al., On Calibration of Modern Neural Networks
(2017). Right is `answer_accuracy`, the confidence is `Answer.answerability`, which makes no claim
to be a probability: the number says how far it is from being one. `evals.curves.reliability` gives
the bars.

Its weakness: it depends on the bins, and a few answers a bin stray from any confidence by chance
alone, so it is too high for small n, and so are most resamples: most of the
interval lies above the value. Unscored: as in `evals.metrics.aurc`.
"""

from __future__ import annotations

import numpy as np

from evals.curves import BINS, bin_of
from evals.metrics.aurc import right_and_sure
from evals.metrics.base import Metric, Values
from evals.sample import Sample, Score
from rag.answer import Answer


class CalibrationError(Metric):
    """Expected calibration error of the confidence in an answer."""

    name = "calibration_error"
    better = "lower"
    group = "refusal"
    paired = True

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        return right_and_sure(sample, answer)

    def summarise(self, values: Values) -> Values:
        """The error, of shape (…, n, 2).

        n(bin)/n times the distance of the two means is the distance of the two sums over n.
        """
        right, sure = values[..., 0], values[..., 1]
        bins = bin_of(sure)
        apart = [
            np.abs(np.sum(np.where(bins == place, sure - right, 0.0), axis=-1))
            for place in range(BINS)
        ]
        return np.asarray(np.sum(apart, axis=0) / right.shape[-1])

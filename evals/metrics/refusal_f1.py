"""Refusal precision and recall in one number.

    F1 = 2PR / (P + R) = 2·TP / (2·TP + FP + FN)

TP: refused and should be; FP: refused and should not be; FN: should be refused and was not. In
the second form it needs only counts, so a sample scores 1 as TP, 0 as FP or FN, is unscored as a
right answer, and `summarise` weighs the TP twice. Source: van Rijsbergen, Information Retrieval
(1979). Its weakness: it depends on how many of the questions have no answer, so it compares
systems on one suite, not suites.
"""

from __future__ import annotations

import numpy as np

from evals.metrics.base import Metric, Values
from evals.metrics.refusal_precision import RefusalPrecision
from evals.metrics.refusal_recall import RefusalRecall
from evals.sample import Sample, Score
from rag.answer import Answer


class RefusalF1(Metric):
    """Harmonic mean of refusal precision and recall."""

    name = "refusal_f1"
    group = "refusal"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        recall = RefusalRecall()(sample, answer)
        return recall if sample.target.refuse else RefusalPrecision()(sample, answer)

    def summarise(self, values: Values) -> Values:
        """2·TP / (2·TP + FP + FN)."""
        hits = np.asarray(np.count_nonzero(values == 1.0, axis=-1), dtype=np.float64)
        return np.asarray(2 * hits / (hits + values.shape[-1]))

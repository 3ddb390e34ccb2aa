"""What a metric is: a score for one answer, and a way to sum scores up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from evals.sample import Sample, Score
from rag.answer import Answer

Values = NDArray[np.float64]
Unit = Literal["share", "seconds"]


class Metric(ABC):
    """Scores one answer at a time; one metric a module.

    Attributes:
        name: as it stands in reports.
        unit: 'share' for values in [0, 1], else 'seconds'.
        better: which way is better.
    """

    name: ClassVar[str]
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __call__(self, sample: Sample, answer: Answer) -> Score:
        """The score of one answer; its value is None where the metric does not apply."""
        return self._score(sample, answer)

    @abstractmethod
    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        """What a metric has to write."""

    def summarise(self, values: Values) -> Values:
        """One number for the values of all scored samples: their mean, unless a metric says else.

        Args:
            values: shape (…, n), n ≥ 1; each row along the last axis is summed up, so that many
                resamples are summed up at once.

        Returns:
            Shape (…).
        """
        return np.asarray(np.mean(values, axis=-1))

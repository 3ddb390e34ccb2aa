"""What a metric is: a score for one answer, and a way to sum scores up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from evals.sample import Sample, Score
from rag.answer import Answer

Values = NDArray[np.float64]
Unit = Literal["share", "seconds", "tokens"]
Group = Literal["answers", "citations", "retrieval", "refusal", "time", "robustness", "cost"]
GROUPS: tuple[Group, ...] = get_args(Group)
"""What metrics are about, in the order of reports."""

Measured = float | tuple[float, float] | None
"""What one sample adds to a summary: a value, or (value, confidence) where the metric is paired;
None where the sample is unscored."""


class Metric(ABC):
    """Scores one answer at a time; one metric a module.

    Attributes:
        name: as it stands in reports.
        unit: 'share' for values in [0, 1], else 'seconds' or 'tokens'.
        better: which way is better.
        group: what it is about; reports are ordered by it.
        paired: whether it holds values against the system's confidence, so that it can be told
            only of many samples: then `summarise` is given both.
    """

    name: str
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    group: ClassVar[Group]
    paired: ClassVar[bool] = False

    def __call__(self, sample: Sample, answer: Answer) -> Score:
        """The score of one answer; its value is None where the metric does not apply."""
        return self._score(sample, answer)

    @abstractmethod
    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        """What a metric has to write."""

    @property
    def about(self) -> str:
        """What it measures, in one line."""
        return (type(self).__doc__ or "").partition("\n")[0]

    @property
    def is_mean(self) -> bool:
        """Whether the summary is the mean of the values, so that a test of means fits it."""
        return type(self).summarise is Metric.summarise

    def measured(self, score: Score | None) -> Measured:
        """What a score adds to the summary; None where there is no score, or it has no value."""
        if score is None or score.value is None:
            return None
        if not self.paired:
            return score.value
        return None if score.confidence is None else (score.value, score.confidence)

    def summarise(self, values: Values) -> Values:
        """One number for the values of all scored samples: their mean, unless a metric says else.

        Args:
            values: shape (…, n), n ≥ 1; each row along the last axis is summed up, so that many
                resamples are summed up at once. Shape (…, n, 2) where `paired`: value and
                confidence.

        Returns:
            Shape (…).
        """
        return np.asarray(np.mean(values, axis=-1))

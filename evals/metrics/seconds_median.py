"""How long does an answer usually take?

    value = usage.seconds['total'], in seconds of wall time; summarised by the median

Source: the median as Hyndman and Fan's definition 7 (1996), numpy's default. Its weakness: it
compares only runs on one machine with nothing else running. Unscored: answers that do not say.
"""

from __future__ import annotations

import numpy as np

from evals.metrics.base import Metric, Values
from evals.sample import Sample, Score
from rag.answer import Answer


class SecondsMedian(Metric):
    """Median wall time of an answer, in seconds."""

    name = "seconds_median"
    group = "cost"
    unit = "seconds"
    better = "lower"

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        stages = answer.usage.seconds
        shown = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in stages.items())
        return Score(stages.get("total"), shown, "wall time of the whole answer")

    def summarise(self, values: Values) -> Values:
        """The median."""
        return np.asarray(np.median(values, axis=-1))

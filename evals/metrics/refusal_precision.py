"""Of the questions that were refused, how many had no answer?

    precision = refused and should be / refused

Each refused sample scores 1 or 0, the others are unscored, and the mean is the precision.
Source: precision as in van Rijsbergen, Information Retrieval (1979), with 'refused' as the
positive class. Its weakness: a system that refuses once, rightly, has 1; read it beside
`refusal_recall`.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.sample import Sample, Score
from rag.answer import Answer


class RefusalPrecision(Metric):
    """Share of the refusals that were right."""

    name = "refusal_precision"
    group = "refusal"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        if answer.status != "refused":
            return Score(None, answer.status, "not refused")
        if sample.target.refuse:
            return Score(1.0, answer.status, "rightly refused")
        return Score(0.0, answer.status, "refused a question that has an answer")

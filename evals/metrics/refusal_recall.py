"""Of the questions that have no answer, how many were refused?

    recall = refused and should be / should be refused

Each sample to refuse scores 1 or 0, the others are unscored, and the mean is the recall. A false
premise that the answer corrects, in words that the target accepts, needs no refusal: unscored.
Source: recall as in van Rijsbergen, Information Retrieval (1979), with 'refused' as the positive
class. Its weakness: a system that refuses everything has 1; read it beside `refusal_precision`.
"""

from __future__ import annotations

from evals.metrics.answer_accuracy import shows
from evals.metrics.base import Metric
from evals.sample import Sample, Score
from rag.answer import Answer


class RefusalRecall(Metric):
    """Share of the questions without an answer that were refused."""

    name = "refusal_recall"
    group = "refusal"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        if not sample.target.refuse:
            return Score(None, answer.status, "has an answer")
        if answer.status == "refused":
            return Score(1.0, answer.status, "rightly refused")
        if shows(answer, sample):
            return Score(None, answer.status, "corrects the premise instead of refusing")
        return Score(0.0, answer.status, "answered a question that has no answer here")

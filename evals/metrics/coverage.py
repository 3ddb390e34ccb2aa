"""How many of the questions are answered at all?

    value = 0 if the answer is a refusal, else 1

Source: coverage of a selective classifier (El-Yaniv and Wiener, On the Foundations of Noise-free
Selective Classification, 2010). Its weakness: it has no right size of its own, since a question
without an answer should lower it. Read it beside what is right of the answers.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.sample import Sample, Score
from rag.answer import Answer


class Coverage(Metric):
    """Share of all questions that are answered."""

    name = "coverage"
    group = "refusal"

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        return Score(float(answer.status != "refused"), answer.status, answer.status)

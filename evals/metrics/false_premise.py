"""Is a question that takes something false for granted refused or put right?

    value = 1 if the answer is refused, or shows an accepted correction, else 0

Source: the task of FalseQA (Hu et al., Won't Get Fooled Again, 2023), where a model should rebut
the premise, scored by string inclusion in place of a person. Its weakness: an answer that rebuts
in words that the target does not know scores 0, and one that refuses everything scores 1; read it
beside `refusal_precision`. Unscored: all kinds but 'false_premise'.
"""

from __future__ import annotations

from evals.metrics.answer_accuracy import shows
from evals.metrics.base import Metric
from evals.sample import Sample, Score
from rag.answer import Answer


class FalsePremise(Metric):
    """Share of questions with a false premise that are refused or put right."""

    name = "false_premise"
    group = "refusal"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        if sample.kind != "false_premise":
            return Score(None, answer.text, "no false premise")
        if answer.status == "refused":
            return Score(1.0, answer.text, "refused")
        if shows(answer, sample):
            return Score(1.0, answer.text, "puts the premise right")
        return Score(0.0, answer.text, "answers as if the premise were true")

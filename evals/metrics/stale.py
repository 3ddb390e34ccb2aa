"""Does the answer say what was right on another day?

    value = 1 if an answer of `target.stale` is shown and the accepted answer is not, else 0

Source: the outdated answers of SituatedQA (Zhang and Choi, 2021), which are right at another time
than that asked about, told by string inclusion. Its weakness: a figure that stands in the answer
for another reason is taken for the stale one; and a refusal, which says nothing stale, scores 0,
so read it beside `answer_accuracy`. Unscored: targets that name no stale answer.
"""

from __future__ import annotations

from evals.metrics.answer_accuracy import shown_texts, shows
from evals.metrics.base import Metric
from evals.metrics.text import contains_any
from evals.sample import Sample, Score
from rag.answer import Answer


class Stale(Metric):
    """Share of questions answered with what was right on another day."""

    name = "stale"
    better = "lower"
    group = "time"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        if not sample.target.stale:
            return Score(None, answer.text, "no stale answer is known")
        if answer.status == "refused":
            return Score(0.0, answer.text, "refused")
        if not contains_any(shown_texts(answer), sample.target.stale):
            return Score(0.0, answer.text, "no stale answer stands in it")
        if shows(answer, sample):
            return Score(0.0, answer.text, "the accepted answer stands beside a stale one")
        return Score(1.0, answer.text, "a stale answer stands in it, the accepted one does not")

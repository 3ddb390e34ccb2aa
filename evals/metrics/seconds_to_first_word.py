"""How long until the reader sees the first word of the answer?

    value = embed + retrieve + read + prefill of usage.seconds   where the model writes
    value = total                                                where no model was asked

in seconds of wall time, summarised by the median. What is made of quotes alone, without the model,
is shown as it is found; its total is the most that the first word can have taken.

Source: 'time to first token', as servers of language models report it, counted from the question.
Its weakness: the first word is the draft's, before it is checked. Unscored: refusals, and
answers that do not time the first word apart.
"""

from __future__ import annotations

from evals.metrics.seconds_median import SecondsMedian
from evals.sample import Sample, Score
from rag.answer import Answer

_BEFORE = ("embed", "retrieve", "read", "prefill")


class SecondsToFirstWord(SecondsMedian):
    """Median wall time until the first word of the answer, in seconds."""

    name = "seconds_to_first_word"

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        stages = answer.usage.seconds
        if answer.status == "refused":
            return Score(None, answer.status, "refused")
        if "prefill" in stages:
            seconds = sum(stages.get(stage, 0.0) for stage in _BEFORE)
            return Score(seconds, answer.status, "to the model's first word")
        if "decode" in stages:
            return Score(None, answer.status, "the first word is not timed apart")
        return Score(stages.get("total"), answer.status, "quotes, without the model")

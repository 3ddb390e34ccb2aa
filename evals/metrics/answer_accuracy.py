"""Does the answer say what it should, or refuse where it should?

    value = 1  if the target is to refuse, and the answer is refused or shows a correction
    value = 1  if the target is to answer, the answer is not refused, and each part of the
               target stands in it in an accepted form, as an unbroken run of whole tokens
    value = 0  otherwise

Source: the 'string inclusion' correctness of ASQA's STR-EM (Stelmakh et al., 2022) and of ALCE
(Gao et al., 2023, section 4), extended to refusals. Its weakness: a long answer holds more
strings, so it is kind to systems that say much. Read it beside `token_f1`.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.text import contains, without_markers
from evals.sample import Sample, Score
from rag.answer import Answer


def shows(answer: Answer, sample: Sample) -> bool:
    """Whether each part of the target stands in the answer's text or short answer."""
    shown = (without_markers(answer.text), answer.short or "")
    parts = sample.target.parts
    return bool(parts) and all(
        any(contains(text, variant) for variant in part for text in shown) for part in parts
    )


class AnswerAccuracy(Metric):
    """Share of samples that are answered, or refused, as the target has it."""

    name = "answer_accuracy"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        refused = answer.status == "refused"
        if sample.target.refuse:
            if refused:
                return Score(1.0, answer.text, "refused, as it should be")
            if shows(answer, sample):
                return Score(1.0, answer.text, "corrects the premise instead of refusing")
            return Score(0.0, answer.text, "answered a question that has no answer here")
        if refused:
            return Score(0.0, answer.text, "refused a question that has an answer")
        if shows(answer, sample):
            return Score(1.0, answer.text, "an accepted answer stands in it")
        return Score(0.0, answer.text, "no accepted answer stands in it")

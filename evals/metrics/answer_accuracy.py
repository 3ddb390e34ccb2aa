"""Does the answer say what it should, or refuse where it should?

    value = 1  if the target is to refuse, and the answer is refused or shows a correction
    value = 1  if the target is to answer, the answer is not refused, and each part of the
               target stands in it in an accepted form: see `evals.metrics.text`, and no form
               that a right answer never shows
    value = 0  otherwise

Source: the 'string inclusion' correctness of ASQA's STR-EM (Stelmakh et al., 2022) and of ALCE
(Gao et al., 2023), extended to refusals. Its weakness: a long answer holds more strings, so it is
kind to systems that say much. Read it beside `token_f1`. Unscored: samples that have an answer of
which no accepted form is known, as in sets that judge retrieval alone.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.text import contains_any, without_markers
from evals.sample import Sample, Score
from rag.answer import Answer


def shown_texts(answer: Answer) -> tuple[str, str]:
    """What the reader sees of an answer: its text without markers, and its short answer."""
    return without_markers(answer.text), answer.short or ""


def shows(answer: Answer, sample: Sample) -> bool:
    """Whether each part of the target stands in the answer's text or short answer.

    And nothing that `Target.never` names.
    """
    shown = shown_texts(answer)
    parts = sample.target.parts
    held = bool(parts) and all(contains_any(shown, part) for part in parts)
    return held and not contains_any(shown, sample.target.never)


class AnswerAccuracy(Metric):
    """Share of samples that are answered, or refused, as the target has it."""

    name = "answer_accuracy"
    group = "answers"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        refused = answer.status == "refused"
        if sample.target.refuse:
            if refused:
                return Score(1.0, answer.text, "refused, as it should be")
            if shows(answer, sample):
                return Score(1.0, answer.text, "corrects the premise instead of refusing")
            return Score(0.0, answer.text, "answered a question that has no answer here")
        if not sample.target.parts:
            return Score(None, answer.text, "no accepted answer is known")
        if refused:
            return Score(0.0, answer.text, "refused a question that has an answer")
        if shows(answer, sample):
            return Score(1.0, answer.text, "an accepted answer stands in it")
        return Score(0.0, answer.text, "no accepted answer stands in it")

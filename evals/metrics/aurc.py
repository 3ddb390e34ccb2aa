"""Are the wrong answers those that the system was least sure of?

Sort the answers from the surest down. Of the first i, a share risk(i) is wrong.

    AURC = (1/n) · sum over i = 1 … n of risk(i)

Answers of equal confidence come in no order of their own: the wrong ones among them are counted as
spread evenly, which is the mean of risk(i) over all their orders.

Source: selective risk and coverage of Geifman and El-Yaniv, Selective Classification for Deep
Neural Networks (2017); their area as in Geifman, Uziel and El-Yaniv, Bias-Reduced Uncertainty
Estimation for Deep Neural Classifiers (2019). Right is `answer_accuracy`, the confidence is
`Answer.answerability`. 0 is best; a confidence that says nothing gives the share of wrong answers.

Its weakness: it mixes how often the system is wrong with how well it knows when; and what was
refused has no answer to be wrong, so a system that refuses more is measured on fewer and easier
questions: read it beside `coverage`. Unscored: refusals, answers without a confidence, and what
`answer_accuracy` leaves unscored.
"""

from __future__ import annotations

import numpy as np

from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import Metric, Values
from evals.sample import Sample, Score
from rag.answer import Answer


def right_and_sure(sample: Sample, answer: Answer) -> Score:
    """Whether what was answered is right, with how sure the system was."""
    if answer.status == "refused":
        return Score(None, answer.text, "refused")
    if answer.answerability is None:
        return Score(None, answer.text, "the system does not say how sure it is")
    found = AnswerAccuracy()(sample, answer)
    why = f"{found.explanation}, at confidence {answer.answerability:.2f}"
    return Score(found.value, answer.text, why, answer.answerability)


def area(values: Values) -> Values:
    """AURC of pairs (right, confidence): shape (…, n, 2) to shape (…)."""
    right, sure = values[..., 0], values[..., 1]
    n = right.shape[-1]
    order = np.argsort(-sure, axis=-1, kind="stable")
    sure = np.take_along_axis(sure, order, axis=-1)
    wrong = np.cumsum(1 - np.take_along_axis(right, order, axis=-1), axis=-1)
    place = np.arange(n)
    # A run is a stretch of equal confidence; each place knows the first and last place of its run.
    turns = sure[..., 1:] != sure[..., :-1]
    edge = np.ones_like(sure[..., :1], dtype=bool)
    first = np.maximum.accumulate(
        np.where(np.concatenate([edge, turns], axis=-1), place, 0), axis=-1
    )
    last = np.where(np.concatenate([turns, edge], axis=-1), place, n - 1)
    last = np.flip(np.minimum.accumulate(np.flip(last, axis=-1), axis=-1), axis=-1)
    whole = np.take_along_axis(wrong, last, axis=-1)
    before = np.take_along_axis(np.pad(wrong, _one_before(wrong.ndim)), first, axis=-1)
    share = (place + 1 - first) / (last + 1 - first)
    risk = (before + (whole - before) * share) / (place + 1)
    return np.asarray(risk.mean(axis=-1))


def _one_before(ndim: int) -> list[tuple[int, int]]:
    return [(0, 0)] * (ndim - 1) + [(1, 0)]


class Aurc(Metric):
    """Area under the risk-coverage curve of the answers."""

    name = "aurc"
    better = "lower"
    group = "refusal"
    paired = True

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        return right_and_sure(sample, answer)

    def summarise(self, values: Values) -> Values:
        """The area, of shape (…, n, 2)."""
        return area(values)

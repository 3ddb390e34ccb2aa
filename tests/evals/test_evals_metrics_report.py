"""Metrics in a report: pairs are handed on, and comparisons leave out what could not be asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import EvalError
from evals.fakes import make_answer, make_article
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.aurc import Aurc
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.sample import Sample, Target
from rag.answer import Answer

METRICS: tuple[Metric, ...] = (AnswerAccuracy(), Aurc())
ARTICLE = make_article("97 remain.")


def said(text: str, confidence: float) -> Answer:
    return replace(make_answer(text, [("97 remain.", ARTICLE)]), answerability=confidence)


def ran(*answers: Answer | None) -> Report:
    """A run over as many samples, all with the answer 97; None could not be asked."""
    records = []
    for place, answer in enumerate(answers):
        sample = Sample(f"s{place}", "q", "fact", Target(answers=("97",)))
        scores = {m.name: m(sample, answer) for m in METRICS} if answer else {}
        records.append(Record(sample, answer, scores, None if answer else "failed", 0.1))
    return Report("a system", "a suite", tuple(records), METRICS)


OURS = ran(said("97", 0.9), said("130", 0.5), said("97", 0.1), None)
THEIRS = ran(said("130", 0.9), said("130", 0.5), said("97", 0.1), said("97", 0.05))


def test_a_set_metric_is_summed_up_over_pairs() -> None:
    found = OURS.estimate("aurc")

    assert found.value == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert found.n == 3
    assert OURS.values("aurc") == [1.0, 0.0, 1.0, None]
    assert OURS.measured("aurc") == [(1.0, 0.9), (0.0, 0.5), (1.0, 0.1), None]


def test_a_comparison_leaves_out_what_one_could_not_be_asked() -> None:
    found = OURS.compared_with(THEIRS, "answer_accuracy")

    assert found.gap == OURS.gain_over(THEIRS, "answer_accuracy")
    assert found.gap.value == pytest.approx(2 / 3 - 1 / 3)
    assert found.test is not None
    assert (found.test.n, found.test.differing, found.test.p) == (3, 1, 1.0)


def test_a_set_metric_is_compared_by_its_interval_alone() -> None:
    found = OURS.compared_with(THEIRS, "aurc")

    # theirs: wrong, wrong, right: risks 1, 1, 2/3
    assert found.gap.value == pytest.approx((5 / 6) / 3 - (8 / 3) / 3)
    assert found.test is None


def test_other_samples_cannot_be_compared() -> None:
    with pytest.raises(EvalError, match="same samples"):
        OURS.compared_with(ran(said("97", 0.9)), "answer_accuracy")

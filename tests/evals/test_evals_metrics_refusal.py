"""Metrics of refusing and of being sure: coverage, false premises, AURC, calibration. By hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.curves import expected_calibration_error, reliability, risk_coverage
from evals.fakes import make_answer, make_article, make_refusal
from evals.metrics.aurc import Aurc
from evals.metrics.base import Metric
from evals.metrics.calibration_error import CalibrationError
from evals.metrics.coverage import Coverage
from evals.metrics.false_premise import FalsePremise
from evals.sample import Sample, Score, Target
from evals.statistics import estimate
from rag.answer import Answer

ARTICLE = make_article("97 of the hostages remain in Gaza.")
QUOTE = [("97 of the hostages remain in Gaza.", ARTICLE)]
ASKED = Sample("s", "q", "fact", Target(answers=("97",)))
FALSE = Sample("s", "q", "false_premise", Target(answers=("only part",), refuse=True))
SET_METRICS: list[Metric] = [Aurc(), CalibrationError()]

pairs = st.lists(
    st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 0.25, 0.3, 0.95, 1.0])),
    min_size=1,
    max_size=6,
)
quick = settings(max_examples=60, deadline=None)


def said(text: str, confidence: float | None = None) -> Answer:
    return replace(make_answer(text, QUOTE), answerability=confidence)


def test_coverage_is_the_share_answered() -> None:
    assert Coverage()(ASKED, said("97")).value == 1.0
    assert Coverage()(ASKED, make_refusal()).value == 0.0
    assert Coverage()(FALSE, make_refusal()).value == 0.0


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (FALSE, make_refusal(), 1.0),
        (FALSE, said("No: only part of the team left."), 1.0),
        (FALSE, said("All of the team left."), 0.0),
        (ASKED, make_refusal(), None),
        (Sample("s", "q", "unanswerable", Target(refuse=True)), make_refusal(), None),
    ],
)
def test_false_premise(asked: Sample, answer: Answer, expected: float | None) -> None:
    assert FalsePremise()(asked, answer).value == expected


@pytest.mark.parametrize("metric", SET_METRICS)
def test_answers_are_scored_with_the_confidence_that_they_carry(metric: Metric) -> None:
    right, wrong = metric(ASKED, said("97", 0.75)), metric(ASKED, said("130", 0.5))

    assert (right.value, right.confidence) == (1.0, 0.75)
    assert (wrong.value, wrong.confidence) == (0.0, 0.5)
    assert metric.measured(right) == (1.0, 0.75)
    assert metric(ASKED, make_refusal()).value is None
    assert metric(ASKED, said("97")).value is None  # it does not say how sure it is
    assert metric.measured(Score(1.0, "", "")) is None
    assert metric.measured(None) is None


def summary(metric: Metric, *rows: tuple[float, float]) -> float:
    return float(metric.summarise(np.array(rows)))


def test_area_under_the_risk_coverage_curve() -> None:
    # surest first: right, wrong, right; risks 0, 1/2, 1/3; mean 5/18
    assert summary(Aurc(), (0.0, 0.5), (1.0, 0.1), (1.0, 0.9)) == pytest.approx(5 / 18)
    # the wrong one last: 0, 0, 1/3; the wrong one first: 1, 1/2, 1/3
    assert summary(Aurc(), (0.0, 0.1), (1.0, 0.5), (1.0, 0.9)) == pytest.approx(1 / 9)
    assert summary(Aurc(), (0.0, 0.9), (1.0, 0.5), (1.0, 0.1)) == pytest.approx(11 / 18)


def test_answers_of_equal_confidence_have_no_order() -> None:
    # one of four wrong, all equally sure: every risk is 1/4
    assert summary(Aurc(), (1.0, 0.5), (0.0, 0.5), (1.0, 0.5), (1.0, 0.5)) == pytest.approx(0.25)


@quick
@given(pairs)
def test_the_area_is_the_mean_over_the_orders_of_equal_answers(
    rows: list[tuple[float, float]],
) -> None:
    areas = []
    for order in permutations(rows):
        sure = [confidence for _, confidence in order]
        if sure == sorted(sure, reverse=True):
            wrong = np.cumsum([1 - right for right, _ in order])
            areas.append(np.mean(wrong / np.arange(1, len(order) + 1)))

    assert summary(Aurc(), *rows) == pytest.approx(np.mean(areas))


@quick
@given(pairs)
def test_the_area_ends_where_the_curve_ends(rows: list[tuple[float, float]]) -> None:
    """With no two alike the area is the mean of the curve's risks."""
    apart = [(right, confidence + place / 1000) for place, (right, confidence) in enumerate(rows)]
    curve = risk_coverage([c for _, c in apart], [bool(right) for right, _ in apart])

    assert summary(Aurc(), *apart) == pytest.approx(np.mean([point.risk for point in curve]))


def test_calibration_error() -> None:
    # [0.7, 0.8): mean 0.74, 1 of 2 right; [0.2, 0.3): 0.25, 0 of 1; the last: 1.0, 1 of 1
    # (2·|0.74 − 0.5| + 1·0.25 + 1·0)/4 = 0.1825
    rows = [(1.0, 0.7), (0.0, 0.78), (0.0, 0.25), (1.0, 1.0)]

    assert summary(CalibrationError(), *rows) == pytest.approx(0.1825)


@quick
@given(pairs)
def test_the_error_is_that_of_the_reliability_plot(rows: list[tuple[float, float]]) -> None:
    bars = reliability([c for _, c in rows], [bool(right) for right, _ in rows])

    assert summary(CalibrationError(), *rows) == pytest.approx(expected_calibration_error(bars))


@pytest.mark.parametrize("metric", SET_METRICS)
def test_many_rows_at_once_are_each_row(metric: Metric) -> None:
    rows = np.random.default_rng(3).random((7, 12, 2)).round(1)
    rows[..., 0] = rows[..., 0] > 0.4

    assert metric.summarise(rows) == pytest.approx([float(metric.summarise(row)) for row in rows])


def test_set_metrics_have_intervals() -> None:
    rows = [(1.0, 0.9), (1.0, 0.8), (0.0, 0.3), (1.0, 0.7), (0.0, 0.2), None]
    found = estimate(Aurc(), rows)

    # risks 0, 0, 0, 1/4, 2/5
    assert found.value == pytest.approx(0.65 / 5)
    assert found.n == 5
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 0.13 <= found.high
    # without one wrong answer the area is 0 in every resample; 1 − 0.05^(1/4) = 0.527
    spotless = estimate(Aurc(), [(1.0, 0.9)] * 4)
    assert (spotless.value, spotless.low) == (0.0, 0.0)
    assert spotless.high == pytest.approx(0.527, abs=1e-3)
    # all right at 0.9 is an error of 0.1, which is no end of the scale
    sure = estimate(CalibrationError(), [(1.0, 0.9)] * 4)
    assert (sure.value, sure.low, sure.high) == pytest.approx((0.1, 0.1, 0.1))

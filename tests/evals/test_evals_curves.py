"""Risk against coverage, and confidence against right: by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.curves import (
    Bin,
    RiskPoint,
    expected_calibration_error,
    reliability,
    risk_coverage,
)

answers = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


def test_risk_against_coverage() -> None:
    points = risk_coverage([0.2, 0.9, 0.5], [False, True, False])

    assert points == (
        RiskPoint(1 / 3, 0.0, 0.9),
        RiskPoint(2 / 3, 1 / 2, 0.5),
        RiskPoint(1.0, 2 / 3, 0.2),
    )


def test_answers_of_equal_confidence_make_one_point() -> None:
    points = risk_coverage([0.5, 0.9, 0.5, 0.5], [False, True, True, True])

    assert points == (RiskPoint(1 / 4, 0.0, 0.9), RiskPoint(1.0, 1 / 4, 0.5))


def test_questions_without_an_answer_keep_the_coverage_down() -> None:
    points = risk_coverage([0.9, 0.5], [True, False], asked=4)

    assert [point.coverage for point in points] == [0.25, 0.5]
    assert [point.risk for point in points] == [0.0, 0.5]


def test_no_answers_make_no_curve_and_no_bars() -> None:
    assert risk_coverage([], []) == ()
    assert risk_coverage([], [], asked=3) == ()
    assert reliability([], []) == ()
    assert expected_calibration_error(()) == 0.0


@given(answers)
def test_the_curve_ends_with_all_answers(pairs: list[tuple[float, bool]]) -> None:
    sure, right = [one for one, _ in pairs], [one for _, one in pairs]
    points = risk_coverage(sure, right)

    assert points[-1] == RiskPoint(1.0, right.count(False) / len(right), min(sure))
    coverages = [point.coverage for point in points]
    assert coverages == sorted(set(coverages))
    assert [point.threshold for point in points] == sorted(set(sure), reverse=True)


def test_the_bars_of_a_reliability_plot() -> None:
    # halves: 0.1 and 0.4 below, one of two right; 0.5 (an edge, so above) and 1.0, both right
    bars = reliability([0.1, 0.4, 0.5, 1.0], [True, False, True, True], bins=2)

    assert bars == (Bin(0.0, 0.5, 0.25, 0.5, 2), Bin(0.5, 1.0, 0.75, 1.0, 2))
    # (2·0.25 + 2·0.25)/4
    assert expected_calibration_error(bars) == pytest.approx(0.25)


def test_bins_without_an_answer_are_left_out() -> None:
    bars = reliability([0.0, 0.95], [False, True])

    assert bars == (Bin(0.0, 0.1, 0.0, 0.0, 1), Bin(0.9, 1.0, 0.95, 1.0, 1))


def test_each_edge_belongs_to_the_bin_above_it() -> None:
    edges = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

    assert [bar.n for bar in reliability([0.0, *edges], [True] * 10)] == [1] * 10


@given(answers)
def test_every_answer_is_in_one_bar(pairs: list[tuple[float, bool]]) -> None:
    bars = reliability([one for one, _ in pairs], [one for _, one in pairs])

    assert sum(bar.n for bar in bars) == len(pairs)
    assert all(bar.low <= bar.confidence <= bar.high + 1e-12 for bar in bars)
    assert 0.0 <= expected_calibration_error(bars) <= 1.0

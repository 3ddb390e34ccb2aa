"""Intervals: their known values, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import Metric
from evals.metrics.refusal_f1 import RefusalF1
from evals.metrics.seconds_median import SecondsMedian
from evals.metrics.seconds_p95 import SecondsP95
from evals.statistics import all_or_nothing, difference, estimate

SHARE = AnswerAccuracy()
scores = st.lists(st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.0])), max_size=40)
quick = settings(max_examples=30, deadline=None)


def test_no_score_is_no_estimate() -> None:
    assert estimate(SHARE, [None, None]).value is None
    assert estimate(SHARE, []).n == 0


def test_a_share_with_its_interval() -> None:
    # 30 of 40: the normal approximation gives 0.75 ± 1.96·sqrt(0.75·0.25/40) = ± 0.134
    found = estimate(SHARE, [1.0] * 30 + [0.0] * 10 + [None] * 5)

    assert found.value == 0.75
    assert found.n == 40
    assert found.low == pytest.approx(0.75 - 0.134, abs=0.03)
    assert found.high == pytest.approx(0.75 + 0.134, abs=0.03)


def test_all_right_or_all_wrong_is_not_certain() -> None:
    none_wrong = estimate(SHARE, [1.0] * 200)
    none_right = estimate(SHARE, [0.0] * 200)

    assert (none_wrong.value, none_wrong.high) == (1.0, 1.0)
    assert none_wrong.low == pytest.approx(1 - 0.0149, abs=1e-4)
    assert (none_right.value, none_right.low) == (0.0, 0.0)
    assert none_right.high == pytest.approx(0.0149, abs=1e-4)
    assert all_or_nothing(1, all_right=True)[0] == pytest.approx(0.05)


def test_seconds_that_are_all_alike_have_no_spread() -> None:
    found = estimate(SecondsMedian(), [1.0, 1.0, 1.0])

    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


@quick
@given(scores)
def test_the_value_lies_in_its_interval_and_in_the_scale(values: list[float | None]) -> None:
    found = estimate(SHARE, values)

    if found.value is None or found.low is None or found.high is None:
        assert all(value is None for value in values)
    else:
        assert 0.0 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 1.0
        assert found.n == sum(value is not None for value in values)


@quick
@given(scores)
def test_the_same_scores_give_the_same_interval(values: list[float | None]) -> None:
    assert estimate(SHARE, values) == estimate(SHARE, list(values))


@quick
@given(scores)
def test_unscored_samples_change_nothing(values: list[float | None]) -> None:
    assert estimate(SHARE, [*values, None]) == estimate(SHARE, values)


def test_more_samples_narrow_the_interval() -> None:
    def width(n: int) -> float:
        found = estimate(SHARE, [1.0, 0.0] * n)
        assert found.low is not None
        assert found.high is not None
        return found.high - found.low

    assert width(200) < width(20) / 2


@pytest.mark.parametrize("metric", [SHARE, RefusalF1(), SecondsMedian(), SecondsP95()])
def test_summaries_of_many_rows_are_the_summaries_of_each(metric: Metric) -> None:
    rows = np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 1.0]])

    assert metric.summarise(rows) == pytest.approx([float(metric.summarise(row)) for row in rows])


def test_a_difference_is_that_of_the_two_summaries() -> None:
    ours: list[float | None] = [1.0, 1.0, None, 0.0, 1.0]
    theirs: list[float | None] = [1.0, 0.0, 0.0, 0.0, None]
    found = difference(SHARE, ours, theirs)

    assert found.value == pytest.approx(3 / 4 - 1 / 4)
    assert found.n == 3


def test_pairing_takes_out_the_spread_between_samples() -> None:
    hard_and_easy: Sequence[float] = [0.0] * 20 + [1.0] * 20
    better: Sequence[float] = [0.0] * 18 + [1.0] * 22
    found = difference(SHARE, better, hard_and_easy)

    assert found.value == pytest.approx(0.05)
    assert found.low is not None
    assert found.high is not None
    assert found.low >= 0.0  # never worse on any sample, so no draw can say that it is worse
    assert found.high < 0.15


@quick
@given(scores)
def test_a_system_gains_nothing_over_itself(values: list[float | None]) -> None:
    found = difference(SHARE, values, values)

    assert found.value in (None, 0.0)
    assert found.low == found.value
    assert found.high == found.value


def test_a_difference_with_nothing_scored_is_none() -> None:
    assert difference(SHARE, [1.0, None], [None, None]).value is None
    assert difference(SHARE, [], []).value is None

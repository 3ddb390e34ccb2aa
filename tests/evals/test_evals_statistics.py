"""Intervals and tests: their known values, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.aurc import Aurc
from evals.metrics.base import Metric, Values
from evals.metrics.calibration_error import CalibrationError
from evals.metrics.refusal_f1 import RefusalF1
from evals.metrics.seconds_median import SecondsMedian
from evals.metrics.seconds_p95 import SecondsP95
from evals.statistics import (
    FLIPS,
    RESAMPLES,
    PairedTest,
    all_or_nothing,
    bootstrap,
    compare,
    difference,
    estimate,
    holm,
    paired_test,
)

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

    if all(value is None for value in values):
        assert found.value is None
    else:
        assert found.value == 0.0
        assert found.low is not None
        assert found.high is not None
        assert found.low == -found.high


def test_no_sample_that_differs_is_not_certainly_no_difference() -> None:
    # with 0 of 10 that differ, the share that does is below 1 − 0.05^(1/10) = 0.259
    same = difference(SHARE, [1.0, 0.0] * 5, [1.0, 0.0] * 5)
    assert (same.value, same.low, same.high) == pytest.approx((0.0, -0.259, 0.259), abs=1e-3)
    # all 10 gained; up to 0.259 of all may lose as much
    gained = difference(SHARE, [1.0] * 10, [0.0] * 10)
    lost = difference(SHARE, [0.0] * 10, [1.0] * 10)
    assert (gained.value, gained.low, gained.high) == pytest.approx((1.0, 0.482, 1.0), abs=1e-3)
    assert (lost.value, lost.low, lost.high) == pytest.approx((-1.0, -1.0, -0.482), abs=1e-3)
    # seconds have no end of the scale
    alike = difference(SecondsMedian(), [1.0, 2.0], [1.0, 2.0])
    assert (alike.value, alike.low, alike.high) == (0.0, 0.0, 0.0)


def test_no_draw_that_differs_over_other_samples_is_not_certainty() -> None:
    # All of 10 and all of 5 others right: below, 1 − 0.05^(1/10) = 0.259; above, 1 − 0.05^(1/5)
    ours: list[float | None] = [1.0] * 10 + [None] * 5
    theirs: list[float | None] = [None] * 10 + [1.0] * 5
    both = difference(SHARE, ours, theirs)
    assert (both.value, both.low, both.high) == pytest.approx((0.0, -0.259, 0.451), abs=1e-3)
    # right against wrong: no less than 0.741 − 0.451
    wrong = difference(SHARE, ours, [None] * 10 + [0.0] * 5)
    assert (wrong.value, wrong.low, wrong.high) == pytest.approx((1.0, 0.290, 1.0), abs=1e-3)


def test_an_interval_holds_its_value_though_resampling_pushes_it_one_way() -> None:
    # As sure as it is right: more than 97 resamples of 100 are less so, and err more.
    rng = np.random.default_rng(3)
    sure = rng.random(200)
    right = (rng.random(200) < sure).astype(float)
    found = estimate(CalibrationError(), list(zip(right, sure, strict=True)))

    assert found.value == found.low == pytest.approx(0.036, abs=1e-3)
    assert found.high is not None
    assert found.high > 0.1


def test_a_difference_with_nothing_scored_is_none() -> None:
    assert difference(SHARE, [1.0, None], [None, None]).value is None
    assert difference(SHARE, [], []).value is None


def test_blocks_of_resamples_are_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).random(50)
    whole = bootstrap(values, SHARE.summarise)
    monkeypatch.setattr("evals.statistics._BLOCK", 50 * 7)

    assert bootstrap(values, SHARE.summarise) == whole


def test_an_interval_rests_on_all_resamples() -> None:
    rows: list[int] = []

    def count(values: Values) -> Values:
        if values.ndim == 2:
            rows.append(len(values))
        return SHARE.summarise(values)

    bootstrap(np.ones(9000), count)

    assert sum(rows) == RESAMPLES
    assert len(rows) > 1


def test_samples_that_neither_has_a_score_for_change_nothing() -> None:
    ours, theirs = [1.0, 1.0, None, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0, None]

    assert difference(SHARE, [*ours, None], [*theirs, None]) == difference(SHARE, ours, theirs)


def test_a_difference_of_set_metrics() -> None:
    # ours: right, right, wrong from the surest: risks 0, 0, 1/3; theirs wrong first: 1, 1/2, 1/3
    ours = [(1.0, 0.9), (1.0, 0.5), (0.0, 0.1), None]
    theirs = [(0.0, 0.9), (1.0, 0.5), (1.0, 0.1), (1.0, 0.05)]
    found = difference(Aurc(), ours, [*theirs[:3], None])

    assert found.value == pytest.approx(1 / 9 - 11 / 18)
    assert found.n == 3
    # with a fourth of theirs: 1, 1/2, 1/3, 1/4
    assert difference(Aurc(), ours, theirs).value == pytest.approx(1 / 9 - 25 / 48)


def test_sides_of_different_length_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="3 samples on one side, 2 on the other"):
        difference(SHARE, [1.0, 1.0, 0.0], [1.0, 1.0])


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        # 5 differ, all our way: 2 of 2^5 flips are as wide
        ([1.0] * 5 + [1.0] * 9, [0.0] * 5 + [1.0] * 9, PairedTest(5 / 14, 2 / 32, 14, 5)),
        # 4 of 5 our way: 5 + 1 flips with 4 or more either way, of 16 each: 12 of 32
        ([1.0] * 4 + [0.0], [0.0] * 4 + [1.0], PairedTest(3 / 5, 12 / 32, 5, 5)),
        # gaps 1, 0.5, 0.25: no other flip is as wide: 2 of 8
        ([1.0, 0.5, 0.25], [0.0, 0.0, 0.0], PairedTest(1.75 / 3, 2 / 8, 3, 3)),
        # gaps 1, 0.5, -0.25: of the eight sums 4 are at least 1.25 off 0
        ([1.0, 0.5, 0.0], [0.0, 0.0, 0.25], PairedTest(1.25 / 3, 4 / 8, 3, 3)),
        ([1.0], [0.0], PairedTest(1.0, 1.0, 1, 1)),
        ([1.0, 0.0], [1.0, 0.0], PairedTest(0.0, 1.0, 2, 0)),
        ([1.0, None, 0.0], [1.0, 0.0, None], PairedTest(0.0, 1.0, 1, 0)),
    ],
)
def test_a_paired_test_of_few_samples_is_exact(
    ours: list[float | None], theirs: list[float | None], expected: PairedTest
) -> None:
    found = paired_test(ours, theirs)

    assert found is not None
    assert (found.n, found.differing) == (expected.n, expected.differing)
    assert (found.mean, found.p) == pytest.approx((expected.mean, expected.p))


def test_a_paired_test_of_many_samples_comes_near_the_exact_one() -> None:
    # 20 differ, 15 our way: 2·(C(20,15) + … + C(20,20))/2^20 = 0.0414
    ours = [1.0] * 15 + [0.0] * 5 + [1.0] * 80
    theirs = [0.0] * 15 + [1.0] * 5 + [1.0] * 80
    found = paired_test(ours, theirs)

    assert found is not None
    assert found.p == pytest.approx(0.0414, abs=0.006)
    assert found == paired_test(ours, theirs)
    back = paired_test(theirs, ours)
    assert back is not None
    assert back.p == pytest.approx(found.p, abs=0.006)


def test_the_least_p_of_drawn_flips_is_that_of_the_two_tails() -> None:
    found = paired_test([1.0] * 50, [0.0] * 50)

    assert found is not None
    assert found.p == pytest.approx(2 / (FLIPS + 1))


def test_a_paired_test_of_nothing_is_none() -> None:
    assert paired_test([], []) is None
    assert paired_test([1.0, None], [None, 1.0]) is None


def test_only_means_over_the_same_samples_are_tested() -> None:
    means = compare(SHARE, [1.0, 0.0, None], [0.0, 0.0, None])
    apart = compare(SHARE, [1.0, 0.0, None], [0.0, 0.0, 1.0])
    medians = compare(SecondsMedian(), [1.0, 0.0], [0.0, 0.0])
    pairs = compare(Aurc(), [(1.0, 0.5)], [(0.0, 0.5)])

    assert means.gap == difference(SHARE, [1.0, 0.0, None], [0.0, 0.0, None])
    assert means.test == PairedTest(0.5, 1.0, 2, 1)
    assert apart.gap.value == pytest.approx(0.5 - 1 / 3)
    assert apart.test is None
    assert medians.test is None
    assert pairs.gap.value == -1.0
    assert pairs.test is None


@pytest.mark.parametrize(
    ("given_p", "expected"),
    [
        # sorted 0.005·4, 0.01·3, 0.03·2, 0.04·1, and no smaller than the one before
        ([0.01, 0.04, 0.03, 0.005], (0.03, 0.06, 0.06, 0.02)),
        ([0.4, 0.5], (0.8, 0.8)),
        ([0.6, 0.7], (1.0, 1.0)),
        ([0.02], (0.02,)),
        ([], ()),
    ],
)
def test_holm(given_p: list[float], expected: tuple[float, ...]) -> None:
    assert holm(given_p) == pytest.approx(expected)


@quick
@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_lies_between_the_p_values_and_bonferroni(given_p: list[float]) -> None:
    for raised, p in zip(holm(given_p), given_p, strict=True):
        assert p <= raised <= min(1.0, len(given_p) * p) + 1e-12

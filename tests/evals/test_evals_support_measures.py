"""The measures of a verifier, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, f1_score, roc_auc_score

from evals.curves import expected_calibration_error, reliability
from evals.support.agreement import Judged, agreement, by_kind, votes_of
from evals.support.judging import Judgement
from evals.support.measures import MEASURES
from evals.support.measures.base import Votes


def judged(
    at: int,
    supported: bool,
    support: float,
    verdict: bool,
    *,
    document: str = "",
    pair: str = "",
    kind: str = "made",
) -> Judged:
    found = Judgement(verdict, support)
    return Judged(str(at), kind, pair, document or f"document {at}", supported, found)


SIX = [
    judged(1, True, 0.9, True),
    judged(2, True, 0.6, False),
    judged(3, True, 0.4, False),
    judged(4, False, 0.8, True),
    judged(5, False, 0.4, False),
    judged(6, False, 0.1, False),
]


def value(name: str, found: list[Judged]) -> float | None:
    return agreement(found).numbers[name].value


def test_auroc_counts_won_pairs_and_half_of_ties() -> None:
    # 0.9 beats three; 0.6 beats two; 0.4 beats one and ties with one: 3 + 2 + 1.5 of 9
    assert value("auroc", SIX) == pytest.approx(6.5 / 9)


def test_a_score_that_says_nothing_is_chance() -> None:
    flat = [judged(at, at % 2 == 0, 0.5, True) for at in range(6)]

    assert value("auroc", flat) == 0.5
    assert value("balanced_accuracy", flat) == 0.5


def test_one_class_alone_has_no_auroc() -> None:
    true = [one for one in SIX if one.supported]

    assert value("auroc", true) is None
    assert value("balanced_accuracy", true) is None
    assert value("recall_supported", true) == pytest.approx(1 / 3)


def test_the_verdicts_by_class() -> None:
    # called supported: 1 right of 2; called unsupported: 2 right of 4
    assert value("accuracy", SIX) == pytest.approx(3 / 6)
    assert value("precision_supported", SIX) == pytest.approx(1 / 2)
    assert value("recall_supported", SIX) == pytest.approx(1 / 3)
    assert value("f1_supported", SIX) == pytest.approx(2 / 5)
    assert value("precision_unsupported", SIX) == pytest.approx(2 / 4)
    assert value("recall_unsupported", SIX) == pytest.approx(2 / 3)
    assert value("f1_unsupported", SIX) == pytest.approx(4 / 7)
    assert value("balanced_accuracy", SIX) == pytest.approx((1 / 3 + 2 / 3) / 2)


def test_a_verdict_that_is_never_given_has_no_precision() -> None:
    yes = [judged(1, True, 0.9, True), judged(2, False, 0.9, True)]

    assert value("precision_unsupported", yes) is None
    assert value("recall_unsupported", yes) == 0.0
    assert value("f1_unsupported", yes) == 0.0


def test_the_mean_of_kinds_weighs_a_small_kind_like_a_large_one() -> None:
    large = [judged(at, at < 4, 0.5, at < 4, kind="large") for at in range(8)]
    small = [
        judged(8, True, 0.5, False, kind="small"),
        judged(9, False, 0.5, False, kind="small"),
    ]

    # 1 on the large kind, ½ on the small one
    assert value("mean_by_kind", [*large, *small]) == pytest.approx(0.75)
    assert value("mean_by_kind", [*large, judged(8, True, 0.5, True, kind="true")]) is None


def test_a_pair_is_won_tied_or_lost() -> None:
    pairs = [
        judged(1, True, 0.9, True, document="a", pair="1"),
        judged(2, False, 0.3, True, document="a", pair="1"),
        judged(3, True, 0.5, True, document="a", pair="2"),
        judged(4, False, 0.5, True, document="a", pair="2"),
        # two false ones, one of them above the true: ½
        judged(5, True, 0.5, True, document="b", pair="1"),
        judged(6, False, 0.7, True, document="b", pair="1"),
        judged(7, False, 0.2, True, document="b", pair="1"),
        # no pair, and a pair of one
        judged(8, True, 0.5, True, document="b"),
        judged(9, True, 0.5, True, document="b", pair="2"),
    ]

    assert value("pair_accuracy", pairs) == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert value("pair_accuracy", SIX) is None


def test_calibration_error_is_the_mean_gap_of_the_bins() -> None:
    found = [
        judged(1, True, 0.95, True),
        judged(2, False, 0.95, True),
        judged(3, False, 0.15, False),
        judged(4, True, 1.0, True),
    ]

    # bin 0.9 to 1.0: mean (0.95 + 0.95 + 1) / 3 against 2 of 3; bin 0.1 to 0.2: 0.15 against 0
    whole = (3 * abs(2.9 / 3 - 2 / 3) + 1 * 0.15) / 4
    assert value("calibration_error", found) == pytest.approx(whole)


def test_calibration_error_is_that_of_the_plotted_bars() -> None:
    # 0.3, 0.6 and 0.7 open a bin of their own, as 3, 6 and 7 words of 10 do.
    edges = [0.25, 0.3, 0.55, 0.6, 0.65, 0.7]
    found = [judged(at, at % 2 == 0, support, True) for at, support in enumerate(edges)]
    bars = reliability(edges, [one.supported for one in found])

    assert [bar.n for bar in bars] == [1, 1, 1, 2, 1]
    assert value("calibration_error", found) == pytest.approx(expected_calibration_error(bars))


def random_votes(n: int, documents: int) -> Votes:
    rng = np.random.default_rng(7)
    people = rng.random(n) < 0.4
    support = np.asarray(np.clip(rng.normal(0.4 + 0.1 * people, 0.2), 0, 1), dtype=np.float64)
    support = np.round(support, 1).astype(np.float64)
    return Votes(
        people=people,
        judge=support > 0.45,
        support=support,
        document=rng.integers(0, documents, n),
        pair=np.full(n, -1),
        kind=np.zeros(n, dtype=np.int64),
        documents=documents,
    )


def test_scikit_learn_says_the_same_of_every_draw() -> None:
    votes = random_votes(300, 20)
    counts = np.random.default_rng(8).multinomial(20, [1 / 20] * 20, size=25)

    for row, drawn in enumerate(counts):
        weight = drawn[votes.document]
        ours = {name: measure(votes, counts)[row] for name, measure in MEASURES.items()}
        theirs = {
            "auroc": roc_auc_score(votes.people, votes.support, sample_weight=weight),
            "balanced_accuracy": balanced_accuracy_score(
                votes.people, votes.judge, sample_weight=weight
            ),
            "f1_unsupported": f1_score(~votes.people, ~votes.judge, sample_weight=weight),
        }
        for name, number in theirs.items():
            assert ours[name] == pytest.approx(number), name


def test_claims_on_one_document_widen_the_interval() -> None:
    # The same 200 claims, each on a document of its own, or ten documents of twenty alike.
    alone = [judged(at, at % 20 < 10, 0.5, at % 40 < 20) for at in range(200)]
    together = [
        judged(at, at % 20 < 10, 0.5, at // 20 % 2 == 0, document=f"d{at // 20}")
        for at in range(200)
    ]

    one, other = (agreement(found).numbers["recall_supported"] for found in (alone, together))
    assert one.value == other.value == 0.5
    assert one.low is not None
    assert one.high is not None
    assert other.low is not None
    assert other.high is not None
    # √(0.25 / 100) against √(0.25 / 10)
    assert one.high - one.low == pytest.approx(4 * 0.05, abs=0.03)
    assert other.high - other.low == pytest.approx(4 * 0.158, abs=0.08)


def test_all_right_is_not_certain() -> None:
    right = [judged(at, at % 2 == 0, 1.0 - at % 2, at % 2 == 0) for at in range(20)]
    found = agreement(right).numbers["recall_unsupported"]

    assert found.value == found.high == 1.0
    assert found.low == pytest.approx(0.05 ** (1 / 20))


def test_too_few_documents_tell_nothing_of_the_spread() -> None:
    one = [judged(at, at % 2 == 0, 0.1 * at, at > 2, document="only") for at in range(6)]
    # One false claim among many documents: a third of the draws hold none.
    rare = [judged(0, False, 0.2, True), *(judged(at, True, 0.5, at > 4) for at in range(1, 20))]

    for found, name in ((one, "auroc"), (rare, "auroc"), (rare, "recall_unsupported")):
        number = agreement(found).numbers[name]
        assert number.value is not None
        assert (number.low, number.high) == (0.0, 1.0)
    assert agreement(rare).numbers["recall_supported"].low != 0.0


def test_a_draw_without_a_kind_is_the_mean_of_the_others() -> None:
    kinds = [judged(at, at % 2 == 0, 0.5, True, kind=f"k{at // 4}") for at in range(12)]
    votes = votes_of(kinds)
    counts = np.ones((1, 12), dtype=np.int64)
    counts[0, :4] = 0

    assert MEASURES["mean_by_kind"](votes, counts).tolist() == [0.5]


def test_what_was_not_judged_is_counted_and_not_wrong() -> None:
    blank = Judged("7", "made", "", "document 7", True, None)

    with_blank = agreement([*SIX, blank])
    assert (with_blank.n, with_blank.unscored) == (6, 1)
    assert with_blank.numbers == agreement(SIX).numbers
    nothing = agreement([blank])
    assert (nothing.n, nothing.unscored, nothing.documents) == (0, 1, 0)
    assert all(number.value is None for number in nothing.numbers.values())


def test_a_kind_of_false_claims_is_held_against_its_partners() -> None:
    found = by_kind(
        [
            judged(1, True, 0.5, True, document="a", pair="1", kind="true"),
            judged(2, False, 0.4, False, document="a", pair="1", kind="swap"),
            judged(3, True, 0.1, False, document="a", pair="2", kind="true"),
            judged(4, False, 0.9, False, document="a", pair="2", kind="denial"),
        ]
    )

    assert found["swap"].beside == 1
    assert found["swap"].numbers["auroc"].value == 1.0
    assert found["denial"].numbers["pair_accuracy"].value == 0.0
    assert found["true"].numbers["auroc"].value is None
    assert found["true"].beside == 0


def test_a_kind_without_pairs_is_held_against_all_that_is_true() -> None:
    found = by_kind(
        [
            judged(1, True, 0.5, True, kind="faithful"),
            judged(2, True, 0.3, True, kind="faithful"),
            judged(3, False, 0.4, False, kind="conflict"),
        ]
    )

    assert found["conflict"].beside == 2
    assert found["conflict"].n == 3
    assert found["conflict"].numbers["auroc"].value == 0.5


def test_the_same_pair_on_two_documents_is_two_pairs() -> None:
    votes = votes_of(
        [
            judged(1, True, 0.5, True, document="a", pair="1"),
            judged(2, False, 0.5, True, document="b", pair="1"),
            judged(3, False, 0.5, True, document="b"),
        ]
    )

    assert votes.pair[0] != votes.pair[1]
    assert votes.pair[2] == -1
    assert votes.document.tolist() == [0, 1, 1]

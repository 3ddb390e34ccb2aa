"""Whether a sentence answers at all. The shares of the three parts are tuned, and not pinned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.finding.answerable import answerability, rarity_of

ASKED = {"work", "cost", "quay"}
RARITY = dict.fromkeys(ASKED, 1.0)
SOME = st.sets(st.sampled_from(["work", "cost", "quay", "gull", "june"]))


def test_each_part_counts() -> None:
    nothing = answerability(0.0, ASKED, set(), set(), RARITY)
    assert nothing == 0.0
    assert answerability(0.5, ASKED, set(), set(), RARITY) > nothing
    around = answerability(0.0, ASKED, set(), {"cost"}, RARITY)
    assert around > nothing
    assert answerability(0.0, ASKED, {"cost"}, set(), RARITY) > around
    assert answerability(1.0, ASKED, ASKED, ASKED, RARITY) == pytest.approx(1.0)


def test_a_rare_term_counts_more() -> None:
    rarity = RARITY | {"quay": 3.0}
    assert answerability(0.5, ASKED, {"quay"}, set(), rarity) > answerability(
        0.5, ASKED, {"cost"}, set(), rarity
    )


def test_a_question_without_terms_has_its_likeness_alone() -> None:
    assert answerability(0.5, set(), {"cost"}, set(), {}) == 0.5
    assert answerability(-0.5, set(), {"cost"}, set(), {}) == 0.0


@given(st.floats(-1, 1), SOME, SOME, SOME)
def test_it_lies_between_nothing_and_one(
    likeness: float, asked: set[str], sentence: set[str], around: set[str]
) -> None:
    rarity = rarity_of(asked, [sorted(sentence), sorted(around)])
    assert 0.0 <= answerability(likeness, asked, sentence, around, rarity) <= 1.0 + 1e-9


def test_what_fewer_sentences_hold_is_rarer() -> None:
    rarity = rarity_of({"cost", "quay", "gull"}, [["cost", "cost"], ["cost", "quay"], ["june"]])
    assert rarity["gull"] > rarity["quay"] > rarity["cost"] > 0

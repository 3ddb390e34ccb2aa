from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.copies import VALUES, bands, could_be_copies, is_copy, likeness, signature, words
from tests.corpus.copy_pairs import CHECK, DEVELOPMENT, STORIES, Pair, article


def found(pair: Pair) -> bool:
    """Whether a library would find that these are copies: candidates first, then the texts."""
    one, other = signature(pair.one), signature(pair.other)
    if one is None or other is None:
        return False
    met = bool({*bands(one)} & {*bands(other)}) and could_be_copies(one, other)
    return met and is_copy(pair.one, pair.other)


def precision_and_recall(pairs: Sequence[Pair]) -> tuple[float, float]:
    told = [pair for pair in pairs if found(pair)]
    right = sum(pair.copies for pair in told)
    return right / len(told), right / sum(pair.copies for pair in pairs)


def test_the_set_is_large_enough_to_say_something() -> None:
    for pairs in (DEVELOPMENT, CHECK):
        assert len({pair.name for pair in pairs}) == len(pairs)
    assert len(DEVELOPMENT) >= 100
    assert len(CHECK) >= 25
    assert sum(not pair.copies for pair in (*DEVELOPMENT, *CHECK)) >= 45


@pytest.mark.parametrize("pairs", [DEVELOPMENT, CHECK], ids=["development", "check"])
def test_precision_and_recall(pairs: tuple[Pair, ...]) -> None:
    precision, recall = precision_and_recall(pairs)
    assert precision == 1.0
    assert recall >= 0.97


@pytest.mark.parametrize("pair", [*DEVELOPMENT, *CHECK], ids=lambda pair: pair.name)
def test_the_order_of_two_means_nothing(pair: Pair) -> None:
    assert likeness(pair.one, pair.other) == likeness(pair.other, pair.one)
    assert is_copy(pair.one, pair.other) == is_copy(pair.other, pair.one)


def test_what_likeness_measures() -> None:
    whole = article("\n\n".join(STORIES[0].paragraphs))
    cut = article("\n\n".join(STORIES[0].paragraphs[:3]), "Valley Echo")
    shared = likeness(whole, cut)
    assert shared.contained == shared.lead == 1.0
    assert 0.4 < shared.length < 0.6
    assert (shared.figures, shared.short) == (0, False)
    assert shared.of_figures == len({"214", "tuesday", "3", "6", "4"})


def test_figures_decide_where_the_words_agree() -> None:
    text = (
        "Acorn Stores said sales at stores open for a year rose {} percent in the {} weeks to "
        "{}. It sold goods for {} million pounds at {} stores, and it means to open {} more of "
        "them before the end of the business year, which for most of the trade is in March. The "
        "company gave no reason for the rise, and none for the delay of its figures."
    )
    one = article(text.format(4, 5, "Monday", 88, 214, 7))
    assert not is_copy(one, article(text.format(6, 4, "Friday", 91, 216, 3), "Valley Echo"))
    assert is_copy(one, replace(one, outlet="Valley Echo", title="Rewritten"))


def test_words_and_figures() -> None:
    assert words("Net 1,204,000 vs. 12.5; it’s up") == [
        "net",
        "1204000",
        "vs",
        "12.5",
        "it's",
        "up",
    ]
    assert words("北京时间") == ["北", "京", "时", "间"]


def test_a_text_in_a_script_without_spaces() -> None:
    text = "".join(chr(0x4E00 + (n * n) % 997) for n in range(300))
    one, other = article(text), article(text[:200], "Valley Echo")
    assert is_copy(one, other)
    assert not is_copy(one, article(text[::-1], "Valley Echo"))


@pytest.mark.parametrize("text", ["", "Two words", "…"])
def test_next_to_nothing_is_like_nothing(text: str) -> None:
    empty = article(text, title="")
    assert signature(empty) is None
    assert not is_copy(empty, empty)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    values = signature(article(one))
    assert values is None or (len(values) == VALUES and values.dtype == np.uint32)
    assert is_copy(article(one), article(other)) == is_copy(article(other), article(one))


def test_the_signature_estimates_the_share_of_common_shingles() -> None:
    vocabulary = [f"word{n}" for n in range(4000)]
    errors = []
    for start in range(0, 2000, 100):
        one = article(" ".join(vocabulary[start : start + 300]))
        other = article(" ".join(vocabulary[start + 100 : start + 400]))
        first, second = signature(one), signature(other)
        assert first is not None
        assert second is not None
        errors.append(float((first == second)[:48].mean()) - 198 / 398)
    # 48 values: a standard deviation of 0.072 each, so of 0.016 for the mean of 20.
    assert abs(float(np.mean(errors))) < 0.06


def test_signatures_are_stored_so_they_must_not_change() -> None:
    values = signature(article("One two three four five six.", title="A title"))
    assert values is not None
    assert values[:3].tolist() == [305415065, 415241609, 269534205]
    assert bands(values)[0][1].hex() == "a62e6e984ed655c5"


def test_a_thousand_signatures_a_second() -> None:
    articles = [pair.one for pair in DEVELOPMENT] * 4
    started = time.process_time()
    for one in articles:
        signature(one)
    assert len(articles) / (time.process_time() - started) > 1000

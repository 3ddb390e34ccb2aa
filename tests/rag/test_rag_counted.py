"""A count must be of what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.newsroom import Newsroom
from rag.question.counted import counted_in
from tests.rag.desks import make_newsroom

FILES = {
    "one.md": (
        "---\ntitle: Storm over Tarn\noutlet: Ashford Courier\npublished: 2024-03-05\n---\n"
        "The storm over Tarn felled 40 trees and three masts, the county said. It took 12 hostages "
        "from no one, a fool wrote. Of the boats in the harbour 9 sank in the storm. Six remain.\n"
    ),
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path, [""], style="short", files=FILES)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many trees did the storm fell?", "trees"),
        ("How many of the old boats were lost?", "old boats"),
        ("Of the boats, how many sank?", None),
        ("How many people died?", None),
        ("How many inhabitants were there?", None),
        ("How many crowns were lost?", None),
        ("How many were there?", None),
        ("Who counted the trees?", None),
    ],
)
def test_what_is_counted_is_read_from_the_question(question: str, words: str | None) -> None:
    found = counted_in(question)
    assert (found.words if found else None) == words


def test_other_words_for_a_thing_are_that_thing() -> None:
    captives, hostages = (
        counted_in("How many captives left?"),
        counted_in("How many hostages left?"),
    )
    assert captives is not None
    assert hostages is not None
    assert captives.term == hostages.term


def test_a_figure_of_another_thing_is_no_answer(newsroom: Newsroom) -> None:
    answer = newsroom.ask("How many houses did the storm over Tarn fell?")
    assert answer.refusal is not None
    assert answer.refusal.missing == ("houses",)
    assert answer.refusal.nearest


def test_the_sentence_that_counts_it_is_chosen_before_a_nearer_one(newsroom: Newsroom) -> None:
    trees = newsroom.ask("How many trees did the storm over Tarn fell?")
    assert "40 trees" in trees.citations[0].quote
    boats = newsroom.ask("How many boats did the storm over Tarn sink?")
    assert "9 sank" in boats.citations[0].quote


def test_a_happening_that_no_sentence_tells_of_has_no_count(newsroom: Newsroom) -> None:
    answer = newsroom.ask("How many people were arrested after the storm over Tarn?")
    assert answer.refusal is not None
    assert "people arrested" in answer.refusal.message

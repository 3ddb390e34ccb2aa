"""Suggestions: drawn from articles, and offered only where the library can answer them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import BadDate
from rag.newsroom import Newsroom
from rag.suggesting import SuggestOptions, suggestions
from tests.rag.desks import BRIDGE_QUESTION, make_newsroom, scripted

FLOOD = """---
title: Flood in the Tarn valley
outlet: Ashford Courier
published: 2024-05-02
---
At least 14 people were killed in Marrow when the river Tarn rose on Tuesday, the county said.
"The bridge went first", Ilse Brandt told the Courier. Another 3 people are missing.

The Tarn valley brigade said that it had room. "We will open the school", Ilse Brandt said.
"""
VOTE = """---
title: Council votes on the harbour
outlet: Belmont Herald
published: 2024-05-09
---
The council voted for the harbour on Thursday. "It was close", said the mayor, Tomas Okafor.
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with make_newsroom(tmp_path / "desk", files={"flood.md": FLOOD, "vote.md": VOTE}) as made:
        yield made


class Gate:
    """The newsroom's library, behind a gate that lets only some questions through."""

    def __init__(self, newsroom: Newsroom, open_to: str) -> None:
        self.library = newsroom.library
        self.open_to = open_to
        self.tried: list[tuple[str, object]] = []

    def answerable(self, question: str, *, as_of: object = None) -> float | None:
        self.tried.append((question, as_of))
        return 0.5 if self.open_to in question else None


def test_they_ask_for_speakers_counts_and_headlines_in_turn(newsroom: Newsroom) -> None:
    gate = Gate(newsroom, "")
    found = list(suggestions(gate, newsroom.library.articles(), options=SuggestOptions(most=9)))
    assert found[:3] == [
        "What did Ilse Brandt say?",
        "How many people were killed?",
        "What is behind “Flood in the Tarn valley”?",
    ]
    assert "What did Tomas Okafor say?" in found
    assert not any("brigade" in one or "county" in one for one in found), "no offices"


def test_only_what_the_library_can_answer_is_offered(newsroom: Newsroom) -> None:
    gate = Gate(newsroom, "killed")
    found = list(suggestions(gate, newsroom.library.articles(), as_of="2024-06-01"))
    assert found == ["How many people were killed?"]
    assert len(gate.tried) > 1
    assert {as_of for _, as_of in gate.tried} == {"2024-06-01"}
    assert list(suggestions(Gate(newsroom, "nowhere"), newsroom.library.articles())) == []


def test_what_was_asked_is_not_offered_again_in_other_words(newsroom: Newsroom) -> None:
    asked = ["How many people were killed in Marrow?", "What did Brandt say?"]
    found = list(suggestions(Gate(newsroom, ""), newsroom.library.articles(), asked))
    assert not any("killed" in one or "Brandt" in one for one in found)
    assert found


def test_so_many_and_no_more_are_tried_and_offered(newsroom: Newsroom) -> None:
    gate = Gate(newsroom, "nowhere")
    options = SuggestOptions(most=2, tried=4)
    assert list(suggestions(gate, newsroom.library.articles(), options=options)) == []
    assert len(gate.tried) == 4
    assert (
        len(list(suggestions(Gate(newsroom, ""), newsroom.library.articles(), options=options)))
        == 2
    )


def test_withdrawn_articles_and_very_long_headlines_suggest_nothing(newsroom: Newsroom) -> None:
    flood, vote = newsroom.library.articles()
    gone = replace(flood, withdrawn=date(2024, 5, 3))
    assert list(suggestions(Gate(newsroom, ""), [gone])) == []
    long = replace(vote, title="On " * 60, text="The council sat.")
    assert list(suggestions(Gate(newsroom, ""), [long])) == []


def test_every_suggestion_is_one_that_a_newsroom_answers(newsroom: Newsroom) -> None:
    found = list(suggestions(newsroom, newsroom.library.articles()))
    assert found
    for question in found:
        assert newsroom.ask(question).status != "refused"
    assert scripted(newsroom).name
    with pytest.raises(BadDate):
        list(suggestions(newsroom, newsroom.library.articles(), as_of="soon"))


def test_answerable_says_what_asking_would_without_a_model(tmp_path: Path) -> None:
    with make_newsroom(tmp_path / "other", least_answerable=0.4) as newsroom:
        assert newsroom.answerable("Who won the 2022 World Cup?") is None
        assert newsroom.answerable(BRIDGE_QUESTION, until="1999-12-31") is None
        sure = newsroom.answerable(BRIDGE_QUESTION)
        assert sure is not None
        assert sure == newsroom.ask(BRIDGE_QUESTION).answerability
    with make_newsroom(tmp_path / "empty", files={"a.md": "x"}) as newsroom:
        for one in list(newsroom.library.articles()):
            newsroom.library.delete(one.id)
        assert newsroom.answerable(BRIDGE_QUESTION) is None

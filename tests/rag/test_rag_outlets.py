"""Only the outlets that are named are looked at: from the question to both indexes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.events import AnswerFinished, HitsFound
from rag.newsroom import Newsroom
from rag.question.query import read_question
from tests.rag.desks import BRIDGE_QUESTION, HARBOUR_QUESTION, assert_promise, make_newsroom


@pytest.fixture(scope="module", params=["short", "cited"])
def newsroom(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    folder: Path = tmp_path_factory.mktemp("outlets")
    with make_newsroom(folder, ["The bridge will stay closed"], style=request.param) as opened:
        yield opened


def test_a_question_keeps_the_outlets_that_were_named() -> None:
    assert read_question("Who?").outlets is None
    named = read_question("Who?", outlets=[" Belmont Herald ", "Belmont Herald"])
    assert named.outlets == frozenset({"Belmont Herald"})
    assert read_question("Who?", outlets="Belmont Herald").outlets == frozenset({"Belmont Herald"})
    assert read_question("Who?", outlets=[]).outlets == frozenset()


@pytest.mark.parametrize("question", [HARBOUR_QUESTION, BRIDGE_QUESTION])
def test_nothing_of_another_outlet_is_seen(newsroom: Newsroom, question: str) -> None:
    outlets = ["Belmont Herald"]
    answer = newsroom.ask(question, outlets=outlets)
    assert_promise(answer, newsroom)
    assert {hit.article.outlet for hit in answer.hits} == set(outlets)
    assert answer.sources.outlets in ((), ("Belmont Herald",))
    hits = newsroom.search(question, outlets=outlets)
    assert {hit.article.outlet for hit in hits} == set(outlets)
    first, *_, last = newsroom.stream(question, outlets=outlets)
    assert isinstance(first, HitsFound)
    assert isinstance(last, AnswerFinished)
    assert first.hits == answer.hits


def test_outlets_and_days_go_together(newsroom: Newsroom) -> None:
    outlets = ["Belmont Herald", "Ashford Courier"]
    hits = newsroom.search(BRIDGE_QUESTION, outlets=outlets, until="2024-03-31")
    assert {hit.article.outlet for hit in hits} == {"Ashford Courier"}


def test_no_outlet_at_all_finds_nothing(newsroom: Newsroom) -> None:
    assert newsroom.search(HARBOUR_QUESTION, outlets=[]) == ()
    answer = newsroom.ask(HARBOUR_QUESTION, outlets=[])
    assert answer.text == (
        "No article by the outlets named, which are none, comes near this question."
    )


def test_a_refusal_names_the_outlets(newsroom: Newsroom) -> None:
    answer = newsroom.ask(HARBOUR_QUESTION, outlets=["The Moon", "The Sun"])
    assert answer.refusal is not None
    assert answer.refusal.kind == "no_evidence"
    assert answer.text == "No article by The Moon or The Sun comes near this question."

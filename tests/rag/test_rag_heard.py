"""Somebody's words are asked for by name, and no article quotes any."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.newsroom import Newsroom
from tests.rag.desks import make_newsroom

FILES = {
    "one.md": (
        "---\ntitle: The ferry is late\noutlet: Ashford Courier\npublished: 2024-03-05\n---\n"
        "The ferry will be late on Monday, the captain, Ada Linde, said. She told Boris Kern, the "
        "harbour master, that the engine was old. The Ashford Courier counted nine delays.\n"
    ),
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path, [""], style="short", files=FILES)


def test_who_is_named_but_not_quoted_is_refused_by_name(newsroom: Newsroom) -> None:
    answer = newsroom.ask("What did Boris Kern say about the ferry?")
    assert answer.refusal is not None
    assert answer.refusal.kind == "no_evidence"
    assert answer.refusal.message == "The articles quote no words of Boris Kern."
    assert answer.refusal.missing == ("Boris Kern",)
    assert answer.refusal.nearest


@pytest.mark.parametrize(
    "question",
    [
        "What did Ada Linde say about the ferry?",
        "What did Linde say about the ferry?",
        "What did the harbour master say about the ferry?",
        "What did the Ashford Courier say about the ferry?",
        "How late is the ferry of Boris Kern?",
    ],
)
def test_who_is_quoted_or_asked_for_without_a_name_is_not(
    newsroom: Newsroom, question: str
) -> None:
    assert newsroom.ask(question).refusal is None


def test_who_is_quoted_on_something_else_is_refused_by_what_is_asked(newsroom: Newsroom) -> None:
    answer = newsroom.ask("What did Ada Linde say about the parking fines?")
    assert answer.refusal is not None
    assert answer.refusal.message.startswith("The articles quote Ada Linde, but nothing on this:")
    assert answer.refusal.nearest

"""Questions that the page offers: to begin with, and after each answer; each was held against the
library first.

What is offered never holds up what is asked: while a question is answered, nothing is tried.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import islice
from typing import Any

import gradio as gr

from corpus.article import Article
from corpus.errors import DatelineError
from embeddings.protocol import LibraryLike
from page.conversation.turn import Conversation, Turn
from page.desk.desk import Desk
from page.desk.masthead import EXAMPLES, example_questions, holds_samples
from rag.question.query import Day
from rag.suggesting import SuggestOptions, suggestions

LOOKED_AT = 200
"""Articles among which the newest are looked for: a first screen must not read a large library."""

OPENERS = SuggestOptions(most=EXAMPLES, tried=12, articles=8)


class Interrupted(Exception):
    """Somebody asks: trying comes to an end."""


class _WhileIdle:
    """The open newsroom, for as long as nobody asks it anything."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._newsroom = desk.newsroom

    @property
    def library(self) -> LibraryLike:
        return self._newsroom.library

    def answerable(self, question: str, *, as_of: Day = None) -> float | None:
        gate = self._desk.gate
        if gate.inside or gate.waiting or self._desk.newsroom is not self._newsroom:
            raise Interrupted
        return self._newsroom.answerable(question, as_of=as_of)


def next_questions(desk: Desk, turns: Conversation) -> Generator[Any, None, None]:
    """Questions that may follow the last answer, drawn as they are found; at most three."""
    turn = turns[-1] if turns else None
    found: list[list[str]] = []
    if turn is not None and turn.answer is not None:
        asked = [one.asked_as or one.question for one in turns]
        found_next = suggestions(
            _WhileIdle(desk), _articles_of(turn), asked, as_of=turn.as_of or None
        )
        for question in _until_interrupted(found_next):
            found.append([question])
            yield gr.update(samples=list(found), visible=True)
    if not found:
        yield none_offered()


def none_offered() -> Any:
    """The row of suggestions, put away."""
    return gr.update(samples=[], visible=False)


class Openers:
    """Questions to begin with, found once for each state of the open library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[str, tuple[str, ...]] = {}

    def examples(self) -> Any:
        """The chat with questions that were tried; as it is where none was found."""
        questions = self.questions()
        return gr.update(examples=[{"text": one} for one in questions]) if questions else gr.skip()

    def questions(self) -> tuple[str, ...]:
        """Those of the open library; none where somebody asks meanwhile."""
        newsroom, edition = self._desk.newsroom, self._desk.edition
        if edition not in self._found:
            if holds_samples(newsroom):
                found = example_questions(newsroom)
            else:
                tried = suggestions(
                    _WhileIdle(self._desk), _newest(newsroom.library), options=OPENERS
                )
                found = tuple(_until_interrupted(tried))
            # Only the last state is remembered: earlier ones do not come back.
            self._found = {edition: found} if found else {}
        return self._found.get(edition, ())


def _until_interrupted(questions: Iterator[str]) -> Iterator[str]:
    try:
        yield from questions
    except (Interrupted, DatelineError):
        # What an offer cannot be tried with is told when something is asked.
        return


def _articles_of(turn: Turn) -> tuple[Article, ...]:
    """What the answer stands on, then what else was read; each once."""
    if turn.answer is None:
        return ()
    cited = [one.article for one in turn.answer.citations]
    read = [hit.article for hit in turn.hits]
    return tuple({article.id: article for article in (*cited, *read)}.values())


def _newest(library: LibraryLike) -> list[Article]:
    some = list(islice(library.articles(), LOOKED_AT))
    return sorted(some, key=lambda article: article.date_label, reverse=True)

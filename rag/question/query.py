"""A question that was checked, with the days and outlets that it may look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from corpus.dates import as_date
from corpus.errors import BadDate, EmptyQuestion, QuestionTooLong
from embeddings.store.window import DateWindow

LONGEST_QUESTION = 2_000
"""Characters. A question of three hundred words; what is longer is a pasted text, and it would
fill the model's context before any evidence does."""

Day = date | str | None


@dataclass(frozen=True, slots=True)
class Query:
    """A question, trimmed, and what may answer it.

    Attributes:
        window: days of publication.
        outlets: named as in the articles; None for all of them, those without a name too.
    """

    text: str
    window: DateWindow
    outlets: frozenset[str] | None = None


def read_question(
    question: str,
    *,
    as_of: Day = None,
    since: Day = None,
    until: Day = None,
    outlets: Collection[str] | None = None,
) -> Query:
    """Check a question before any model sees it.

    Args:
        question: in plain words.
        as_of: the reader's day; no article published later is seen.
        since, until: the first and last day of publication to look at.
        outlets: the outlets to look at; None for all of them. One may stand alone.

    Raises:
        EmptyQuestion, QuestionTooLong: as they say.
        BadDate: a day that is not written YYYY-MM-DD, or `since` after `until`.
    """
    if len(question) > LONGEST_QUESTION:
        raise QuestionTooLong(
            f"the question has {len(question):,} characters and the limit is {LONGEST_QUESTION:,}",
            next_step="ask in a sentence or two; to search for a long text, index it as an article",
        )
    # A command line or a server may hand over half a character, which nothing can encode.
    text = " ".join(question.encode("utf-8", "replace").decode("utf-8").split())
    if not any(character.isalnum() for character in text):
        raise EmptyQuestion(
            "the question is empty", next_step='ask something, such as "Who spoke to reporters?"'
        )
    first = _day(since)
    ends = [day for day in (_day(until), _day(as_of)) if day is not None]
    last = min(ends) if ends else None
    if first and last and first > last:
        raise BadDate(
            f"the first day, {first}, lies after the last, {last}",
            next_step="swap the two days, or leave one out",
        )
    # A lone str is a collection of one-letter outlets, which nobody means.
    named = [outlets] if isinstance(outlets, str) else outlets
    chosen = None if named is None else frozenset(name.strip() for name in named)
    return Query(text, DateWindow(since=first, until=last), chosen)


def _day(day: Day) -> date | None:
    if isinstance(day, str):
        return as_date(day)
    return day.date() if isinstance(day, datetime) else day

"""A conversation: questions that build on those before, and citations that keep their numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from corpus.dates import as_date
from rag.answer import Answer
from rag.events import AnswerFinished, Event
from rag.numbering import Numbering, Span
from rag.question.followup import made_whole
from rag.question.query import Day

_REMEMBERED = 3
"""Turns that a pronoun may point back to. Judgement: farther back a reader names things again."""


class Desk(Protocol):
    """What a conversation asks: a `Newsroom`, or whatever answers like one."""

    def stream(
        self,
        question: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> Iterator[Event]:
        """The events of one question, `AnswerFinished` last."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and its answer.

    Attributes:
        question: as the reader asked it.
        asked_as: the whole question that was answered; the same where it was whole already.
        answer: its citations have the conversation's numbers.
    """

    question: str
    asked_as: str
    answer: Answer


class Conversation:
    """Questions to one newsroom, one after another. Not for two threads at once.

    Days and outlets hold for the question that they are given with, not for those that follow. A
    stream that is not read to its end leaves no turn, but the numbers that it showed stay taken.

    Args:
        newsroom: what is asked.
        turns, spans: those of a conversation that goes on, as its properties gave them.
    """

    def __init__(
        self, newsroom: Desk, turns: Iterable[Turn] = (), spans: Iterable[Span] = ()
    ) -> None:
        self._newsroom = newsroom
        self._turns = list(turns)
        self._numbering = Numbering(spans)

    @property
    def newsroom(self) -> Desk:
        """What it asks."""
        return self._newsroom

    def ask_by(self, newsroom: Desk) -> None:
        """Ask another newsroom over the same library from now on: one with other settings."""
        self._newsroom = newsroom

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions that were answered or refused, oldest first."""
        return tuple(self._turns)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span that was shown under a number, the one with number 1 first."""
        return self._numbering.spans

    def keep(self, turns: int) -> None:
        """Forget all but the first so many turns, as when a reader takes a question back.

        Their numbers stay taken, so that a span that is cited again has its number again.
        """
        del self._turns[turns:]

    def whole(self, question: str, *, as_of: Day = None) -> str:
        """The question as it would be asked now: a follow-up made whole from the turns before.

        Raises:
            BadDate: `as_of` is no day.
        """
        recent = self._turns[-_REMEMBERED:]
        if not recent:
            return question
        last = recent[-1].answer
        said = () if last.refusal else tuple(sentence.text for sentence in last.sentences)
        return made_whole(question, [turn.asked_as for turn in recent], said, _day(as_of))

    def ask(
        self,
        question: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> Answer:
        """Answer a question in the light of those before; otherwise as `Newsroom.ask`."""
        for event in self.stream(question, as_of=as_of, since=since, until=until, outlets=outlets):
            if isinstance(event, AnswerFinished):
                return event.answer
        raise AssertionError("a stream ends with AnswerFinished")

    def stream(
        self,
        question: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> Iterator[Event]:
        """The same as `ask`, as events while it happens. Closing the iterator stops the model.

        A question that cannot be asked raises here, before the first event.
        """
        asked_as = self.whole(question, as_of=as_of)
        events = self._newsroom.stream(
            asked_as, as_of=as_of, since=since, until=until, outlets=outlets
        )
        return self._numbered(question, asked_as, events)

    def _numbered(self, question: str, asked_as: str, events: Iterator[Event]) -> Iterator[Event]:
        try:
            for event in events:
                numbered = self._numbering.event(event)
                if isinstance(numbered, AnswerFinished):
                    self._turns.append(Turn(question, asked_as, numbered.answer))
                yield numbered
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                close()


def _day(day: Day) -> date:
    if day is None:
        return date.today()
    if isinstance(day, str):
        return as_date(day)
    return day.date() if isinstance(day, datetime) else day

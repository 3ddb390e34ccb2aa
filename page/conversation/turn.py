"""One question and what has become of it so far: the state that the page draws.

A `Turn` is built up by `after(event)` alone and holds no HTML. The model's unchecked words are
only counted: a sentence comes in when it was verified.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.dates import as_date
from corpus.errors import BadDate
from corpus.masking import without_secrets
from corpus.sentences import sentence_spans
from page.conversation.run_record import RunRecord
from page.desk.gate import Waiting
from page.drawing.markup import count
from rag.answer import Answer
from rag.checking.citation import Citation, Sentence
from rag.events import AnswerFinished, CitationAdded, Event, HitsFound, SentenceVerified, Token
from rag.finding.hit import Hit

Phase = Literal[
    "waiting", "searching", "reading", "writing", "checking", "done", "stopped", "failed"
]

BROKEN = "Something went wrong on this machine. The terminal that runs Dateline shows what."


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, its evidence, and as much of its answer as has been verified.

    Attributes:
        number: its place in the conversation, from 1; part of every id on the page.
        as_of: the date that the reader set, as typed; '' for none.
        asked_as: the whole question that is answered, where a follow-up was made whole.
        draft: the unchecked words so far; counted, never shown.
        sentences: verified sentences that the answer keeps, in order.
        dropped: sentences of the draft that no article supports.
        answer: set when, and only when, the phase is 'done'.
        trouble: what went wrong, for the reader; '' if nothing did.
        notice: what a reader must know before the answer, such as that the conversation began
            anew; '' for nothing.
        key: 16 hexadecimal digits that no other turn has, by which it is known where it is kept.
        ahead: while it waits, how many questions are answered before this one.
        record: what a run of evals held the answer against, where it was opened from one.
    """

    number: int
    question: str
    as_of: str = ""
    phase: Phase = "searching"
    hits: tuple[Hit, ...] = ()
    draft: str = ""
    citations: tuple[Citation, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    dropped: int = 0
    answer: Answer | None = None
    trouble: str = ""
    asked_as: str = ""
    notice: str = ""
    key: str = ""
    ahead: int = 0
    record: RunRecord | None = None

    @property
    def seen_from(self) -> date:
        """The reader's day: the one that was set, else today."""
        try:
            return as_date(self.as_of) if self.as_of else date.today()
        except BadDate:
            return date.today()

    @property
    def is_working(self) -> bool:
        """True until the answer is there, or the turn was stopped or broke."""
        return self.phase not in ("done", "stopped", "failed")

    @property
    def status(self) -> str:
        """What is happening now, in a few words; '' once nothing is."""
        if self.phase == "waiting":
            return f"Waiting for {count(self.ahead, 'question')} to be answered first"
        if self.phase == "searching":
            return "Searching"
        if self.phase == "reading":
            return f"Reading {count(len(self.hits), 'passage')}"
        if self.phase == "writing":
            return f"Writing from {count(len(self.hits), 'passage')}"
        if self.phase == "checking":
            return f"Checking {self._checked()}"
        return ""

    def _checked(self) -> str:
        """'2 of 3 sentences', where the draft tells how many there are; else '2 sentences'."""
        checked = len(self.sentences) + self.dropped
        drafted = len(sentence_spans(self.draft))
        if checked < drafted:
            return f"{checked + 1} of {count(drafted, 'sentence')}"
        return f"{count(checked, 'sentence')}" if checked else "what it would say"

    def after(self, event: Event | Waiting) -> Turn:
        """This turn, one event later."""
        if isinstance(event, Waiting):
            return replace(self, phase="waiting" if event.place else "searching", ahead=event.place)
        if isinstance(event, HitsFound):
            return replace(self, phase="reading", hits=event.hits)
        if isinstance(event, Token):
            return replace(self, phase="writing", draft=self.draft + event.text)
        if isinstance(event, CitationAdded):
            return replace(self, phase="checking", citations=(*self.citations, event.citation))
        if isinstance(event, SentenceVerified):
            return self._with(event.sentence)
        return self._finished(event)

    def understood(self, asked_as: str) -> Turn:
        """This turn, with the whole question that is answered."""
        return replace(self, asked_as=asked_as)

    def stopped(self) -> Turn:
        """This turn, ended by the reader; what was verified stays.

        Gradio may report the cancelled stream as a fault before it reports the stop: that fault
        was the stop.
        """
        if self.is_working or self.trouble == BROKEN:
            return replace(self, phase="stopped", trouble="")
        return self

    def failed(self, trouble: str) -> Turn:
        """This turn, ended by an error whose words, without secrets, are for the reader."""
        return replace(self, phase="failed", trouble=without_secrets(trouble))

    def _with(self, sentence: Sentence) -> Turn:
        if sentence.verdict == "unsupported":
            return replace(self, phase="checking", dropped=self.dropped + 1)
        return replace(self, phase="checking", sentences=(*self.sentences, sentence))

    def _finished(self, event: AnswerFinished) -> Turn:
        answer = event.answer
        return replace(
            self,
            phase="done",
            hits=answer.hits,
            citations=answer.citations,
            sentences=tuple(s for s in answer.sentences if s.verdict != "unsupported"),
            dropped=len(answer.dropped),
            answer=answer,
        )


Conversation = tuple[Turn, ...]


def asked(conversation: Conversation, question: str, as_of: str = "") -> Conversation:
    """The conversation with one more question."""
    key = secrets.token_hex(8)
    return (*conversation, Turn(len(conversation) + 1, question, as_of.strip(), key=key))


def with_last(conversation: Conversation, turn: Turn) -> Conversation:
    """The conversation with its last turn replaced."""
    return (*conversation[:-1], turn)

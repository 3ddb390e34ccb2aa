"""The source as it is held against a claim: its clauses, each with the words that it leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.content.names import Name, names
from corpus.content.quantities import Quantity, quantities
from corpus.content.speech import statements
from corpus.days import DayMention, days_in
from rag.claims.clauses import Clause, clauses
from rag.claims.terms import Term, content_terms

_FRAME = re.compile(
    r"(?:In|On|At|Of|After|Before|During|For|From|By|Since|Among|Between|With|Under|Near|Last"
    r"|Earlier|According to|Speaking)\b[^,]*,"
)


@dataclass(frozen=True, slots=True)
class SourceClause:
    """One clause of a span.

    Attributes:
        span: the span that it stands in.
        start, end: character offsets into `span.text`.
        terms: its own words of content, in order.
        lent: terms that it leans on: of the words before a pronoun, of the sentence's frame, of
            who says it.
        speakers: who says it.
    """

    span: Span
    start: int
    end: int
    terms: tuple[Term, ...]
    lent: frozenset[str]
    speakers: tuple[str, ...]

    @property
    def text(self) -> str:
        """The clause's words."""
        return self.span.text[self.start : self.end]

    @property
    def known(self) -> frozenset[str]:
        """Its own terms and those that it leans on."""
        return frozenset(term.term for term in self.terms) | self.lent


@dataclass(frozen=True, slots=True)
class Span:
    """One verbatim span.

    Attributes:
        text: its words.
        published: the day of its article, None where that is not known.
        days: the days that it speaks of, seen from that day.
        terms: its words of content.
    """

    text: str
    published: date | None
    days: tuple[DayMention, ...]
    terms: tuple[Term, ...]

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """How many and how much it says."""
        return quantities(self.text)

    @property
    def names(self) -> tuple[Name, ...]:
        """Whom and what it names."""
        return names(self.text)


# Evidence is held against one sentence of a draft after the other.
@lru_cache(maxsize=1024)
def read_span(text: str, published: date | None) -> Span:
    """A span, read once."""
    return Span(text, published, days_in(text, published), content_terms(text))


@lru_cache(maxsize=1024)
def source_clauses(span: Span) -> tuple[SourceClause, ...]:
    """The clauses of a span."""
    return tuple(_read(span, clauses(span.text)))


def all_clauses(spans: Sequence[Span]) -> tuple[SourceClause, ...]:
    """The clauses of all spans, in order."""
    return tuple(one for span in spans for one in source_clauses(span))


def _read(span: Span, parts: Sequence[Clause]) -> Iterator[SourceClause]:
    said = statements(span.text)
    before: frozenset[str] = frozenset()
    sentence = -1
    frame: frozenset[str] = frozenset()
    for part in parts:
        if part.sentence != sentence:
            sentence = part.sentence
            found = _FRAME.match(span.text, part.start, part.end)
            frame = _terms(span, part.start, found.end()) if found else frozenset()
        own = tuple(one for one in span.terms if part.start <= one.start < part.end)
        voices = [one for one in said if one.start < part.end and part.start < one.end]
        lent = set(frame)
        for voice in voices:
            lent.update(term.term for term in content_terms(voice.speaker))
        if part.leans:
            lent.update(before)
        elif re.search(
            r"\b(?:it|them|its|their|his|her|him|ones?)\b", span.text[part.start : part.end]
        ):
            lent.update(one.term for one in span.terms if one.term in before and not one.is_name)
        speakers = tuple(dict.fromkeys(voice.speaker for voice in voices))
        made = SourceClause(span, part.start, part.end, own, frozenset(lent), speakers)
        before = made.known
        yield made


def _terms(span: Span, start: int, end: int) -> frozenset[str]:
    return frozenset(one.term for one in span.terms if start <= one.start < end)

"""A conversation to be taken along: its questions, its answers, and the sources that they cite.

What an answer must have for that is a protocol, so that this package needs no answer to be
imported: `rag.answer.Answer` has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from corpus.article import Article
from rag.checking.citation import Citation, Sentence
from rag.finding.sources import Sources


class RefusedLike(Protocol):
    """Why there is no answer, and what comes nearest to one."""

    @property
    def message(self) -> str:
        """In words for the reader."""
        ...  # pragma: no cover

    @property
    def nearest(self) -> tuple[Citation, ...]:
        """Where a reader may look further."""
        ...  # pragma: no cover


class AnswerLike(Protocol):
    """What is shown of an answer. `rag.answer.Answer` says what each of these is."""

    @property
    def short(self) -> str | None:
        """A few words, or None."""
        ...  # pragma: no cover

    @property
    def preface(self) -> str:
        """What comes before the sentences."""
        ...  # pragma: no cover

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Cited sentences, in order."""
        ...  # pragma: no cover

    @property
    def citations(self) -> tuple[Citation, ...]:
        """In order of marker."""
        ...  # pragma: no cover

    @property
    def sources(self) -> Sources:
        """Independent reports, counted."""
        ...  # pragma: no cover

    @property
    def refusal(self) -> RefusedLike | None:
        """Set where there is no answer."""
        ...  # pragma: no cover

    def to_dict(self) -> dict[str, object]:
        """All of it; only what JSON has."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer.

    Attributes:
        question: as the reader asked it.
        as_of: the reader's day as it was typed; '' for none.
        asked_as: the whole question that was answered, where a follow-up was made whole; else ''.
        judged: what the reader held of the answer, 'right' or 'wrong'; '' for nothing.
        note: what the reader wrote to that.
    """

    question: str
    answer: AnswerLike
    as_of: str = ""
    asked_as: str = ""
    judged: str = ""
    note: str = ""

    @property
    def short(self) -> str:
        """The short answer, where neither preface nor any sentence is the same words; else ''."""
        answer = self.answer
        if not answer.short or answer.refusal or answer.short in answer.preface:
            return ""
        bare = answer.short.strip(" .")
        return "" if any(bare == one.text.strip(" .") for one in answer.sentences) else answer.short


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as it is exported.

    Attributes:
        library: the name of the library that was asked; '' to leave it out.
        exported: the day of the export.
        begun: when the first question was asked; None where that is not known.
        exchanges: in the order of asking. A citation's number means the same span in all of them.
    """

    title: str
    library: str
    exported: date
    exchanges: tuple[Exchange, ...]
    begun: datetime | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every cited span once, by its number."""
        return cited_once(one for each in self.exchanges for one in each.answer.citations)


def cited_once(citations: Iterator[Citation] | Sequence[Citation]) -> tuple[Citation, ...]:
    """Each number once, in order; of a number that comes twice, the first."""
    first: dict[int, Citation] = {}
    for citation in citations:
        first.setdefault(citation.marker, citation)
    return tuple(first[marker] for marker in sorted(first))


def cited_articles(citations: Sequence[Citation]) -> tuple[tuple[Article, tuple[int, ...]], ...]:
    """The cited articles, each with the numbers under which it is cited, in order of the first."""
    articles: dict[str, Article] = {}
    markers: dict[str, list[int]] = {}
    for citation in citations:
        articles.setdefault(citation.article.id, citation.article)
        markers.setdefault(citation.article.id, []).append(citation.marker)
    return tuple((articles[key], tuple(sorted(set(found)))) for key, found in markers.items())

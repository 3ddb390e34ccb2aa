"""What somebody said, over time: dated, cited statements, however the name is spelt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.article import Article
from corpus.content.names import same_name
from corpus.content.speech import Statement as Spoken
from corpus.content.speech import statements
from corpus.days import days_in
from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Embedder
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from embeddings.terms import TermReader
from rag.checking.citation import Citation
from rag.timeline.cited import brief_dict
from rag.timeline.reading import Read, articles_about, asked, passage_at
from rag.timeline.timeline import sources_as_text

_PASSAGES = 200
"""Passages that are looked at for one speaker; their articles are read whole."""

_NEAR = 0.2
"""Inner product from which on a statement is about what is asked for though it shares no word with
it. Of 11 statements of one spokesman held against three subjects, by MiniLM, none that was beside
the subject had more than 0.15."""

_LEADS = 2
"""Sentences before its own that a quote may begin with, to show who is meant by 'she'."""

_REPORTED_WITHIN = timedelta(days=14)
"""A day that stands beside the saying word is that of the saying if it is so near before."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that somebody said, as an article reports it.

    Attributes:
        speaker: by the fullest name in the article.
        said: the words of the article for what is said.
        verb: the saying word: 'said', 'according to'; '' where a quotation goes on.
        quoted: whether words of it stand between quotation marks.
        day: when it was said: a day that stands beside the saying word, else that of the
            article; None in an undated article.
        citation: the sentence that reports it.
        also_in: other outlets that carry the same report; it counts once.
    """

    speaker: str
    said: str
    verb: str
    quoted: bool
    day: date | None
    citation: Citation
    also_in: tuple[str, ...] = ()

    @property
    def day_label(self) -> str:
        """The day as YYYY-MM-DD, or 'undated'."""
        return self.day.isoformat() if self.day else "undated"

    def __str__(self) -> str:
        """'2024-09-17  Majed Al Ansari told: "The efforts are still ongoing …" [1]'."""
        words = " ".join(self.said.split())
        verb = f" {self.verb}" if self.verb and self.verb != "according to" else ""
        return f"{self.day_label:<10}  {self.speaker}{verb}: {words} [{self.citation.marker}]"

    def to_dict(self) -> dict[str, object]:
        """Only what JSON has."""
        return {
            "speaker": self.speaker,
            "said": self.said,
            "verb": self.verb,
            "quoted": self.quoted,
            "day": self.day.isoformat() if self.day else None,
            "also_in": list(self.also_in),
            "citation": brief_dict(self.citation),
        }


def said(
    library: LibraryLike,
    embedder: Embedder,
    speaker: str,
    *,
    about: str | None = None,
    window: DateWindow | None = None,
    outlets: Collection[str] | None = None,
) -> tuple[Statement, ...]:
    """What a speaker said, oldest first, undated statements last.

    Args:
        speaker: a person or an institution; spelling variants and the last name alone are one.
        about: what it shall be about; None for everything.
        window: days of publication that may be seen.
        outlets: named as in the articles; None for all.

    Copies of one report give each statement once, and withdrawn articles none.

    Raises:
        EmptyQuestion, QuestionTooLong, BadDate: as they say.
    """
    asked(speaker, window, outlets)
    query = asked(f"{speaker} {about or ''}", window, outlets)
    found = [
        _row(library, read, spoken)
        for read in articles_about(library, embedder, query, _PASSAGES)
        for spoken in statements(read.article.text)
        if same_name(spoken.speaker, speaker)
    ]
    found = _outermost(found)
    if about:
        found = _about(embedder, about, found)
    return _numbered(sorted(found, key=_order))


def _order(one: Statement) -> tuple[bool, date, str, int]:
    citation = one.citation
    return one.day is None, one.day or date.max, citation.article.id, citation.start


def _numbered(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with their citations numbered from 1, one number a span."""
    markers: dict[tuple[str, int, int], int] = {}
    numbered = []
    for one in found:
        key = one.citation.article.id, one.citation.start, one.citation.end
        marker = markers.setdefault(key, len(markers) + 1)
        numbered.append(replace(one, citation=replace(one.citation, marker=marker)))
    return tuple(numbered)


def as_text(found: Sequence[Statement]) -> str:
    """The statements and the sentences that report them, for a person; '' for none."""
    if not found:
        return ""
    citations = {one.citation.marker: one.citation for one in found}
    lines = [str(one) for one in found]
    return "\n".join([*lines, "", "Sources", *sources_as_text(tuple(citations.values()))])


def _row(library: LibraryLike, read: Read, spoken: Spoken) -> Statement:
    article = read.article
    spans = sentence_spans(article.text, article.language)
    at = max(number for number, span in enumerate(spans) if span[0] <= spoken.start)
    start, end = spans[at]
    end = max(end, spoken.end)
    passage = passage_at(library, article, start)
    return Statement(
        speaker=spoken.speaker,
        said=article.text[spoken.start : spoken.end],
        verb=spoken.verb,
        quoted=spoken.quoted,
        day=_day(article, spoken, start, end),
        citation=Citation(
            1, article, passage, _with_name(article, spoken, spans[: at + 1], passage.start), end
        ),
        also_in=read.also_in,
    )


def _with_name(
    article: Article, spoken: Spoken, spans: Sequence[tuple[int, int]], earliest: int
) -> int:
    """Where a quote begins that shows who speaks: a sentence or two before 'she said'."""
    last = spoken.speaker.split()[-1].rpartition("-")[2]
    for start, _ in reversed(spans[-_LEADS - 1 :]):
        if start >= earliest and last in article.text[start : spans[-1][1]]:
            return start
    return spans[-1][0]


def _day(article: Article, spoken: Spoken, start: int, end: int) -> date | None:
    """The day beside the saying word, else the article's."""
    published = article.published
    for day in days_in(article.text[start:end], published):
        outside = not (spoken.start <= start + day.start < spoken.end)
        if not (outside and day.first == day.last and published):
            continue
        if timedelta(0) <= published - day.last <= _REPORTED_WITHIN:
            return day.last
    return published


def _outermost(found: list[Statement]) -> list[Statement]:
    """Without a statement that lies inside another one of the same sentence."""
    return [
        one
        for one in found
        if not any(
            other is not one
            and other.citation.article.id == one.citation.article.id
            and other.citation.start == one.citation.start
            and len(other.said) > len(one.said)
            and one.said in other.said
            for other in found
        )
    ]


def _about(embedder: Embedder, about: str, found: list[Statement]) -> list[Statement]:
    """Those that share a word with what is asked for, or are near to it in meaning."""
    if not found:
        return []
    reader = TermReader()
    wanted = set(reader.terms(about))
    vectors = embedder.embed([about, *(one.citation.quote for one in found)])
    likeness = vectors[1:] @ vectors[0]
    return [
        one
        for one, near in zip(found, likeness, strict=True)
        if wanted & set(reader.terms(one.citation.quote)) or float(near) >= _NEAR
    ]

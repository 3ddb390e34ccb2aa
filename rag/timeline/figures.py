"""The figures of a library that count one thing: typed, dated and cited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from corpus.content.figures import FigureMention
from corpus.content.quantities import Quantity
from embeddings.embedders.embedder import Embedder
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from rag.checking.citation import Citation
from rag.timeline.about import About, counts, is_general, read_about
from rag.timeline.cited import brief_dict
from rag.timeline.reading import Read, articles_about, asked, passage_at


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """How figures are looked for.

    Attributes:
        passages: how many of the best passages are looked at; all figures of their articles are.
            A figure stands in few words of an article, so the search goes deep.
    """

    passages: int = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that an article states.

    Attributes:
        value: 41252.0 of 'at least 41,252 people'.
        quantity: the value with its qualifier, unit and counted noun; its offsets are those in
            the article's text.
        what: what it counts: 'people killed', 'policy rate'.
        by: whose count it is, as the article names them, or None where it does not say.
        where: the place that the count is of, or ''.
        as_of: the last day that it is of: one that the article names with it, else the
            article's own; None where the article is undated and names none.
        citation: the sentence that states it.
        first: the first day that it is of, where that is a span; else as `as_of`.
        since: from when on is counted, where that is told ('since Friday').
        is_part: whether it is a part of another figure ('including 8,000 children').
        is_more: whether it comes on top of another figure ('another 41').
        also_in: other outlets that carry the same report; it counts once.
        is_incident: whether it is of what happened on one day, and no count that runs on: two
            such figures of two days are no change.
        series: equal for figures that count the same thing of the same place.
    """

    value: float
    quantity: Quantity
    what: str
    by: str | None
    where: str
    as_of: date | None
    citation: Citation
    first: date | None = None
    since: date | None = None
    is_part: bool = False
    is_more: bool = False
    also_in: tuple[str, ...] = ()
    is_incident: bool = False
    series: tuple[str, str, str] = ("", "", "")

    @property
    def expression(self) -> str:
        """The words of the article for it: 'at least 41,252 people'."""
        return self.citation.article.text[self.quantity.start : self.quantity.end]

    @property
    def source(self) -> str:
        """Whose count it is, else the outlet that states it."""
        return self.by or self.citation.article.outlet_name

    @property
    def day_label(self) -> str:
        """The day as YYYY-MM-DD, two days for a span, or 'undated'."""
        if self.as_of is None:
            return "undated"
        span = self.first is not None and self.first < self.as_of
        return f"{self.first} to {self.as_of}" if span else self.as_of.isoformat()

    def __str__(self) -> str:
        """'2024-09-17  at least 41,252 people  (people killed, Gaza; health ministry) [1]'."""
        notes = ", ".join(part for part in (self.what, self.where) if part)
        scope = f", since {self.since}" if self.since else ""
        part = ", a part of another figure" if self.is_part else ""
        more = ", on top of another figure" if self.is_more else ""
        return (
            f"{self.day_label:<10}  {self.expression}  ({notes}{scope}{part}{more}; "
            f"{self.source}) [{self.citation.marker}]"
        )

    def to_dict(self) -> dict[str, object]:
        """Only what JSON has."""
        return {
            "value": self.value,
            "expression": self.expression,
            "qualifier": self.quantity.qualifier,
            "unit": self.quantity.unit,
            "what": self.what,
            "by": self.by,
            "where": self.where,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "first": self.first.isoformat() if self.first else None,
            "since": self.since.isoformat() if self.since else None,
            "is_part": self.is_part,
            "is_more": self.is_more,
            "also_in": list(self.also_in),
            "citation": brief_dict(self.citation),
        }


def figures(
    library: LibraryLike,
    embedder: Embedder,
    about: str,
    *,
    window: DateWindow | None = None,
    outlets: Collection[str] | None = None,
    options: FigureOptions | None = None,
) -> tuple[Figure, ...]:
    """The figures that count what is asked for, oldest first, undated ones last.

    Args:
        about: what is counted, in plain words: 'people killed in Gaza', 'inflation'.
        window: days of publication that may be seen.
        outlets: named as in the articles; None for all.

    Copies of one report give each figure once, and withdrawn articles none. Citations are
    numbered in the order of the figures; figures of one sentence share one.

    Raises:
        EmptyQuestion, QuestionTooLong, BadDate: as they say.
    """
    chosen = options or FigureOptions()
    asked(about, window, outlets)
    wanted = read_about(about)
    query = asked(wanted.searched, window, outlets)
    found = [
        figure
        for read in articles_about(library, embedder, query, chosen.passages, like=about)
        for figure in _of_article(library, read, wanted)
    ]
    found.sort(key=_order)
    return _numbered(found)


def _order(figure: Figure) -> tuple[bool, date, date, str, int]:
    article = figure.citation.article
    day, published = figure.as_of or date.max, article.published or date.max
    return figure.as_of is None, day, published, article.id, figure.quantity.start


def _of_article(library: LibraryLike, read: Read, about: About) -> list[Figure]:
    found: list[Figure] = []
    seen: set[tuple[float, tuple[str, str, str], bool]] = set()
    article = read.article
    for mention in library.figures(article):
        if not counts(about, article, mention):
            continue
        series = series_of(read, mention)
        if (key := (mention.quantity.value, series, mention.is_part)) in seen:
            continue
        seen.add(key)
        start, end = mention.sentence
        passage = passage_at(library, article, start)
        found.append(
            Figure(
                value=mention.quantity.value,
                quantity=mention.quantity,
                what=mention.what,
                by=mention.by,
                where=mention.where,
                as_of=mention.last,
                citation=Citation(1, article, passage, start, end),
                first=mention.first,
                since=mention.since,
                is_part=mention.is_part,
                is_more=mention.is_more,
                is_incident=mention.is_incident,
                also_in=read.also_in,
                series=series,
            )
        )
    return found


def series_of(read: Read, mention: FigureMention) -> tuple[str, str, str]:
    """What happened, to whom or what, in which unit: equal for figures that can be compared."""
    head = (mention.noun.split() or [""])[-1]
    if mention.happening and is_general(read.article, mention):
        head = "people"
    return (
        mention.happening,
        head.removesuffix("s") if len(head) > 3 else head,
        mention.quantity.unit,
    )


def _numbered(found: list[Figure]) -> tuple[Figure, ...]:
    """The figures with their citations numbered from 1, one number a sentence."""
    markers: dict[tuple[str, int], int] = {}
    numbered = []
    for figure in found:
        key = figure.citation.article.id, figure.citation.start
        marker = markers.setdefault(key, len(markers) + 1)
        numbered.append(replace(figure, citation=replace(figure.citation, marker=marker)))
    return tuple(numbered)

"""The articles that may tell of something, each report once, whatever outlets carry it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from corpus.article import Article, Passage
from embeddings.embedders.embedder import Embedder
from embeddings.index.filters import ANY_TIME
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from rag.finding.retrieve import RetrieveOptions, retrieve
from rag.finding.sources import Report, count_sources
from rag.question.query import Query, read_question


@dataclass(frozen=True, slots=True)
class Read:
    """One article that was found.

    Attributes:
        article: of the copies of a report the one that ranks first.
        report: the report that it is, with its copies.
    """

    article: Article
    report: Report

    @property
    def also_in(self) -> tuple[str, ...]:
        """The other outlets that carry the report."""
        return tuple(name for name in self.report.outlets if name != self.article.outlet_name)


def asked(words: str, window: DateWindow | None, outlets: Collection[str] | None) -> Query:
    """The words as a question that may look at these days and outlets.

    Raises:
        EmptyQuestion, QuestionTooLong, BadDate: as they say.
    """
    chosen = window or ANY_TIME
    return read_question(words, since=chosen.since, until=chosen.until, outlets=outlets)


def articles_about(
    library: LibraryLike, embedder: Embedder, query: Query, passages: int, like: str | None = None
) -> Iterator[Read]:
    """The articles of the best passages, best first, each report once; withdrawn ones never.

    Args:
        query: its text is what the words of passages are compared with.
        passages: how many passages are looked at.
        like: what passages shall be near in meaning; the query's text if None.
    """
    vector = embedder.embed([like or query.text])[0]
    options = RetrieveOptions(hits=passages, candidates=passages)
    hits = retrieve(library, query, vector, options, passages)
    told: set[str] = set()
    for article in {hit.article.id: hit.article for hit in hits}.values():
        if article.withdrawn is not None:
            continue
        report = count_sources(library, [article], query.window).reports[0]
        if report.group not in told:
            told.add(report.group)
            yield Read(article, report)


def passage_at(library: LibraryLike, article: Article, at: int) -> Passage:
    """The passage in which a character of an article stands."""
    passages = library.passages(article.id)
    return max((one for one in passages if one.start <= at), key=lambda one: one.start)

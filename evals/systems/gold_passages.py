"""Dateline shown the passages that hold the answer, in place of those that it would find.

All else is as in `dateline`, so the difference between the two is what retrieval loses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from corpus.article import Article, Passage
from corpus.errors import QuestionError
from embeddings.embedders.embedder import Vectors
from embeddings.protocol import LibraryLike
from evals.sample import Sample, Target, names_of
from rag.answer import Answer
from rag.finding.hit import Hit, Why
from rag.finding.retrieve import retrieve
from rag.newsroom import Newsroom
from rag.question.query import Query, read_question


class GoldPassages:
    """Answers from the passages in which the target's gold quotes stand.

    Of a gold article in which no gold quote stands, every passage is shown. No article is shown
    that `as_of` hides. A question whose target names no article of the library is searched for
    as usual, so that refusals of what has no answer stay Dateline's own.

    Args:
        newsroom: to answer as.
        samples: the questions that will be asked. Two with one question and one `as_of` share
            their gold passages, so give those of one world.
    """

    name = "gold-passages"

    def __init__(self, newsroom: Newsroom, samples: Sequence[Sample]) -> None:
        self._library = newsroom.library
        self._retrieve = newsroom.settings.answer_options().retrieve
        self._newsroom = newsroom.variant(finder=self._find)
        self._targets = _by_query(samples)
        self._articles: dict[str, list[Article]] = {}
        self._generation: int | None = None

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """Dateline's answer from the gold passages."""
        answer = self._newsroom.ask(question, as_of=as_of)
        return replace(answer, fingerprint=answer.fingerprint | {"system": self.name})

    def _find(self, query: Query, vector: Vectors) -> tuple[Hit, ...]:
        self._read_library()
        found: dict[str, tuple[Passage, Article]] = {}
        for target in self._targets.get(query, ()):
            for article in self._gold(target):
                if query.window.admits(article.published):
                    for passage in _proving(self._library, article, target.quotes):
                        found[passage.id] = (passage, article)
        if not found:
            return retrieve(self._library, query, vector, self._retrieve)
        return tuple(
            Hit(passage, article, 1.0, rank, Why(None, None))
            for rank, (passage, article) in enumerate(found.values(), start=1)
        )

    def _gold(self, target: Target) -> Iterable[Article]:
        found = [article for key in target.articles for article in self._articles.get(key, ())]
        return {article.id: article for article in found}.values()

    def _read_library(self) -> None:
        """Find the articles that the targets name, once for each state of the library."""
        if self._generation == self._library.generation:
            return
        wanted = {
            key
            for targets in self._targets.values()
            for target in targets
            for key in target.articles
        }
        self._articles = {}
        for article in self._library.articles():
            for name in wanted.intersection(names_of(article)):
                self._articles.setdefault(name, []).append(article)
        self._generation = self._library.generation


def _by_query(samples: Sequence[Sample]) -> dict[Query, list[Target]]:
    targets: dict[Query, list[Target]] = {}
    for sample in samples:
        try:
            query = read_question(sample.question, as_of=sample.as_of)
        except QuestionError:
            continue  # it cannot be asked either, and is told then
        targets.setdefault(query, []).append(sample.target)
    return targets


def _proving(library: LibraryLike, article: Article, quotes: Sequence[str]) -> list[Passage]:
    """The passages that share a character with a gold quote; all where no quote stands."""
    spans = []
    for quote in quotes:
        start = article.text.find(quote) if quote else -1
        while start >= 0:
            spans.append((start, start + len(quote)))
            start = article.text.find(quote, start + 1)
    passages = library.passages(article.id)
    proving = [
        passage
        for passage in passages
        if any(passage.start < end and start < passage.end for start, end in spans)
    ]
    return proving or passages

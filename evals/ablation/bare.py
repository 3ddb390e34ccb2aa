"""A library searched as if passages had no header: what title, outlet and date earn."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager

import bm25s
import numpy as np

from corpus.article import Article, Passage
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.index.filters import ANY_TIME
from embeddings.intake.groups import ArticleGroup
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from embeddings.terms import TermReader


class Bare:
    """Searches every passage by its own words alone: for a library of some thousand articles.

    Args:
        library: holds the passages.
        embedder: the one that it was made with.
    """

    def __init__(self, library: LibraryLike, embedder: Embedder) -> None:
        self._library = library
        self._articles = [one for one in library.articles() if one.withdrawn is None]
        places = [(one, part) for one in self._articles for part in library.passages(one.id)]
        self._names = [part.id for _, part in places]
        self._of = [article for article, _ in places]
        texts = [article.text[part.start : part.end] for article, part in places]
        self._vectors = embedder.embed(texts)
        self._reader = TermReader()
        self._index = bm25s.BM25()
        self._index.index([self._reader.terms(text) for text in texts], show_progress=False)

    def reading(self) -> AbstractContextManager[None]:
        """As the library's own."""
        return self._library.reading()

    def article(self, article_id: str) -> Article:
        """As the library's own."""
        return self._library.article(article_id)

    def passage(self, passage_id: str) -> Passage:
        """As the library's own."""
        return self._library.passage(passage_id)

    def passages(self, article_id: str) -> list[Passage]:
        """As the library's own."""
        return self._library.passages(article_id)

    def group(self, article_id: str) -> ArticleGroup:
        """As the library's own."""
        return self._library.group(article_id)

    def dense(
        self,
        vector: Vectors,
        k: int,
        window: DateWindow = ANY_TIME,
        *,
        outlets: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The k passages nearest in meaning, read without their headers."""
        return self._best(self._vectors @ vector, k, window, outlets, least=-np.inf)

    def lexical(
        self,
        text: str,
        k: int,
        window: DateWindow = ANY_TIME,
        *,
        outlets: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The k passages that share the most telling words, without those of their headers."""
        asked = [term for term in self._reader.terms(text) if term in self._index.vocab_dict]
        if not asked:
            return []
        scores = np.asarray(self._index.get_scores(sorted(set(asked))), dtype=np.float32)
        return self._best(scores, k, window, outlets, least=0.0)

    def _best(
        self,
        scores: Vectors,
        k: int,
        window: DateWindow,
        outlets: Collection[str] | None,
        least: float,
    ) -> list[tuple[str, float]]:
        admitted = [
            (name, float(score))
            for name, article, score in zip(self._names, self._of, scores, strict=True)
            if score > least
            and window.admits(article.published)
            and (outlets is None or article.outlet in outlets)
        ]
        return sorted(admitted, key=lambda one: (-one[1], one[0]))[:k]

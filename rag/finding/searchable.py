"""What finding asks of a library: to search it, and to read what was found."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from corpus.article import Article, Passage
from embeddings.embedders.embedder import Vectors
from embeddings.store.window import DateWindow

if TYPE_CHECKING:
    from embeddings.intake.groups import ArticleGroup


class Grouped(Protocol):
    """Knows which articles are copies of one report."""

    def group(self, article_id: str) -> ArticleGroup:
        """As `embeddings.protocol.LibraryLike.group`."""
        ...


class Searchable(Grouped, Protocol):
    """The part of `embeddings.protocol.LibraryLike` that a search needs."""

    def reading(self) -> AbstractContextManager[None]:
        """As in `LibraryLike`."""
        ...

    def article(self, article_id: str) -> Article:
        """As in `LibraryLike`."""
        ...

    def passages(self, article_id: str) -> list[Passage]:
        """As in `LibraryLike`."""
        ...

    def passage(self, passage_id: str) -> Passage:
        """As in `LibraryLike`."""
        ...

    def dense(
        self,
        vector: Vectors,
        k: int,
        window: DateWindow = ...,
        *,
        outlets: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """As in `LibraryLike`."""
        ...

    def lexical(
        self,
        text: str,
        k: int,
        window: DateWindow = ...,
        *,
        outlets: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """As in `LibraryLike`."""
        ...

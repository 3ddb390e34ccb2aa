"""What a library is to those who use it, whatever it is kept in.

Two kinds satisfy it: `embeddings.library.Library`, a folder on this machine, and
`embeddings.milvus.library.MilvusLibrary`, a Milvus server. `tests/embeddings/contract.py` holds
both to what is said here; `embeddings.libraries.open_library` opens either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from corpus import Article, Passage, Rejected
from embeddings.embedders.embedder import EmbedderFingerprint, Vectors
from embeddings.index.filters import ANY_TIME
from embeddings.intake.groups import ArticleGroup
from embeddings.intake.report import IngestReport, Progress
from embeddings.moved import Moved
from embeddings.store.history import Change
from embeddings.store.stats import LibraryStats
from embeddings.store.window import DateWindow


class LibraryLike(Protocol):
    """An open library: articles, their passages and vectors, and the two ways to search them.

    Several threads may use one. Reading never waits for a writer; writing is for one at a time,
    and a second writer is refused at once.
    """

    # Reading

    def reading(self) -> AbstractContextManager[None]:
        """All that this thread reads inside the block is of one moment. Keep it short."""
        ...

    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            NotInLibrary: there is none.
            LibraryDamaged: it is not what was stored.
        """
        ...

    def articles(self) -> Iterator[Article]:
        """Every article, oldest first, undated ones last, then by id."""
        ...

    def versions(self, article_id: str) -> list[Article]:
        """What an article said before it was replaced, oldest first; its id is unchanged."""
        ...

    def changes(self, article_id: str) -> tuple[Change, ...]:
        """What came, went and changed from version to version.

        Raises:
            NotInLibrary: there is no such article.
        """
        ...

    def group(self, article_id: str) -> ArticleGroup:
        """The copies of one report that an article belongs to; itself alone if there is none.

        Raises:
            NotInLibrary: there is no such article.
        """
        ...

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order.

        Raises:
            NotInLibrary: there is no such article.
        """
        ...

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id.

        Raises:
            NotInLibrary: there is none.
        """
        ...

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """The vectors of passages, shape (len(passage_ids), dimensions), in that order.

        Raises:
            NotInLibrary: one of the passages is not there.
            LibraryDamaged: a vector is not what was stored.
        """
        ...

    # Searching

    def dense(
        self,
        vector: Vectors,
        k: int,
        window: DateWindow = ANY_TIME,
        *,
        outlets: Collection[str] | None = None,
        groups: Collection[str] | None = None,
        withdrawn: bool = False,
    ) -> list[tuple[str, float]]:
        """The k passages nearest in meaning: (passage id, inner product), best first.

        Args:
            vector: shape (dimensions,), from this library's embedder.
            k: how many, at least 1. Fewer come back only when fewer are allowed.
            window: the days of publication to look at.
            outlets: only passages of these; None for all.
            groups: only passages of articles in these groups of copies; None for all.
            withdrawn: also those of withdrawn articles.

        Ties are broken by passage id.

        Raises:
            ValueError: k is below 1, or the vector has another length.
        """
        ...

    def lexical(
        self,
        text: str,
        k: int,
        window: DateWindow = ANY_TIME,
        *,
        outlets: Collection[str] | None = None,
        groups: Collection[str] | None = None,
        withdrawn: bool = False,
    ) -> list[tuple[str, float]]:
        """The k passages that share the most telling words: (passage id, BM25 > 0), best first.

        Title, outlet and date of a passage's article count among its words. How rare a word is
        gets counted over the whole library, whatever is allowed. The other arguments, ties and
        errors are those of `dense`.
        """
        ...

    def everything(self) -> Iterator[Moved]:
        """Every article whole, in the order in which they came: what `restore` takes in."""
        ...

    # Writing

    def add(
        self,
        articles: Iterable[Article | Rejected],
        *,
        progress: Progress | None = None,
        dry_run: bool = False,
    ) -> IngestReport:
        """Takes articles in, a committed batch at a time.

        Args:
            articles: what `corpus.read` yields.
            progress: called after every commit: all that it is told of is safe.
            dry_run: say what would become of each, and write nothing.

        Raises:
            LibraryLocked: another writer is at work.
            LibraryError: it cannot be written. What was committed stays; the same call goes on
                from there.
        """
        ...

    def delete(self, article_id: str) -> bool:
        """Removes an article and its versions, at once and for every reader.

        Returns:
            False when there is no such article.

        Raises:
            LibraryLocked: another writer is at work.
        """
        ...

    def withdraw(self, article_id: str, on: date | None = None) -> bool:
        """Marks an article as taken back by its outlet, on a day or today; it stays.

        Returns:
            False when there is no such article, or it is marked already.

        Raises:
            LibraryLocked: another writer is at work.
        """
        ...

    def reinstate(self, article_id: str) -> bool:
        """Takes the mark of `withdraw`, or of its metadata, from an article.

        Returns:
            False when there is no such article, or it is not marked.

        Raises:
            LibraryLocked: another writer is at work.
        """
        ...

    def restore(self, moved: Iterable[Moved], *, progress: Progress | None = None) -> int:
        """Takes in articles as another library held them, with versions, group and vectors.

        Nothing is embedded or compared; an article that is there already is replaced whole.

        Returns:
            How many articles.

        Raises:
            LibraryLocked: another writer is at work.
        """
        ...

    # About the library

    @property
    def path(self) -> Path | str:
        """Where it is: a folder, or a `milvus:` URI."""
        ...

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        ...

    @property
    def generation(self) -> int:
        """How often what is searched has changed, by any process."""
        ...

    def stats(self) -> LibraryStats:
        """What it holds, in figures."""
        ...

    def check(self) -> None:
        """Reads all of it and compares it with what was stored. Takes a while.

        Raises:
            LibraryDamaged: something is not what was stored.
        """
        ...

    def close(self) -> None:
        """Lets go of it. It can be opened again."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

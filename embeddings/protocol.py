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
from corpus.content.figures import FigureMention
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
        """Every article, oldest first, undated ones last, then by id.

        One that is deleted meanwhile is passed over.
        """
        ...

    def versions(self, article_id: str) -> list[Article]:
        """What an article said before it was replaced, oldest first; its id is unchanged."""
        ...

    def changes(self, article_id: str) -> tuple[Change, ...]:
        """What came, went and changed from version to version, oldest step first.

        Raises:
            NotInLibrary: there is no such article.
            LibraryDamaged: a version is not what was stored.
        """
        ...

    def group(self, article_id: str) -> ArticleGroup:
        """The copies of one report that an article belongs to; itself alone if there is none.

        Raises:
            NotInLibrary: there is no such article.
            LibraryDamaged: one of them is not what was stored.
        """
        ...

    def figures(self, article: Article) -> tuple[FigureMention, ...]:
        """The figures that an article tells, in the order of its text.

        Always what `corpus.content.figures.figure_mentions` reads in that very text: it is kept
        beside the article, and read again where it is not, where an older version of Dateline
        kept it, and where the article is one of the earlier versions.

        Args:
            article: one that the library gave.

        Raises:
            LibraryDamaged: the figures are not what was stored.
        """
        ...

    def copied(self) -> Iterator[ArticleGroup]:
        """Every group of at least two copies, the one with the oldest article first.

        Undated articles count as the last; ties are broken by the group's id.
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
            outlets: only passages of these; None for all, and for articles without one.
            groups: only passages of articles in these groups of copies; None for all.
            withdrawn: also those of withdrawn articles.

        Ties are broken by passage id. In a large library near passages may be missed; the inner
        product of one that is found is exact.

        Raises:
            ValueError: k is below 1, or the vector has another length.
            LibraryDamaged: a row that was read is not what was stored.
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

        An article that is there already, equal in every field, costs nothing. One that differs
        replaces the earlier one, which is kept among its `versions`; one that says of itself that
        it is older goes there at once. Another path's reading of an article that is there is left
        out. A copy by another outlet, or one that was lightly edited, is kept and joins the
        `group` of the others.

        Args:
            articles: what `corpus.read` yields.
            progress: called after every commit, and between them when many articles need none:
                all that it is told of is safe.
            dry_run: only say what would become of them; nothing is embedded or written, and
                `passages` counts those that would be embedded.

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

    def delete_many(self, article_ids: Iterable[str]) -> tuple[str, ...]:
        """Removes several articles as `delete` removes one, in few commits instead of many.

        Args:
            article_ids: ids that are not there, or come again, are passed over.

        Returns:
            The ids of those that were removed, in the order in which they were given.

        Raises:
            LibraryLocked: another writer is at work.
            LibraryError: it cannot be written. Each article is gone whole or there whole; the same
                call goes on from there.
        """
        ...

    def withdraw(self, article_id: str, on: date | None = None) -> bool:
        """Marks an article as taken back by its outlet; it stays, and is not searched.

        The mark stays when the same article is read in again. It goes when a version comes that
        states a later day than `on`, or by `reinstate`.

        Args:
            article_id: of the article.
            on: the day on which its outlet took it back; today if None.

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

        Args:
            moved: what `everything` of a library with the same embedder yields.
            progress: called after every commit, with `added` and `passages` so far.

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

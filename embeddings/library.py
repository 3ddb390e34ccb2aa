"""A library on disk: articles, their passages and vectors, and the two ways to search them.

A library is a folder: `library.sqlite3` is the truth, `indexes/` is derived from it and may be
deleted at any time.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np

from corpus import Article, Passage, Rejected
from corpus.closing import Closing
from corpus.errors import LibraryError
from corpus.walk import expanded
from embeddings import checking, opening
from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors
from embeddings.index.building import IndexOptions
from embeddings.index.filters import ANY_TIME, Filter
from embeddings.index.folding import fold
from embeddings.index.snapshot import Snapshot
from embeddings.intake.groups import (
    ArticleGroup,
    Groups,
    group_of,
    grouped,
    groups_of_copies,
    members_of,
)
from embeddings.intake.ingest import Ingest, IngestOptions, IngestReport, Progress
from embeddings.intake.reembedding import reembed
from embeddings.intake.rereading import read_again
from embeddings.moved import Moved
from embeddings.store import figures, history, rows, stats, storage
from embeddings.store.figures import Figures
from embeddings.store.history import Change
from embeddings.store.lock import WriterLock
from embeddings.store.stats import LibraryStats
from embeddings.store.window import DateWindow
from embeddings.transfer import take_in, whole


class Library(Closing):
    """A library that is open. Made by `open` or `rebuild`; close it, or use it in a `with` block.

    It satisfies `embeddings.protocol.LibraryLike`, where stands what each method takes, gives and
    raises; here stands only what is more.

    Several threads may use one Library, and several processes may open one folder. Writing is
    for one thread of one process at a time, and a second is refused at once. Reading never waits
    for a writer, and sees what was committed at the moment that it begins.
    """

    def __init__(
        self,
        path: Path,
        embedder: Embedder,
        lock: WriterLock,
        options: IngestOptions,
        indexes: IndexOptions,
    ) -> None:
        self._path = path
        self._embedder = embedder
        self._lock = lock
        self._options = options
        self._indexes = indexes
        # Guards everything below; a thread that is inside `reading` may enter again.
        self._guard = threading.RLock()
        self._reader = storage.connect(path)
        self._depth = 0
        self._snapshot = Snapshot(path, embedder.fingerprint.dimensions, indexes)

    @classmethod
    def open(
        cls,
        path: str | Path,
        embedder: Embedder,
        *,
        create: bool = False,
        options: IngestOptions | None = None,
        indexes: IndexOptions | None = None,
    ) -> Library:
        """Opens the library in a folder.

        Args:
            path: the folder.
            embedder: the one that made the library's vectors; it embeds what is added.
            create: make the library where nothing is, or in an empty folder. A folder that holds
                anything else is never written into.
            options: how articles are taken in.
            indexes: of what kind the indexes are, and when they are made.

        Raises:
            LibraryMissing: nothing is there.
            NotALibrary: something else is there.
            LibraryDamaged: its SQLite file cannot be trusted.
            SchemaMismatch: it was made by another version of Dateline.
            EmbedderMismatch: another embedder made its vectors.
            LibraryLocked: it is just being made or migrated by another process.
        """
        folder = expanded(path)
        lock = opening.prepare_folder(folder, embedder.fingerprint, create=create)
        library = cls(folder, embedder, lock, options or IngestOptions(), indexes or IndexOptions())
        try:
            with library.reading():
                opening.check_embedder(library._reader, folder, embedder.fingerprint)
        except BaseException:
            library.close()
            raise
        return library

    @classmethod
    def rebuild(
        cls, path: str | Path, embedder: Embedder, *, progress: Progress | None = None
    ) -> Library:
        """Splits and embeds every article of a library anew, and opens it.

        The articles come from the library itself, so their files need not be there any more. The
        passages and vectors are exchanged in one transaction at the end: until then, and after
        an interruption, the library is as it was.

        Args:
            path: a library, whatever embedder made it.
            embedder: the one to use from now on.
            progress: `updated` and `passages` count what is embedded, not yet committed.

        Raises:
            LibraryError: as `open` says, less EmbedderMismatch; LibraryLocked while another
                process writes.
        """
        folder = expanded(path)
        lock = opening.prepare_folder(folder, embedder.fingerprint, create=False)
        options = IngestOptions()
        library = cls(folder, embedder, lock, options, IndexOptions())
        try:
            with library._writing() as connection:
                reembed(connection, folder, library.articles(), embedder, options, progress)
                read_again(connection, folder)
            library._warm()
        except BaseException:
            library.close()
            raise
        return library

    # Writing

    def add(
        self,
        articles: Iterable[Article | Rejected],
        *,
        progress: Progress | None = None,
        dry_run: bool = False,
    ) -> IngestReport:
        """Takes articles in, a committed batch at a time, and brings the indexes up to date.

        Lines that an outlet repeats are taken out once they are known.
        """
        started = time.perf_counter()
        with self._writing(folding=not dry_run) as connection:
            opening.check_embedder(connection, self._path, self._embedder.fingerprint)

            def committed(report: IngestReport) -> None:
                if not dry_run:
                    self._fold(connection, bulk=True)
                if progress is not None:
                    progress(report)

            ingest = Ingest(
                connection,
                self._path,
                self._embedder,
                self._options,
                committed,
                dry_run=dry_run,
            )
            report = ingest.run(articles)
        if not dry_run:
            self._warm()
        return replace(report, seconds=time.perf_counter() - started)

    def delete(self, article_id: str) -> bool:
        """Removes an article and its versions, at once and for every reader."""
        return bool(self.delete_many([article_id]))

    def delete_many(self, article_ids: Iterable[str]) -> tuple[str, ...]:
        """Removes several articles as `delete` removes one: all of them, or none."""
        with self._writing() as connection:
            known = rows.known_ids(connection, dict.fromkeys(article_ids))
            if known:
                with storage.transaction(connection, self._path):
                    groups = Groups(connection, self._path)
                    for article_id in known:
                        groups.leave(article_id)
                        rows.delete_article(connection, article_id)
                        rows.delete_versions(connection, article_id)
        return known

    def withdraw(self, article_id: str, on: date | None = None) -> bool:
        """Marks an article as taken back by its outlet; it stays, and is not searched."""
        return self._mark(article_id, on or date.today())

    def reinstate(self, article_id: str) -> bool:
        """Takes the mark of `withdraw`, or of its metadata, from an article."""
        return self._mark(article_id, None)

    def _mark(self, article_id: str, withdrawn: date | None) -> bool:
        with self._writing() as connection:
            row = connection.execute(
                f"{rows.SELECT_ARTICLE} WHERE id = ?", (article_id,)
            ).fetchone()
            if row is None:
                return False
            article = rows.to_article(row, self._path)
            if (article.withdrawn is None) == (withdrawn is None):
                return False
            with storage.transaction(connection, self._path):
                rows.replace_article(connection, replace(article, withdrawn=withdrawn))
                rows.mark_by_hand(connection, article_id, by_hand=withdrawn is not None)
                rows.renumber(connection, article_id)
        return True

    def restore(self, moved: Iterable[Moved], *, progress: Progress | None = None) -> int:
        """Takes in articles as another library held them, with versions, group and vectors."""
        started = time.perf_counter()
        articles = passages = 0
        with self._writing() as connection:
            opening.check_embedder(connection, self._path, self._embedder.fingerprint)
            batch_passages = self._options.batch_passages
            for more_articles, more in take_in(connection, self._path, moved, batch_passages):
                articles, passages = articles + more_articles, passages + more
                self._fold(connection, bulk=True)
                if progress is not None:
                    seconds = time.perf_counter() - started
                    progress(IngestReport(added=articles, passages=passages, seconds=seconds))
        self._warm()
        return articles

    # Reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that this thread reads inside the block is of one moment.

        Keep it short, without a model's work in it: the other threads that use this Library wait.
        """
        with self._guard, storage.translated(self._path):
            if self._depth == 0:
                self._reader.execute("BEGIN")
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._reader.execute("COMMIT")

    def article(self, article_id: str) -> Article:
        """The article of that id."""
        row = self._row(f"{rows.SELECT_ARTICLE} WHERE id = ?", article_id)
        if row is None:
            raise self._unknown("article", article_id)
        return rows.to_article(row, self._path)

    def articles(self) -> Iterator[Article]:
        """Every article, oldest first, undated ones last, then by id."""
        with self.reading():
            ids = self._reader.execute(
                "SELECT id FROM articles ORDER BY published IS NULL, published, id"
            ).fetchall()
        for (article_id,) in ids:
            row = self._row(f"{rows.SELECT_ARTICLE} WHERE id = ?", article_id)
            if row is not None:
                yield rows.to_article(row, self._path)

    def versions(self, article_id: str) -> list[Article]:
        """What an article said before it was replaced, oldest first; its id is unchanged."""
        with self.reading():
            return history.versions_of(self._reader, self._path, article_id)

    def changes(self, article_id: str) -> tuple[Change, ...]:
        """What came, went and changed from version to version, oldest step first."""
        with self.reading():
            return history.changes((*self.versions(article_id), self.article(article_id)))

    def group(self, article_id: str) -> ArticleGroup:
        """The copies of one report that an article belongs to; itself alone if there is none."""
        with self.reading():
            return group_of(self._reader, self._path, article_id)

    def copied(self) -> Iterator[ArticleGroup]:
        """Every group of at least two copies, the one with the oldest article first."""
        with self.reading():
            found = groups_of_copies(self._reader)
        for group_id in found:
            with self.reading():
                members = members_of(self._reader, self._path, group_id)
            # One that lost its copies meanwhile is none any more.
            if len(members) > 1:
                yield grouped(group_id, members)

    def figures(self, article: Article) -> Figures:
        """The figures that an article tells, in the order of its text."""
        with self.reading():
            kept = figures.kept(self._reader, self._path, article)
        return figures.read_figures(article) if kept is None else kept

    def everything(self) -> Iterator[Moved]:
        """Every article whole, in the order in which they came: what `restore` takes in."""
        dimensions = self._embedder.fingerprint.dimensions
        with self.reading():
            ids = self._reader.execute("SELECT id FROM articles ORDER BY rowid").fetchall()
        for (article_id,) in ids:
            with self.reading():
                moved = whole(self._reader, self._path, article_id, dimensions)
            if moved is not None:
                yield moved

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order."""
        with self.reading():
            found = self._reader.execute(
                f"{rows.SELECT_PASSAGE} WHERE article_id = ? ORDER BY ordinal", (article_id,)
            ).fetchall()
        if not found:
            raise self._unknown("article", article_id)
        return [rows.to_passage(row, self._path) for row in found]

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id."""
        row = self._row(f"{rows.SELECT_PASSAGE} WHERE id = ?", passage_id)
        if row is None:
            raise self._unknown("passage", passage_id)
        return self._passage(row, passage_id)

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """The vectors of passages, shape (len(passage_ids), dimensions), in that order."""
        dimensions = self._embedder.fingerprint.dimensions
        vectors = np.zeros((len(passage_ids), dimensions), dtype=np.float32)
        with self.reading():
            for place, passage_id in enumerate(passage_ids):
                row = self._row(rows.SELECT_WITH_VECTOR, passage_id)
                if row is None:
                    raise self._unknown("passage", passage_id)
                *stored, blob, crc32 = row
                self._passage(tuple(stored), passage_id)
                vectors[place] = rows.to_vector(blob, crc32, dimensions, self._path)
        return vectors

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

        Up to 50,000 passages the search is exact; `evals.speed.scale` measures what larger ones
        miss.
        """
        wanted = Filter.of(window, outlets, groups, withdrawn)
        with self._current() as snapshot:
            return snapshot.dense(self._reader, vector, k, wanted)

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

        Exact at every size.
        """
        wanted = Filter.of(window, outlets, groups, withdrawn)
        with self._current() as snapshot:
            return snapshot.words(self._reader, text, k, wanted)

    # About the library

    @property
    def path(self) -> Path:
        """The folder."""
        return self._path

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        return self._embedder.fingerprint

    @property
    def generation(self) -> int:
        """How often what is searched has changed, by any process."""
        with self.reading():
            (generation,) = self._reader.execute("SELECT generation FROM state").fetchone()
        return int(generation)

    def stats(self) -> LibraryStats:
        """What it holds, in figures."""
        with self.reading():
            return stats.count(self._reader, self._path)

    def check(self) -> None:
        """Reads all of it and compares it with what was stored. Takes a while."""
        with self.reading():
            checking.check(self._reader, self._path, self._embedder.fingerprint.dimensions)

    def close(self) -> None:
        """Closes the SQLite file. The library can be opened again."""
        with self._guard:
            self._reader.close()

    @contextmanager
    def _writing(self, *, folding: bool = True) -> Iterator[sqlite3.Connection]:
        # A connection of its own, so that this process's readers see nothing uncommitted.
        with (
            self._lock.held(),
            storage.translated(self._path),
            closing(storage.connect(self._path)) as connection,
        ):
            yield connection
            if folding:
                self._fold(connection)

    @contextmanager
    def _current(self) -> Iterator[Snapshot]:
        """The library as it is now, for one search."""
        with self.reading():
            (generation,) = self._reader.execute("SELECT generation FROM state").fetchone()
            if self._snapshot.generation != generation:
                opening.check_embedder(self._reader, self._path, self._embedder.fingerprint)
                self._snapshot.refresh(self._reader)
            yield self._snapshot

    def _warm(self) -> None:
        with self._current():
            pass

    def _fold(self, connection: sqlite3.Connection, *, bulk: bool = False) -> None:
        dimensions = self._embedder.fingerprint.dimensions
        fold(connection, self._path, dimensions, self._indexes, bulk=bulk)

    def _row(self, query: str, value: str) -> Any:
        with self.reading():
            return self._reader.execute(query, (value,)).fetchone()

    def _passage(self, row: rows.PassageRow, passage_id: str) -> Passage:
        """The passage of a row, which an index said is the one of that id."""
        passage = rows.to_passage(row, self._path)
        if passage.id != passage_id:
            raise storage.damaged(self._path, f"passage {passage_id} is missing from an index")
        return passage

    def _unknown(self, kind: Literal["article", "passage"], name: str) -> LibraryError:
        with self.reading():
            return storage.unknown(self._reader, self._path, kind, name)

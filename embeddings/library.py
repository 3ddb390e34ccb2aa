"""A library on disk: articles, their passages and vectors, and the two ways to search them.

A library is a folder: `library.sqlite3` is the truth, `indexes/` is derived from it and may be
deleted at any time.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Article, Passage, Rejected
from corpus.closing import Closing
from corpus.errors import NotInLibrary
from corpus.walk import expanded
from embeddings import opening, rows, snapshot, stats, storage
from embeddings.embedder import Embedder, Vectors
from embeddings.ingest import Ingest, IngestOptions, IngestReport, Progress, reembed
from embeddings.lock import WriterLock
from embeddings.snapshot import Loaded, Snapshot
from embeddings.stats import LibraryStats
from embeddings.window import DateWindow

_ANY_TIME = DateWindow()


class Library(Closing):
    """A library that is open. Made by `open` or `rebuild`; close it, or use it in a `with` block.

    Several threads may use one Library, and several processes may open one folder. Writing is
    for one thread of one process at a time, and a second is refused at once. Reading never waits
    for a writer, and sees what was committed at the moment that it begins.
    """

    def __init__(
        self, path: Path, embedder: Embedder, lock: WriterLock, options: IngestOptions
    ) -> None:
        self._path = path
        self._embedder = embedder
        self._lock = lock
        self._options = options
        # Guards everything below; a thread that is inside `reading` may enter again.
        self._guard = threading.RLock()
        self._reader = storage.connect(path)
        self._depth = 0
        self._snapshot: Snapshot | None = None
        self._unsaved: Loaded | None = None

    @classmethod
    def open(
        cls,
        path: str | Path,
        embedder: Embedder,
        *,
        create: bool = False,
        options: IngestOptions | None = None,
    ) -> Library:
        """Opens the library in a folder.

        Args:
            path: the folder.
            embedder: the one that made the library's vectors; it embeds what is added.
            create: make the library where nothing is, or in an empty folder. A folder that holds
                anything else is never written into.
            options: how articles are taken in.

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
        library = cls(folder, embedder, lock, options or IngestOptions())
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
        library = cls(folder, embedder, lock, options)
        try:
            with library._writing() as connection:
                reembed(connection, folder, library.articles(), embedder, options, progress)
            library._current()
        except BaseException:
            library.close()
            raise
        return library

    # Writing

    def add(
        self, articles: Iterable[Article | Rejected], *, progress: Progress | None = None
    ) -> IngestReport:
        """Takes articles in, a committed batch at a time, and brings the indexes up to date.

        An article that is there already, equal in every field, costs nothing. One that differs
        replaces the earlier one, which is kept among its `versions`. A new one whose text the
        library has from another source is left out.

        Args:
            articles: what `corpus.read` yields.
            progress: called after every commit.

        Raises:
            LibraryLocked: another thread or process is writing.
            LibraryError: the disk is full or cannot be written. What was committed stays; the
                same call goes on from there.
        """
        started = time.perf_counter()
        with self._writing() as connection:
            opening.check_embedder(connection, self._path, self._embedder.fingerprint)
            ingest = Ingest(connection, self._path, self._embedder, self._options, progress)
            report = ingest.run(articles)
        self._current()
        return replace(report, seconds=time.perf_counter() - started)

    def delete(self, article_id: str) -> bool:
        """Removes an article and its versions, at once and for every reader.

        Returns:
            False when there is no such article.

        Raises:
            LibraryLocked: another thread or process is writing.
        """
        with self._writing() as connection:
            if connection.execute(
                "SELECT 1 FROM articles WHERE id = ?", (article_id,)
            ).fetchone() is None:  # fmt: skip
                return False
            with storage.transaction(connection, self._path):
                rows.delete_article(connection, article_id)
                rows.delete_versions(connection, article_id)
        return True

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
            if self._depth == 0 and self._unsaved is not None:
                snapshot.save(self._reader, self._path, self._unsaved)
                self._unsaved = None

    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            NotInLibrary: there is none.
            LibraryDamaged: it is not what was stored.
        """
        row = self._row(f"{rows.SELECT_ARTICLE} WHERE id = ?", article_id)
        if row is None:
            raise self._unknown("article", article_id)
        return rows.to_article(row, self._path)

    def articles(self) -> Iterator[Article]:
        """Every article, oldest first, undated ones last. One deleted meanwhile is passed over."""
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
            found = self._reader.execute(rows.SELECT_VERSIONS, (article_id,)).fetchall()
        return [rows.to_article(row, self._path) for row in found]

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order.

        Raises:
            NotInLibrary: there is no such article.
        """
        with self.reading():
            found = self._reader.execute(
                f"{rows.SELECT_PASSAGE} WHERE article_id = ? ORDER BY ordinal", (article_id,)
            ).fetchall()
        if not found:
            raise self._unknown("article", article_id)
        return [rows.to_passage(row) for row in found]

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id.

        Raises:
            NotInLibrary: there is none.
        """
        row = self._row(f"{rows.SELECT_PASSAGE} WHERE id = ?", passage_id)
        if row is None:
            raise self._unknown("passage", passage_id)
        return rows.to_passage(row)

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """The vectors of passages, shape (len(passage_ids), dimensions), in that order.

        Raises:
            NotInLibrary: one of the passages is not there.
            LibraryDamaged: a vector is not what was stored.
        """
        dimensions = self._embedder.fingerprint.dimensions
        vectors = np.zeros((len(passage_ids), dimensions), dtype=np.float32)
        with self.reading():
            for place, passage_id in enumerate(passage_ids):
                row = self._row(
                    "SELECT vector, crc32 FROM vectors JOIN passages ON number = passage "
                    "WHERE id = ?",
                    passage_id,
                )
                if row is None:
                    raise self._unknown("passage", passage_id)
                blob, crc32 = row
                vectors[place] = rows.to_vector(blob, crc32, dimensions, self._path)
        return vectors

    def dense(
        self, vector: Vectors, k: int, window: DateWindow = _ANY_TIME
    ) -> list[tuple[str, float]]:
        """The k passages nearest in meaning: (passage id, inner product), best first.

        Args:
            vector: shape (dimensions,), from this library's embedder.
            k: how many, at least 1. Fewer come back only when the window holds fewer.
            window: the days of publication to look at. Ties are broken by passage id.

        Raises:
            ValueError: k is below 1, or the vector has another length.
        """
        return self._current().dense(vector, k, window)

    def lexical(self, text: str, k: int, window: DateWindow = _ANY_TIME) -> list[tuple[str, float]]:
        """The k passages that share the most telling words: (passage id, BM25 > 0), best first.

        Args:
            text: the question, in plain words. Title, outlet and date of a passage's article
                count among its words.
            k: how many, at least 1. Fewer come back when fewer share a word.
            window: the days of publication to look at. Ties are broken by passage id.

        Raises:
            ValueError: k is below 1.
        """
        return self._current().words(text, k, window)

    # About the library

    @property
    def path(self) -> Path:
        """The folder."""
        return self._path

    @property
    def generation(self) -> int:
        """How often what is searched has changed, by any process."""
        with self.reading():
            return snapshot.current_generation(self._reader)

    def stats(self) -> LibraryStats:
        """What it holds, in figures."""
        with self.reading():
            return stats.count(self._reader, self._path)

    def check(self) -> None:
        """Reads all of it and compares it with its checksums. Takes a while: for `doctor`.

        Raises:
            LibraryDamaged: something is not what was stored.
        """
        with self.reading():
            storage.check_all(self._reader, self._path)
            snapshot.check(self._reader, self._path, self._embedder.fingerprint.dimensions)

    def close(self) -> None:
        """Closes the SQLite file. The library can be opened again."""
        with self._guard:
            self._reader.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        # A connection of its own, so that this process's readers see nothing uncommitted.
        with (
            self._lock.held(),
            storage.translated(self._path),
            closing(storage.connect(self._path)) as connection,
        ):
            yield connection

    def _current(self) -> Snapshot:
        with self.reading():
            generation = snapshot.current_generation(self._reader)
            if self._snapshot is None or self._snapshot.generation != generation:
                fingerprint = self._embedder.fingerprint
                opening.check_embedder(self._reader, self._path, fingerprint)
                loaded = snapshot.load(self._reader, self._path, fingerprint.dimensions)
                self._snapshot = loaded.snapshot
                self._unsaved = loaded if loaded.built else None
            return self._snapshot

    def _row(self, query: str, value: str) -> Any:
        with self.reading():
            return self._reader.execute(query, (value,)).fetchone()

    def _unknown(self, kind: str, name: str) -> NotInLibrary:
        return NotInLibrary(
            f"there is no {kind} {name} in the library",
            where=self._path,
            next_step="it may have been replaced or deleted since it was found; search again",
        )

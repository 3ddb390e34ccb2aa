"""One generation of a library, as it is searched: both indexes, and whose day each passage is."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus import Article, embedded_text
from embeddings import derived
from embeddings.derived import DerivedFile
from embeddings.embedder import Vectors
from embeddings.lexical_index import LexicalIndex
from embeddings.rows import SELECT_ARTICLE, SELECT_PASSAGE, to_article, to_passage, to_vector
from embeddings.storage import damaged
from embeddings.vector_index import Numbers, VectorIndex
from embeddings.window import DateWindow, day_number

log = logging.getLogger(__name__)

INDEX_FOLDER = "indexes"

Index = TypeVar("Index")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was in a library at one generation; never changes, so threads may share it.

    Attributes:
        generation: of the library.
        numbers: shape (n,), the passages' row numbers, ascending; a passage's place in it is its
            position in the lexical index.
        ids: the passages' ids, in the same order.
        days: shape (n,), `date.toordinal()` of each passage's article, or `UNDATED`.
        vectors: by row number.
        lexical: by position.
    """

    generation: int
    numbers: Numbers
    ids: tuple[str, ...]
    days: NDArray[np.int32]
    vectors: VectorIndex
    lexical: LexicalIndex

    def dense(self, vector: Vectors, k: int, window: DateWindow) -> list[tuple[str, float]]:
        """The k passages nearest to a vector: (passage id, inner product), best first."""
        allowed = None if window.is_open else self.numbers[window.mask(self.days)]
        found = self.vectors.search(vector, k, allowed)
        places = np.searchsorted(self.numbers, [number for number, _ in found])
        return self._best(places, [score for _, score in found], k)

    def words(self, text: str, k: int, window: DateWindow) -> list[tuple[str, float]]:
        """The k passages that share the most telling words: (passage id, BM25), best first."""
        allowed = None if window.is_open else window.mask(self.days)
        found = self.lexical.search(text, k, allowed)
        return self._best([place for place, _ in found], [score for _, score in found], k)

    def _best(
        self, places: NDArray[np.intp] | list[int], scores: list[float], k: int
    ) -> list[tuple[str, float]]:
        pairs = [(self.ids[place], score) for place, score in zip(places, scores, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A snapshot, and which of its indexes had to be built because no good file was there."""

    snapshot: Snapshot
    built: tuple[str, ...]


def load(connection: sqlite3.Connection, folder: Path, dimensions: int) -> Loaded:
    """The library as it is now: from its index files where they are whole, else built anew.

    Must run inside a read transaction, so that all of it is of one generation.

    Raises:
        LibraryDamaged: an article or a vector is not what was stored.
    """
    generation = current_generation(connection)
    rows = connection.execute(
        "SELECT number, passages.id, published FROM passages "
        "JOIN articles ON articles.id = article_id ORDER BY number"
    ).fetchall()
    numbers: Numbers = np.array([row[0] for row in rows], dtype=np.int64)
    built = []
    vectors = _stored(connection, folder, "vectors", generation, VectorIndex.from_bytes)
    if vectors is None or not np.array_equal(vectors.numbers, numbers):
        vectors = VectorIndex.from_vectors(
            numbers, _vectors(connection, folder, len(rows), dimensions)
        )
        built.append("vectors")
    lexical = _stored(connection, folder, "lexical", generation, LexicalIndex.from_bytes)
    if lexical is None or len(lexical) != len(numbers):
        lexical = LexicalIndex.from_texts(list(_texts(connection, folder)))
        built.append("lexical")
    try:
        days = [day_number(date.fromisoformat(row[2]) if row[2] else None) for row in rows]
    except ValueError as error:
        raise damaged(folder, f"a day of publication: {error}") from error
    snapshot = Snapshot(
        generation=generation,
        numbers=numbers,
        ids=tuple(row[1] for row in rows),
        days=np.array(days, dtype=np.int32),
        vectors=vectors,
        lexical=lexical,
    )
    return Loaded(snapshot, tuple(built))


def check(connection: sqlite3.Connection, folder: Path, dimensions: int) -> None:
    """Compares every article, passage and vector with what was stored.

    Raises:
        LibraryDamaged: something differs.
    """
    for row in connection.execute(SELECT_ARTICLE):
        to_article(row, folder)
    (passages,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    _vectors(connection, folder, passages, dimensions)
    for _ in _texts(connection, folder):
        pass


def save(connection: sqlite3.Connection, folder: Path, loaded: Loaded) -> None:
    """Keeps the indexes that had to be built as files, unless the library has moved on.

    Must run outside a transaction. The library does not depend on it: a full disk or a busy
    SQLite file is logged, and the indexes are built again next time.
    """
    snapshot = loaded.snapshot
    indexes = folder / INDEX_FOLDER
    contents: dict[str, VectorIndex | LexicalIndex] = {
        "vectors": snapshot.vectors,
        "lexical": snapshot.lexical,
    }
    # A reader must not wait here for a writer's transaction.
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        for name in loaded.built:
            if current_generation(connection) != snapshot.generation:
                return
            data = contents[name].to_bytes()
            _remember(connection, derived.save(indexes, name, snapshot.generation, data))
        if loaded.built:
            derived.sweep(indexes, older_than=snapshot.generation)
    except (OSError, sqlite3.OperationalError) as error:
        log.warning("the indexes of %s were not kept on disk: %s", folder, error)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def current_generation(connection: sqlite3.Connection) -> int:
    """How often what is searched has changed."""
    (generation,) = connection.execute("SELECT generation FROM state").fetchone()
    return int(generation)


def _remember(connection: sqlite3.Connection, record: DerivedFile) -> None:
    # The generation may have moved on since the file was written: then the record is left alone.
    connection.execute(
        "INSERT OR REPLACE INTO derived (name, generation, sha256, size) "
        "SELECT ?, ?, ?, ? FROM state WHERE generation = ?",
        (record.name, record.generation, record.sha256, record.size, record.generation),
    )


def _stored(
    connection: sqlite3.Connection,
    folder: Path,
    name: str,
    generation: int,
    read: Callable[[bytes], Index],
) -> Index | None:
    row = connection.execute(
        "SELECT name, generation, sha256, size FROM derived WHERE name = ? AND generation = ?",
        (name, generation),
    ).fetchone()
    if row is None:
        return None
    record = DerivedFile(*row)
    data = derived.load(folder / INDEX_FOLDER, record)
    if data is None:
        log.warning("%s of %s is missing or damaged; building it anew", record.filename, folder)
        return None
    try:
        return read(data)
    except ValueError as error:
        log.warning("%s of %s: %s; building it anew", record.filename, folder, error)
        return None


def _vectors(
    connection: sqlite3.Connection, folder: Path, passages: int, dimensions: int
) -> Vectors:
    vectors = np.zeros((passages, dimensions), dtype=np.float32)
    rows = connection.execute(
        "SELECT vector, crc32 FROM vectors JOIN passages ON number = passage ORDER BY number"
    ).fetchall()
    if len(rows) != passages:
        raise damaged(folder, f"{passages} passages have {len(rows)} vectors")
    for place, (blob, crc32) in enumerate(rows):
        vectors[place] = to_vector(blob, crc32, dimensions, folder)
    return vectors


def _texts(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    article: Article | None = None
    for row in connection.execute(f"{SELECT_PASSAGE} ORDER BY number"):
        passage = to_passage(row)
        if article is None or article.id != passage.article_id:
            found = connection.execute(
                f"{SELECT_ARTICLE} WHERE id = ?", (passage.article_id,)
            ).fetchone()
            if found is None:
                raise damaged(folder, f"passage {passage.id} has no article")
            article = to_article(found, folder)
        if not 0 <= passage.start < passage.end <= len(article.text):
            raise damaged(folder, f"passage {passage.id} lies outside its article")
        yield embedded_text(article, passage)

"""Runs of passages out of the library's SQLite file, with all that the indexes are made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Article, Passage, embedded_text
from embeddings.embedders.embedder import Vectors
from embeddings.index.filters import FACETS, Numbers, facets_of
from embeddings.store.rows import PASSAGE_COLUMNS, SELECT_ARTICLE, to_article, to_passage, to_vector
from embeddings.store.storage import damaged
from embeddings.terms import TermReader

BLOCK = 32_768
"""Passages held in memory at a time while an index is made: 50 MB of vectors of 384 dimensions,
and some 200 MB while their terms are sorted."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage as it stands in the library, with its article."""

    number: int
    passage: Passage
    article: Article
    length: int

    @property
    def text(self) -> str:
        """What was embedded."""
        return embedded_text(self.article, self.passage)


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring passages, ascending by number.

    Attributes:
        facets: shape (n,), of type `filters.FACETS`.
        terms: of each passage, repeats included.
        vectors: shape (n, dimensions).
    """

    facets: NDArray[np.void]
    terms: list[list[str]]
    vectors: Vectors


def read_passages(
    connection: sqlite3.Connection, folder: Path, after: int, upto: int
) -> Iterator[Stored]:
    """The passages numbered above `after`, up to `upto`, ascending.

    Raises:
        LibraryDamaged: a passage or its article is not what was stored.
    """
    article: Article | None = None
    for number, *row in connection.execute(
        f"SELECT number, {PASSAGE_COLUMNS} FROM passages WHERE number > ? AND number <= ? "
        "ORDER BY number",
        (after, upto),
    ):
        passage = to_passage(row, folder)
        if article is None or article.id != passage.article_id:
            article = _article(connection, folder, passage)
        if not 0 <= passage.start < passage.end <= len(article.text):
            raise damaged(folder, f"passage {passage.id} lies outside its article")
        yield Stored(number, passage, article, row[-2])


def read_blocks(
    connection: sqlite3.Connection, folder: Path, dimensions: int, after: int, upto: int
) -> Iterator[Block]:
    """The same passages, `BLOCK` at a time, with their terms and vectors.

    Raises:
        LibraryDamaged: a passage, its article or its vector is not what was stored.
    """
    reader = TermReader()
    facets: list[tuple[int, int, int, int, bool, bool]] = []
    terms: list[list[str]] = []
    for stored in read_passages(connection, folder, after, upto):
        facets.append(facets_of(stored.number, stored.article, stored.length))
        terms.append(reader.terms(stored.text))
        if len(terms) == BLOCK:
            yield _block(connection, folder, dimensions, facets, terms)
            facets, terms = [], []
    if terms:
        yield _block(connection, folder, dimensions, facets, terms)


def read_vectors(
    connection: sqlite3.Connection, folder: Path, dimensions: int, numbers: Iterable[int]
) -> Vectors:
    """The vectors of passages, shape (n, dimensions), in the order of their numbers given.

    Raises:
        LibraryDamaged: a vector is missing or not what was stored.
    """
    vectors = []
    for number in numbers:
        row = connection.execute(
            "SELECT vector, crc32 FROM vectors WHERE passage = ?", (number,)
        ).fetchone()
        if row is None:
            raise damaged(folder, f"passage number {number} has no vector")
        blob, crc32 = row
        vectors.append(to_vector(blob, crc32, dimensions, folder))
    return np.array(vectors, dtype=np.float32).reshape(-1, dimensions)


def read_passage(connection: sqlite3.Connection, folder: Path, number: int) -> Passage:
    """The passage of that number.

    Raises:
        LibraryDamaged: it is missing or not what was stored.
    """
    row = connection.execute(
        f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE number = ?", (number,)
    ).fetchone()
    if row is None:
        raise damaged(folder, f"passage number {number} is missing")
    return to_passage(row, folder)


def passage_numbers(connection: sqlite3.Connection) -> Numbers:
    """The numbers of all passages, ascending."""
    rows = connection.execute("SELECT number FROM passages ORDER BY number")
    return np.fromiter((number for (number,) in rows), dtype=np.int64)


def _block(
    connection: sqlite3.Connection,
    folder: Path,
    dimensions: int,
    facets: list[tuple[int, int, int, int, bool, bool]],
    terms: list[list[str]],
) -> Block:
    vectors = read_vectors(connection, folder, dimensions, (record[0] for record in facets))
    return Block(np.array(facets, dtype=FACETS), terms, vectors)


def _article(connection: sqlite3.Connection, folder: Path, passage: Passage) -> Article:
    row = connection.execute(f"{SELECT_ARTICLE} WHERE id = ?", (passage.article_id,)).fetchone()
    if row is None:
        raise damaged(folder, f"passage {passage.id} has no article")
    return to_article(row, folder)

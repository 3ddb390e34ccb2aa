"""Articles, passages and vectors as rows of the library's SQLite file, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from corpus import Article, Passage
from embeddings.embedder import Vectors
from embeddings.storage import damaged

ARTICLE_FIELDS = tuple(field.name for field in fields(Article))
_DATES = ("published", "updated")
_COLUMNS = ", ".join(ARTICLE_FIELDS)
_KEPT = ", ".join((*ARTICLE_FIELDS[1:], "content_hash", "added_at"))

SELECT_ARTICLE = f"SELECT {_COLUMNS}, content_hash FROM articles"
_INSERT_ARTICLE = (
    f"INSERT INTO articles ({_COLUMNS}, content_hash, text_hash, added_at) "
    f"VALUES ({', '.join('?' * (len(ARTICLE_FIELDS) + 3))})"
)
_KEEP_VERSION = (
    f"INSERT INTO article_versions (article_id, {_KEPT}, replaced_at) "
    f"SELECT id, {_KEPT}, ? FROM articles WHERE id = ?"
)
SELECT_VERSIONS = (
    f"SELECT article_id, {_COLUMNS.partition(', ')[2]}, content_hash FROM article_versions "
    "WHERE article_id = ? ORDER BY number"
)
SELECT_PASSAGE = 'SELECT id, article_id, ordinal, start, "end" FROM passages'


def content_hash(article: Article) -> str:
    """SHA-256 of text and metadata: equal only for articles that are equal in every field."""
    values = [_value(article, name) for name in ARTICLE_FIELDS]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def text_hash(article: Article) -> str:
    """SHA-256 of the text alone, white space aside: equal for the same text from two sources."""
    return hashlib.sha256(" ".join(article.text.split()).encode()).hexdigest()


def insert_article(connection: sqlite3.Connection, article: Article) -> None:
    """Adds an article that is not there."""
    values = [_value(article, name) for name in ARTICLE_FIELDS]
    connection.execute(
        _INSERT_ARTICLE, (*values, content_hash(article), text_hash(article), _now())
    )


def keep_version(connection: sqlite3.Connection, article_id: str) -> None:
    """Copies an article to the previous versions, before it is replaced."""
    connection.execute(_KEEP_VERSION, (_now(), article_id))


def delete_article(connection: sqlite3.Connection, article_id: str) -> None:
    """Removes an article, its passages and its vectors, but not its earlier versions."""
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def delete_versions(connection: sqlite3.Connection, article_id: str) -> None:
    """Removes what an article said before."""
    connection.execute("DELETE FROM article_versions WHERE article_id = ?", (article_id,))


def insert_passages(
    connection: sqlite3.Connection, passages: Sequence[Passage], vectors: Vectors
) -> None:
    """Adds the passages of an article that is there, with vectors of shape (n, dimensions)."""
    for passage, vector in zip(passages, vectors, strict=True):
        number = connection.execute(
            'INSERT INTO passages (id, article_id, ordinal, start, "end") VALUES (?, ?, ?, ?, ?)',
            (passage.id, passage.article_id, passage.ordinal, passage.start, passage.end),
        ).lastrowid
        blob = vector.astype("<f4").tobytes()
        connection.execute(
            "INSERT INTO vectors (passage, vector, crc32) VALUES (?, ?, ?)",
            (number, blob, zlib.crc32(blob)),
        )


def to_article(row: Sequence[str | None], folder: Path) -> Article:
    """The article of a row of `SELECT_ARTICLE` or `SELECT_VERSIONS`.

    Raises:
        LibraryDamaged: the row is not what was written: SQLite has no checksum of its own.
    """
    *values, stored = row
    named = dict(zip(ARTICLE_FIELDS, values, strict=True))
    try:
        dates = {name: date.fromisoformat(text) for name in _DATES if (text := named[name])}
    except ValueError as error:
        raise damaged(folder, f"article {named['id']}: {error}") from error
    article = Article(**{**named, **dates})  # type: ignore[arg-type]
    if content_hash(article) != stored:
        raise damaged(folder, f"article {article.id} is not what was stored")
    return article


def to_passage(row: tuple[str, str, int, int, int]) -> Passage:
    """The passage of a row of `SELECT_PASSAGE`."""
    return Passage(*row)


def to_vector(blob: bytes, crc32: int, dimensions: int, folder: Path) -> Vectors:
    """The vector of a row of `vectors`, shape (dimensions,).

    Raises:
        LibraryDamaged: the row is not what was written.
    """
    if zlib.crc32(blob) != crc32 or len(blob) != 4 * dimensions:
        raise damaged(folder, "a vector is not what was stored")
    return np.frombuffer(blob, dtype="<f4").astype(np.float32)


def _value(article: Article, name: str) -> str | None:
    value: str | date | None = getattr(article, name)
    return value.isoformat() if isinstance(value, date) else value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""Articles, passages and vectors as rows of the library's SQLite file, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from corpus import Article, Passage, embedded_text
from embeddings.embedders.embedder import Vectors
from embeddings.store.storage import damaged
from embeddings.terms import TermReader

ARTICLE_FIELDS = tuple(field.name for field in fields(Article))
_DATES = ("published", "updated", "withdrawn")
# Fields that schema 1 did not have. They count in the hash only where they hold something, so
# that the hashes of a library of schema 1 stay true.
_LATER = {"dropped": "[]", "withdrawn": None}
_COLUMNS = ", ".join(ARTICLE_FIELDS)
_KEPT = ", ".join((*ARTICLE_FIELDS[1:], "content_hash", "added_at"))

SELECT_ARTICLE = f"SELECT {_COLUMNS}, content_hash FROM articles"
_INSERT_ARTICLE = (
    f"INSERT INTO articles ({_COLUMNS}, content_hash, text_hash, group_id, added_at) "
    f"VALUES ({', '.join('?' * (len(ARTICLE_FIELDS) + 4))})"
)
_KEEP_VERSION = (
    f"INSERT INTO article_versions (article_id, {_KEPT}, replaced_at) "
    f"SELECT id, {_KEPT}, ? FROM articles WHERE id = ?"
)
_REPLACE_ARTICLE = (
    f"UPDATE articles SET {', '.join(f'{name} = ?' for name in ARTICLE_FIELDS[1:])}, "
    "content_hash = ?, text_hash = ? WHERE id = ?"
)
_INSERT_VERSION = (
    f"INSERT INTO article_versions (article_id, {_KEPT}, replaced_at) "
    f"VALUES ({', '.join('?' * (len(ARTICLE_FIELDS) + 3))})"
)
SELECT_ALL_VERSIONS = (
    f"SELECT article_id, {_COLUMNS.partition(', ')[2]}, content_hash FROM article_versions"
)
SELECT_VERSIONS = f"{SELECT_ALL_VERSIONS} WHERE article_id = ? ORDER BY number"
PASSAGE_COLUMNS = 'id, article_id, ordinal, start, "end", terms, crc32'
SELECT_PASSAGE = f"SELECT {PASSAGE_COLUMNS} FROM passages"
_INSERT_PASSAGE = (
    f"INSERT INTO passages (number, {PASSAGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_VECTOR = "INSERT INTO vectors (passage, vector, crc32) VALUES (?, ?, ?)"
_WITH_VECTORS = (
    f"SELECT {PASSAGE_COLUMNS.replace('crc32', 'passages.crc32')}, vector, vectors.crc32 "
    "FROM passages JOIN vectors ON passage = passages.number"
)
_PASSAGES_WITH_VECTORS = f"{_WITH_VECTORS} WHERE article_id = ? ORDER BY ordinal"
SELECT_WITH_VECTOR = f"{_WITH_VECTORS} WHERE id = ?"
"""A passage's row and its vector: the row's sum shows whether an index led to another passage."""

PassageRow = tuple[str, str, int, int, int, int, int]
"""A row of `SELECT_PASSAGE`: the passage's own fields, its number of terms, its CRC-32."""


def content_hash(article: Article) -> str:
    """SHA-256 of text and metadata: equal only for articles that are equal in every field."""
    values = {name: _value(article, name) for name in ARTICLE_FIELDS}
    told: list[object] = [value for name, value in values.items() if name not in _LATER]
    later = {name: values[name] for name, empty in _LATER.items() if values[name] != empty}
    if later:
        told.append(later)
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def text_hash(article: Article) -> str:
    """SHA-256 of the text alone, white space aside: equal for the same text from two sources."""
    return hashlib.sha256(" ".join(article.text.split()).encode()).hexdigest()


def insert_article(
    connection: sqlite3.Connection, article: Article, group_id: str | None = None
) -> None:
    """Adds an article that is not there, to a group of copies or to one of its own."""
    values = [_value(article, name) for name in ARTICLE_FIELDS]
    hashes = (content_hash(article), text_hash(article))
    connection.execute(_INSERT_ARTICLE, (*values, *hashes, group_id or article.id, _now()))


def replace_article(
    connection: sqlite3.Connection, article: Article, *, as_version: bool = False
) -> None:
    """Changes an article that is there; its group, its place and its passages stay as they are.

    Args:
        connection: inside a transaction.
        article: as it shall be; its id says which.
        as_version: whether it is a later version, so that it counts as added now.
    """
    values = [_value(article, name) for name in ARTICLE_FIELDS[1:]]
    hashes = (content_hash(article), text_hash(article))
    connection.execute(_REPLACE_ARTICLE, (*values, *hashes, article.id))
    if as_version:
        connection.execute("UPDATE articles SET added_at = ? WHERE id = ?", (_now(), article.id))


def keep_version(connection: sqlite3.Connection, article_id: str) -> None:
    """Copies an article to the previous versions, before it is replaced."""
    connection.execute(_KEEP_VERSION, (_now(), article_id))


def insert_version(connection: sqlite3.Connection, article: Article) -> None:
    """Adds what an article said before the version that is there, and which came only now."""
    values = [_value(article, name) for name in ARTICLE_FIELDS[1:]]
    now = _now()
    connection.execute(_INSERT_VERSION, (article.id, *values, content_hash(article), now, now))


def known_ids(connection: sqlite3.Connection, article_ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the ids that articles of the library have."""
    query = "SELECT 1 FROM articles WHERE id = ?"
    return tuple(one for one in article_ids if connection.execute(query, (one,)).fetchone())


def delete_article(connection: sqlite3.Connection, article_id: str) -> None:
    """Removes an article, its passages and its vectors, but not its earlier versions."""
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def mark_by_hand(connection: sqlite3.Connection, article_id: str, *, by_hand: bool) -> None:
    """Notes whether an article's mark as withdrawn was set by a person, not by its metadata."""
    connection.execute("DELETE FROM withdrawn_by_hand WHERE article_id = ?", (article_id,))
    if by_hand:
        connection.execute("INSERT INTO withdrawn_by_hand (article_id) VALUES (?)", (article_id,))


def delete_passages(connection: sqlite3.Connection, article_id: str) -> None:
    """Removes the passages and vectors of an article that stays."""
    connection.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))


def embedded_passages(
    connection: sqlite3.Connection, article: Article, dimensions: int, folder: Path
) -> list[tuple[str, Vectors]]:
    """The embedded texts of an article's passages, with their vectors of shape (dimensions,).

    Raises:
        LibraryDamaged: a passage or a vector is not what was stored.
    """
    found = connection.execute(_PASSAGES_WITH_VECTORS, (article.id,)).fetchall()
    return [
        (
            embedded_text(article, to_passage(tuple(row), folder)),
            to_vector(blob, crc32, dimensions, folder),
        )
        for *row, blob, crc32 in found
    ]


def delete_versions(connection: sqlite3.Connection, article_id: str) -> None:
    """Removes what an article said before."""
    connection.execute("DELETE FROM article_versions WHERE article_id = ?", (article_id,))


def insert_passages(
    connection: sqlite3.Connection,
    passages: Sequence[Passage],
    texts: Sequence[str],
    vectors: Vectors,
) -> None:
    """Adds the passages of an article that is there.

    Args:
        connection: inside a transaction.
        passages: n of them.
        texts: their n embedded texts, of which the lexical terms are counted.
        vectors: shape (n, dimensions).
    """
    reader = TermReader()
    for passage, text, vector in zip(passages, texts, vectors, strict=True):
        number = insert_passage(connection, passage, len(reader.terms(text)))
        blob = vector.astype("<f4").tobytes()
        connection.execute(_INSERT_VECTOR, (number, blob, zlib.crc32(blob)))


def insert_passage(
    connection: sqlite3.Connection, passage: Passage, terms: int, number: int | None = None
) -> int:
    """Adds a passage of so many terms without its vector; returns its number, the next if None."""
    row = passage_row(passage, terms)
    return int(connection.execute(_INSERT_PASSAGE, (number, *row)).lastrowid or 0)


def renumber(connection: sqlite3.Connection, article_id: str) -> None:
    """Gives the passages of an article new numbers, and leaves all else of them as it is.

    Call it in the transaction that changes an article's outlet, day, group or withdrawal and
    keeps its passages: the indexes then take them for new ones and see what has changed.
    """
    stored = connection.execute(
        f"SELECT {PASSAGE_COLUMNS.replace('crc32', 'passages.crc32')}, vector, vectors.crc32 "
        "FROM passages JOIN vectors ON passage = passages.number WHERE article_id = ? "
        "ORDER BY ordinal",
        (article_id,),
    ).fetchall()
    connection.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
    for *row, blob, crc32 in stored:
        number = connection.execute(_INSERT_PASSAGE, (None, *row)).lastrowid
        connection.execute(_INSERT_VECTOR, (number, blob, crc32))


def to_article(row: Sequence[str | None], folder: Path) -> Article:
    """The article of a row of `SELECT_ARTICLE` or `SELECT_VERSIONS`.

    Raises:
        LibraryDamaged: the row is not what was written: SQLite has no checksum of its own.
    """
    *values, stored = row
    named = dict(zip(ARTICLE_FIELDS, values, strict=True))
    try:
        dates = {name: date.fromisoformat(text) for name in _DATES if (text := named[name])}
        dropped = tuple(json.loads(named["dropped"] or ""))
    except ValueError as error:
        raise damaged(folder, f"article {named['id']}: {error}") from error
    article = Article(**{**named, **dates, "dropped": dropped})  # type: ignore[arg-type]
    if content_hash(article) != stored:
        raise damaged(folder, f"article {article.id} is not what was stored")
    return article


def passage_row(passage: Passage, terms: int) -> PassageRow:
    """The row that stores a passage, with the CRC-32 of all else that it holds."""
    values = (
        passage.id, passage.article_id, passage.ordinal, passage.start, passage.end, terms
    )  # fmt: skip
    return (*values, zlib.crc32(json.dumps(values).encode()))


def to_passage(row: PassageRow, folder: Path) -> Passage:
    """The passage of a row of `SELECT_PASSAGE`.

    Raises:
        LibraryDamaged: the row is not what was written.
    """
    *fields_of_passage, terms, crc32 = row
    passage = Passage(*fields_of_passage)  # type: ignore[arg-type]
    if passage_row(passage, terms)[-1] != crc32:
        raise damaged(folder, f"passage {passage.id} is not what was stored")
    return passage


def to_vector(blob: bytes, crc32: int, dimensions: int, folder: Path) -> Vectors:
    """The vector of a row of `vectors`, shape (dimensions,).

    Raises:
        LibraryDamaged: the row is not what was written.
    """
    if zlib.crc32(blob) != crc32 or len(blob) != 4 * dimensions:
        raise damaged(folder, "a vector is not what was stored")
    return np.frombuffer(blob, dtype="<f4").astype(np.float32)


def _value(article: Article, name: str) -> str | None:
    value: str | date | tuple[str, ...] | None = getattr(article, name)
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

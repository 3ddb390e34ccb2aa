"""What a library holds, in figures."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from embeddings.store.figures import EXTRACTOR
from embeddings.store.storage import load_fingerprint

_COUNTS = """
SELECT
    (SELECT count(*) FROM articles),
    (SELECT count(*) FROM passages),
    (SELECT count(*) FROM articles WHERE published IS NULL),
    (SELECT count(*) FROM article_versions),
    (SELECT count(*) FROM figures),
    (SELECT count(*) FROM articles) - (SELECT count(*) FROM figure_readings WHERE extractor >= ?),
    (SELECT count(DISTINCT outlet) FROM articles),
    (SELECT min(published) FROM articles),
    (SELECT max(published) FROM articles),
    embedder,
    generation
FROM state
"""


@dataclass(frozen=True, slots=True)
class LibraryStats:
    """What a library holds.

    Attributes:
        articles, passages: how many.
        undated: articles without a day of publication.
        versions: earlier versions of articles that were replaced.
        figures: how many of those that its articles tell are kept beside them.
        unread: articles whose figures are not kept, or were found by an older version of
            Dateline: they are read whenever they are asked for, until something is added next.
            In Milvus all of them, for good.
        outlets: how many different outlets are named.
        first, last: the earliest and latest day of publication.
        embedder: the URI of the embedder that made its vectors.
        dimensions: length of one vector.
        generation: how often what is searched has changed.
        size: bytes on disk, index files included.
    """

    articles: int
    passages: int
    undated: int
    versions: int
    figures: int
    unread: int
    outlets: int
    first: date | None
    last: date | None
    embedder: str
    dimensions: int
    generation: int
    size: int


def count(connection: sqlite3.Connection, folder: Path) -> LibraryStats:
    """The figures of the library that the connection leads to."""
    (
        articles, passages, undated, versions, figures, unread, outlets, first, last, embedder,
        generation,
    ) = connection.execute(_COUNTS, (EXTRACTOR,)).fetchone()  # fmt: skip
    fingerprint = load_fingerprint(embedder)
    return LibraryStats(
        articles=articles,
        passages=passages,
        undated=undated,
        versions=versions,
        figures=figures,
        unread=unread,
        outlets=outlets,
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last) if last else None,
        embedder=fingerprint.name,
        dimensions=fingerprint.dimensions,
        generation=generation,
        size=sum(map(_size, folder.rglob("*"))),
    )


def _size(path: Path) -> int:
    """Bytes of a file; none for a folder, or for a file that a writer has just replaced."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0

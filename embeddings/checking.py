"""Reads all of a library and compares it with its checksums, for `dateline doctor`."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from embeddings.index.stored import read_passages
from embeddings.store import figures
from embeddings.store.derived import INDEX_FOLDER, broken, load
from embeddings.store.rows import SELECT_ALL_VERSIONS, SELECT_ARTICLE, to_article, to_vector
from embeddings.store.storage import check_all, damaged

_LAST = 2**63 - 1


def check(connection: sqlite3.Connection, folder: Path, dimensions: int) -> list[str]:
    """Looks at every page, article, version, passage, vector and figure, and every index file.

    Returns:
        The names of index files that are missing or damaged. The library does not depend on
        them: they are made anew when it is next searched.

    Raises:
        LibraryDamaged: something in the SQLite file is not what was stored.
    """
    check_all(connection, folder)
    for row in connection.execute(SELECT_ALL_VERSIONS):
        to_article(row, folder)
    for row in connection.execute(SELECT_ARTICLE):
        figures.check(connection, folder, to_article(row, folder))
    passages = terms = 0
    for stored in read_passages(connection, folder, 0, _LAST):
        passages += 1
        terms += stored.length
    vectors = 0
    for blob, crc32 in connection.execute(
        "SELECT vector, vectors.crc32 FROM vectors JOIN passages ON number = passage"
    ):
        to_vector(blob, crc32, dimensions, folder)
        vectors += 1
    if vectors != passages:
        raise damaged(folder, f"{passages} passages have {vectors} vectors")
    told = connection.execute("SELECT passages, terms FROM state").fetchone()
    if told != (passages, terms):
        raise damaged(folder, f"it should hold (passages, terms) {told}: {(passages, terms)}")
    record = load(connection)
    return broken(folder / INDEX_FOLDER, record.files) if record else []

"""Files that can always be made again from the library's SQLite file, and the record of them there.

A file is written whole or not at all (write beside, flush to disk, rename), has a name of its own
for ever, and is never changed. Its size and SHA-256 stand in SQLite. A file that is missing, cut
short or changed by one bit is as if it had never been: FAISS itself would read a zeroed block as
vectors and give wrong hits in silence.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sqlite3
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INDEX_FOLDER = "indexes"

_BASE = "base-1"
"""Name of the one row of `derived`. Raise the figure when what the files hold changes its meaning
(their layout, or the terms that `embeddings.terms` reads): files of another figure are passed
over."""

_FRESH = ".new"
_OURS = re.compile(
    rf"(?:facets|lexical|vectors)-[0-9a-f]{{12}}(?:{re.escape(_FRESH)})?"
    # The names that a library of schema 1 used.
    r"|(?:lexical|vectors)-\d+\.index(?:\.\d+\.new)?"
)
_STRAY_SECONDS = 3600.0
# SHA-256 ran at 1.0 to 1.5 GB/s a core where it was measured; the file is read in pieces so that
# a thread of its own holds little memory.
_PIECE = 1 << 20
_THREADS = 2


@dataclass(frozen=True, slots=True)
class DerivedFile:
    """What SQLite remembers of a derived file.

    Attributes:
        path: its name in the folder of indexes.
        size: bytes.
        sha256: of its bytes, hexadecimal.
    """

    path: str
    size: int
    sha256: str

    @property
    def holds(self) -> str:
        """'facets', 'lexical' or 'vectors'."""
        return self.path.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Record:
    """What SQLite remembers of a base: which passages it covers, and the files that make it up.

    Attributes:
        generation: the library's generation that it was made at.
        kind: of the vector index: `vector_kinds.Kind.factory`.
        upto: it covers the passages that were numbered up to this.
        removed_upto: and knows of the removals that `removed` numbers up to this.
        files: in the order in which they are read; lexical segments by their first passage.
    """

    generation: int
    kind: str
    upto: int
    removed_upto: int
    files: tuple[DerivedFile, ...]

    def of(self, holds: str) -> tuple[DerivedFile, ...]:
        """The files that hold 'facets', 'lexical' or 'vectors'."""
        return tuple(file for file in self.files if file.holds == holds)


class Writing:
    """A derived file while it is written; `file` tells of it once it is whole."""

    def __init__(self, folder: Path, holds: str) -> None:
        self._target = folder / f"{holds}-{secrets.token_hex(6)}"
        self._fresh = self._target.with_name(f"{self._target.name}{_FRESH}")
        self._stream = self._fresh.open("wb")
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes | memoryview) -> None:
        """Adds bytes at the end.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        self._stream.write(data)
        self._digest.update(data)
        self._size += len(data) if isinstance(data, bytes) else data.nbytes

    @property
    def file(self) -> DerivedFile:
        """What SQLite must remember of it."""
        return DerivedFile(self._target.name, self._size, self._digest.hexdigest())

    def keep(self) -> None:
        """Makes it outlast a loss of power, and gives it its name."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._fresh.replace(self._target)
        flush_folder(self._target.parent)

    def drop(self) -> None:
        """Leaves nothing of it."""
        try:
            self._stream.close()
        finally:
            self._fresh.unlink(missing_ok=True)


@contextmanager
def writing(folder: Path, holds: str) -> Iterator[Writing]:
    """A new derived file in a folder of indexes: all of it after the block, or none.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    folder.mkdir(exist_ok=True)
    out = Writing(folder, holds)
    try:
        yield out
        out.keep()
    except BaseException:
        out.drop()
        raise


def is_whole(folder: Path, file: DerivedFile) -> bool:
    """Whether a file is there and holds what was written, to the last bit."""
    digest, size = hashlib.sha256(), 0
    try:
        with (folder / file.path).open("rb", buffering=0) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError:
        return False
    return size == file.size and digest.hexdigest() == file.sha256


def broken(folder: Path, files: Collection[DerivedFile]) -> list[str]:
    """The names of those files that are missing or not what was written; reads all of them."""
    largest_first = sorted(files, key=lambda file: -file.size)
    with ThreadPoolExecutor(_THREADS) as pool:
        whole = list(pool.map(lambda file: is_whole(folder, file), largest_first))
    return [file.path for file, good in zip(largest_first, whole, strict=True) if not good]


def load(connection: sqlite3.Connection) -> Record | None:
    """The record of the base that the library has, if it has one."""
    row = connection.execute(
        "SELECT generation, kind, upto, removed_upto FROM derived WHERE name = ?", (_BASE,)
    ).fetchone()
    if row is None:
        return None
    files = connection.execute(
        "SELECT path, size, sha256 FROM derived_files WHERE name = ? ORDER BY rowid", (_BASE,)
    )
    generation, kind, upto, removed_upto = row
    named = tuple(DerivedFile(*file) for file in files)
    return Record(generation, kind, upto, removed_upto, named)


def replace(connection: sqlite3.Connection, record: Record, earlier: Record | None) -> bool:
    """Makes a base the library's, in one transaction, if `earlier` still is.

    Returns:
        False when another process was quicker.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        standing = load(connection) == earlier
        if standing:
            connection.execute("DELETE FROM derived")
            connection.execute(
                "INSERT INTO derived (name, generation, kind, upto, removed_upto) "
                "VALUES (?, ?, ?, ?, ?)",
                (_BASE, record.generation, record.kind, record.upto, record.removed_upto),
            )
            connection.executemany(
                "INSERT INTO derived_files (name, path, size, sha256) VALUES (?, ?, ?, ?)",
                [(_BASE, file.path, file.size, file.sha256) for file in record.files],
            )
            connection.execute("DELETE FROM removed WHERE number <= ?", (record.removed_upto,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return standing


def sweep(folder: Path, keep: Collection[DerivedFile]) -> None:
    """Removes derived files other than these, and what an interrupted writing left.

    Keep the files of the base before as well: a reader that is just opening it finds them.
    """
    kept = {file.path for file in keep}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name in kept or not _OURS.fullmatch(path.name):
            continue
        if path.name.endswith(_FRESH) and _age(path) < _STRAY_SECONDS:
            continue
        path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def flush_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""The library's truth: one SQLite file, and how it is made, opened and checked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from corpus.errors import (
    DatelineError,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    NotALibrary,
    NotInLibrary,
)
from embeddings.embedders.embedder import EmbedderFingerprint
from embeddings.store.derived import flush_folder
from embeddings.store.schema import SCHEMA, SCHEMA_VERSION

FILE_NAME = "library.sqlite3"

APPLICATION_ID = 0x4461746C
"""'Datl', in the header of the SQLite file: tells a library from any other SQLite file."""

BUSY_SECONDS = 30.0
"""How long one transaction waits for another process's. A commit takes far less; a writer that
stays longer is known by its lock, not by waiting."""

PAGES_CHECKED = 64 << 20
"""Bytes of the SQLite file up to which every page is looked at when a library is opened."""

# Of every SQLite file: https://www.sqlite.org/fileformat2.html#the_database_header
_HEADER_BYTES = 100


def create(folder: Path, fingerprint: EmbedderFingerprint) -> None:
    """Makes an empty library's SQLite file in an existing folder, whole or not at all."""
    target = folder / FILE_NAME
    fresh = folder / f"{FILE_NAME}.new"
    for leftover in folder.glob(f"{FILE_NAME}.new*"):
        leftover.unlink()
    with translated(folder), closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN;{SCHEMA};COMMIT;")
        connection.execute(
            "INSERT INTO state (id, generation, embedder) VALUES (1, 0, ?)",
            (dump_fingerprint(fingerprint),),
        )
    fresh.replace(target)
    flush_folder(folder)


def recognise(folder: Path) -> None:
    """Looks at the header of the SQLite file.

    It is read through SQLite and never by opening the file here: a process that closes a file
    loses every POSIX lock that it holds on it, its own connections' among them, and then another
    process may take the library for unused and remove its log
    (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).

    Raises:
        NotALibrary: there is no such file, or it belongs to another application.
        LibraryDamaged: it is no SQLite file (any more).
    """
    file = folder / FILE_NAME
    if not file.is_file():
        raise not_a_library(folder)
    if file.stat().st_size < _HEADER_BYTES:
        raise damaged(folder, "its SQLite header is gone")
    with translated(folder), closing(_open(folder)) as connection:
        try:
            (found,) = connection.execute("PRAGMA application_id").fetchone()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
                raise damaged(folder, "its SQLite header is gone") from error
            raise
    if found != APPLICATION_ID:
        raise not_a_library(folder)


def _open(folder: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str((folder / FILE_NAME).absolute()))}?mode=rw"
    return sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
    )


def connect(folder: Path) -> sqlite3.Connection:
    """A connection to a library that `recognise` has let pass; made by `create`, never by this.

    It commits by itself unless a transaction is begun, and may be used by several threads, one at
    a time.
    """
    connection = _open(folder)
    connection.execute("PRAGMA foreign_keys = ON")
    # In WAL mode FULL means that a commit which has returned survives a loss of power.
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def check_pages(connection: sqlite3.Connection, folder: Path) -> None:
    """Looks at the structure of every page of a small file, whenever a library is opened.

    A file of more than `PAGES_CHECKED` bytes would take too long. There each article, passage and
    vector is still checked by its own sum when it is read, their number whenever the library has
    changed, and every page by `check_all`.

    Raises:
        LibraryDamaged: SQLite would give wrong rows, or fewer, without saying so.
    """
    if (folder / FILE_NAME).stat().st_size > PAGES_CHECKED:
        return
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(folder, str(verdict))


def check_all(connection: sqlite3.Connection, folder: Path) -> None:
    """Looks at structure, indexes and references of every row.

    Raises:
        LibraryDamaged: something does not agree.
    """
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(folder, str(verdict))
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise damaged(folder, f"a row of {orphan[0]} belongs to nothing")


@contextmanager
def transaction(connection: sqlite3.Connection, folder: Path) -> Iterator[None]:
    """One change to what is searched: all of it or none, and the generation goes up by one."""
    with unsearched(connection, folder):
        yield
        connection.execute("UPDATE state SET generation = generation + 1")


@contextmanager
def unsearched(connection: sqlite3.Connection, folder: Path) -> Iterator[None]:
    """One change to what no search looks at: all of it or none."""
    with translated(folder):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turns what SQLite says of the file or the disk into Dateline's errors."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.DatabaseError as error:
        raise _translate(error, folder) from error
    except UnicodeDecodeError as error:
        # SQLite's own message quotes a damaged schema, in bytes that are no text.
        raise damaged(folder, "its schema is no text") from error


def _translate(error: sqlite3.DatabaseError, folder: Path) -> DatelineError:
    # The lower byte is the primary code; the rest says more of the same.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryLocked(
            "another process keeps the library's SQLite file busy",
            where=folder,
            next_step="close other programs that have opened it, then try again",
        )
    if code == sqlite3.SQLITE_FULL:
        return LibraryError(
            "the disk is full; what was committed before is safe",
            where=folder,
            next_step="free some space, then run the same command again: it goes on from there",
        )
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
                sqlite3.SQLITE_PERM):  # fmt: skip
        return LibraryError(
            f"the library's SQLite file cannot be read or written: {error}",
            where=folder,
            next_step="check the folder's permissions and the disk",
        )
    return damaged(folder, str(error))


def damaged(folder: Path, why: str) -> LibraryDamaged:
    """The error for a file that cannot be trusted."""
    return LibraryDamaged(
        f"the library's SQLite file is damaged: {why}",
        where=folder / FILE_NAME,
        next_step="put a copy of the folder back from a backup, or make a new library from the "
        "articles: dateline index PATH… --library NEW_FOLDER",
    )


def unknown(
    connection: sqlite3.Connection, folder: Path, kind: Literal["article", "passage"], name: str
) -> LibraryError:
    """The error for an id under which nothing was found: that it is not there, or cannot be seen.

    A damaged index hides a row that its table has, so all rows are looked at. That takes 0.1 s
    for a million of them, and an id that is not there is seldom asked for.
    """
    hidden = connection.execute(
        f"SELECT 1 FROM {kind}s NOT INDEXED WHERE id = ?", (name,)
    ).fetchone()
    if hidden is not None:
        return damaged(folder, f"{kind} {name} is missing from an index")
    return NotInLibrary(
        f"there is no {kind} {name} in the library",
        where=folder,
        next_step="it may have been replaced or deleted since it was found; search again",
    )


def not_a_library(folder: Path) -> NotALibrary:
    """The error for a path that exists and is something else."""
    return NotALibrary(
        "there is something here, but no Dateline library; nothing was written",
        where=folder,
        next_step="name another folder: dateline index PATH… --library NEW_FOLDER",
    )


def dump_fingerprint(fingerprint: EmbedderFingerprint) -> str:
    """As it stands in `state`."""
    return json.dumps(asdict(fingerprint), sort_keys=True)


def load_fingerprint(text: str) -> EmbedderFingerprint:
    """What `dump_fingerprint` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        return EmbedderFingerprint(**json.loads(text))
    except (TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"not a fingerprint: {error}") from error

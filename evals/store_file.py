"""The file of a run store: how it is known, made and opened, and what its errors come to."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import EvalError

APPLICATION_ID = 0x44617472
"""'Datr', in the header of the SQLite file: tells a run store from any other SQLite file."""

SCHEMA_VERSION = 1

BUSY_SECONDS = 30.0
"""How long one commit waits for another process's, which takes milliseconds."""

_PAUSE = 0.02
"""Seconds between two tries to make a store that another process is just making."""

_MAGIC = b"SQLite format 3\0"
# Offset in the header of every SQLite file: https://www.sqlite.org/fileformat2.html#the_database_header
_APPLICATION_ID_AT = 68
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    suite TEXT NOT NULL,
    system TEXT NOT NULL,
    items INTEGER NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    fingerprint TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS items (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    item TEXT NOT NULL,
    payload BLOB NOT NULL,
    UNIQUE (run, item)
) STRICT;
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""


def connect(file: Path) -> sqlite3.Connection:
    """A connection to a store, which is made where nothing is. It commits by itself unless a
    transaction is begun, and may be used by several threads, one at a time.

    Raises:
        EvalError: it is no run store, made by a newer Dateline, or cannot be used.
    """
    with told(file):
        _recognise(file)
        connection = sqlite3.connect(
            file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare_in_turn(connection, file)
        except BaseException:
            connection.close()
            raise
    return connection


def _recognise(file: Path) -> None:
    """Look at the header before SQLite does: a foreign file must not be changed in any way."""
    if not file.exists() or (file.is_file() and file.stat().st_size == 0):
        file.parent.mkdir(parents=True, exist_ok=True)
        return
    with file.open("rb") as stream:
        header = stream.read(_APPLICATION_ID_AT + 4)
    found = int.from_bytes(header[_APPLICATION_ID_AT:], "big")
    if not header.startswith(_MAGIC) or found != APPLICATION_ID:
        raise EvalError(
            "this file is no store of runs; nothing was written",
            where=file,
            next_step="name another file with --store; one that is not there yet is made",
        )


def _prepare_in_turn(connection: sqlite3.Connection, file: Path) -> None:
    # SQLite's own waiting does not cover the change to WAL, which two processes that make one
    # store may want at once. Every step can be taken again.
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _prepare(connection, file)
        except sqlite3.OperationalError as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
        time.sleep(_PAUSE)


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    # First of all, so that a store whose making was interrupted is known for one.
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > SCHEMA_VERSION:
        raise EvalError(
            f"the store has schema {found}; this Dateline knows schemas up to {SCHEMA_VERSION}",
            where=file,
            next_step="update Dateline, or name another file with --store",
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # A kill cannot undo a commit in WAL mode. A loss of power may undo the last ones; they are
    # then asked again, which costs less than flushing the disk after every item.
    connection.execute("PRAGMA synchronous = NORMAL")
    if found < SCHEMA_VERSION:
        connection.executescript(_SCHEMA)


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into an EvalError."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except (sqlite3.DatabaseError, OSError) as error:
        raise EvalError(
            f"the store of runs cannot be used: {error}",
            where=file,
            next_step="check the disk and its permissions, or name another file with --store",
        ) from error

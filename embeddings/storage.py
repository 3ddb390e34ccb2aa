"""The library's truth: one SQLite file, its schema, and how it is made, opened and checked.

Tables: `articles` (what is searched), `article_versions` (what an article said before it was
replaced), `passages` and `vectors` (what is found), `state` (one row: generation and embedder),
`derived` (which index files were made from which generation). The generation is raised in every
transaction that changes what is searched, so that a reader knows its indexes to be stale.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from corpus.errors import (
    DatelineError,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    NotALibrary,
    SchemaMismatch,
)
from embeddings.derived import flush_folder
from embeddings.embedder import EmbedderFingerprint

FILE_NAME = "library.sqlite3"

APPLICATION_ID = 0x4461746C
"""'Datl', in the header of the SQLite file: tells a library from any other SQLite file."""

SCHEMA_VERSION = 1

MIGRATIONS: Mapping[int, str] = {}
"""Schema version → the SQL that brings a library of that version to the next one."""

BUSY_SECONDS = 30.0
"""How long one transaction waits for another process's. A commit takes far less; a writer that
stays longer is known by its lock, not by waiting."""

_MAGIC = b"SQLite format 3\0"
# Offsets in the header of every SQLite file: https://www.sqlite.org/fileformat2.html#the_database_header
_APPLICATION_ID_AT = 68
_HEADER_BYTES = 100

SCHEMA = """
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    embedder TEXT NOT NULL
) STRICT;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    dated_by TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    updated TEXT,
    url TEXT,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_text ON articles (text_hash);
CREATE TABLE article_versions (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    dated_by TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    updated TEXT,
    url TEXT,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    added_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_article ON article_versions (article_id);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX passages_by_article ON passages (article_id, ordinal);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (number) ON DELETE CASCADE,
    vector BLOB NOT NULL,
    crc32 INTEGER NOT NULL
) STRICT;
CREATE TABLE derived (
    name TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL
) STRICT;
"""


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
    """Looks at the first 100 bytes of the SQLite file, and touches nothing.

    Raises:
        NotALibrary: there is no such file, or it belongs to another application.
        LibraryDamaged: it is no SQLite file (any more).
    """
    file = folder / FILE_NAME
    if not file.is_file():
        raise not_a_library(folder)
    with file.open("rb") as stream:
        header = stream.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise damaged(folder, "its SQLite header is gone")
    found = int.from_bytes(header[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big")
    if found != APPLICATION_ID:
        raise not_a_library(folder)


def connect(folder: Path) -> sqlite3.Connection:
    """A connection to a library that `recognise` has let pass; made by `create`, never by this.

    It commits by itself unless a transaction is begun, and may be used by several threads, one at
    a time.
    """
    uri = f"file:{quote(str((folder / FILE_NAME).absolute()))}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
    )
    connection.execute("PRAGMA foreign_keys = ON")
    # In WAL mode FULL means that a commit which has returned survives a loss of power.
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def check_schema(connection: sqlite3.Connection, folder: Path) -> bool:
    """True when the schema is this version's, False when it can be migrated to it.

    Raises:
        SchemaMismatch: it is newer, or older without a migration.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found == SCHEMA_VERSION:
        return True
    if found > SCHEMA_VERSION:
        raise SchemaMismatch(
            f"the library has schema {found}; this Dateline knows schemas up to {SCHEMA_VERSION}",
            where=folder,
            next_step="update Dateline, or open the library with the version that made it",
        )
    if any(version not in MIGRATIONS for version in range(found, SCHEMA_VERSION)):
        raise SchemaMismatch(
            f"the library has schema {found}, which this Dateline (schema {SCHEMA_VERSION}) "
            "cannot bring up to date",
            where=folder,
            next_step="make a new library from the articles: dateline index PATH… --library "
            "NEW_FOLDER",
        )
    return False


def check_pages(connection: sqlite3.Connection, folder: Path) -> None:
    """Looks at the structure of every page, quickly enough to do it whenever a library is opened.

    Raises:
        LibraryDamaged: SQLite would give wrong rows, or fewer, without saying so.
    """
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


def migrate(connection: sqlite3.Connection) -> None:
    """Brings an older schema up to this one, in one transaction. Needs the writer's lock."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    steps = "".join(MIGRATIONS[version] for version in range(found, SCHEMA_VERSION))
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;{steps};PRAGMA user_version = {SCHEMA_VERSION};COMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def transaction(connection: sqlite3.Connection, folder: Path) -> Iterator[None]:
    """One change to what is searched: all of it or none, and the generation goes up by one."""
    with translated(folder):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("UPDATE state SET generation = generation + 1")
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

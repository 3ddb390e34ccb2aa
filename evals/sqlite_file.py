"""A SQLite file of one kind: known by its header, made where nothing is, never taken for another.

A foreign file is recognised before SQLite opens it, so that nothing of it is changed; two
processes that make one file at the same time do no harm.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DatelineError

BUSY_SECONDS = 30.0
"""How long one commit waits for another process's, which takes milliseconds."""

_PAUSE = 0.02
"""Seconds between two tries to make a file that another process is just making."""

_MAGIC = b"SQLite format 3\0"
# Offset in the header of every SQLite file: https://www.sqlite.org/fileformat2.html#the_database_header
_APPLICATION_ID_AT = 68


@dataclass(frozen=True, slots=True)
class FileKind:
    """What is kept in such a file, and how that is told.

    Attributes:
        application_id: in the header of the file: tells it from any other SQLite file.
        version: of the schema, counted up when it changes.
        schema: the statements that make it, each of which may be taken again.
        error: what is raised.
        name: 'the store of runs'; begins what is said of it.
        foreign: what is said of a file that is something else.
        instead: what a reader can do where this file cannot be used.
        is_private: whether only its user may read it.
    """

    application_id: int
    version: int
    schema: str
    error: type[DatelineError]
    name: str
    foreign: str
    instead: str
    is_private: bool = False

    def connect(self, file: Path) -> sqlite3.Connection:
        """A connection to the file, which is made where nothing is. It commits by itself unless a
        transaction is begun, and may be used by several threads, one at a time.

        Raises:
            DatelineError: of `error`: it is another file, made by a newer Dateline, or unusable.
        """
        with self.told(file):
            self._recognise(file)
            connection = sqlite3.connect(
                file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare_in_turn(connection, file)
            except BaseException:
                connection.close()
                raise
        return connection

    @contextmanager
    def told(self, file: Path) -> Iterator[None]:
        """Turn what SQLite and the disk say into an error of this kind."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            raise self.error(
                f"{self.name} cannot be used: {error}",
                where=file,
                next_step=f"check the disk and its permissions, or {self.instead}",
            ) from error

    def _recognise(self, file: Path) -> None:
        """Look at the header before SQLite does: a foreign file must not be changed in any way."""
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if self.is_private else 0o777)
            # Made first, so that nobody else on this machine can read what will be in it.
            if self.is_private:
                file.touch(mode=0o600)
            return
        if file.is_file() and file.stat().st_size == 0:
            return
        with file.open("rb") as stream:
            header = stream.read(_APPLICATION_ID_AT + 4)
        found = int.from_bytes(header[_APPLICATION_ID_AT:], "big")
        if not header.startswith(_MAGIC) or found != self.application_id:
            raise self.error(
                f"{self.foreign}; nothing was written",
                where=file,
                next_step=f"{self.instead}; one that is not there yet is made",
            )

    def _prepare_in_turn(self, connection: sqlite3.Connection, file: Path) -> None:
        # SQLite's own waiting does not cover the change to WAL, which two processes that make one
        # file may want at once. Every step can be taken again.
        patience = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return self._prepare(connection, file)
            except sqlite3.OperationalError as error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > patience:
                    raise
            time.sleep(_PAUSE)

    def _prepare(self, connection: sqlite3.Connection, file: Path) -> None:
        # First of all, so that a file whose making was interrupted is known for what it is.
        if connection.execute("PRAGMA application_id").fetchone() != (self.application_id,):
            connection.execute(f"PRAGMA application_id = {self.application_id}")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found > self.version:
            raise self.error(
                f"{self.name} has schema {found}; this Dateline knows schemas up to {self.version}",
                where=file,
                next_step=f"update Dateline, or {self.instead}",
            )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        # A kill cannot undo a commit in WAL mode. A loss of power may undo the last ones, which
        # costs less than flushing the disk after each.
        connection.execute("PRAGMA synchronous = NORMAL")
        if found < self.version:
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{self.schema}\nPRAGMA user_version = {self.version};\nCOMMIT;"
            )

"""One writer at a time, as well as Milvus can hold it.

Milvus has no compare-and-set. A writer adds a row that says who it is, then reads all of them
(consistency 'Strong'), and goes on only if it sees no other: of two who do so at the same time at
least one sees the other and steps back, perhaps both. The row is renewed while the writer works
and lapses by itself when its process is gone; on the same machine a dead process is known at once.

What this does not hold: a writer that stands still for longer than `LEASE_SECONDS`, between the
look at its lease and its commit, may commit beside the next one. Both then make a commit of the
same number, and every reader refuses the library from there (LibraryDamaged) instead of guessing.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.errors import LibraryError, LibraryLocked
from embeddings.milvus.client import Client, Row
from embeddings.milvus.filters import one_of
from embeddings.milvus.names import Names
from embeddings.milvus.schema import UNUSED

LEASE_SECONDS = 90.0
"""How long a lease lasts after it was renewed. Machines whose clocks differ by more than the half
of it may take each other's lease for lapsed."""

_RENEW_SECONDS = LEASE_SECONDS / 6
_FIELDS = ("key", "host", "pid", "until")


class Lease:
    """The right to write to a library, held by at most one thread of one process."""

    def __init__(self, client: Client, names: Names) -> None:
        self._client = client
        self._collection = names.leases
        self._threads = threading.Lock()
        self.writer = ""
        """Who writes: changes with every time that the lease is taken."""
        self._until = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Holds the lease for the block.

        Raises:
            LibraryLocked: at once, when another thread, process or machine holds it.
        """
        if not self._threads.acquire(blocking=False):
            raise self._refusal({"host": socket.gethostname(), "pid": os.getpid()})
        try:
            self._take()
            done = threading.Event()
            renewing = threading.Thread(target=self._keep, args=(done,), daemon=True)
            renewing.start()
            try:
                yield
            finally:
                done.set()
                renewing.join()
                self._client.delete(self._collection, one_of("key", [self.writer]))
        finally:
            self._threads.release()

    def confirm(self) -> None:
        """Makes sure, before a commit, that the lease is still held.

        Raises:
            LibraryLocked: it lapsed: this process stood still for too long, or lost the server.
        """
        if time.time() > self._until - _RENEW_SECONDS:
            raise LibraryLocked(
                "the right to write lapsed while this process stood still",
                where=str(self._client.address),
                next_step="run the same command again: it goes on from the last commit",
            )

    def _take(self) -> None:
        self.writer = uuid.uuid4().hex
        self._renew()
        others = [
            row
            for row in self._client.rows(self._collection, "until > 0", _FIELDS)
            if row["key"] != self.writer
        ]
        lapsed = [row for row in others if _has_lapsed(row)]
        if lapsed:
            self._client.delete(self._collection, one_of("key", [row["key"] for row in lapsed]))
        held = [row for row in others if row not in lapsed]
        if held:
            self._client.delete(self._collection, one_of("key", [self.writer]))
            raise self._refusal(held[0])

    def _keep(self, done: threading.Event) -> None:
        while not done.wait(_RENEW_SECONDS):
            try:
                self._renew()
            except LibraryError:
                # `confirm` says so before anything is committed.
                continue

    def _renew(self) -> None:
        until = time.time() + LEASE_SECONDS
        row: Row = {
            "key": self.writer,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "until": int(until * 1000),
            "unused": UNUSED,
        }
        self._client.upsert(self._collection, row)
        self._until = until

    def _refusal(self, row: Row) -> LibraryLocked:
        holder = f"process {row['pid']} on {row['host']}"
        if (row["host"], int(row["pid"])) == (socket.gethostname(), os.getpid()):
            holder = f"another thread of this process ({os.getpid()})"
        return LibraryLocked(
            f"{holder} is writing to the library",
            where=str(self._client.address),
            next_step="wait until it has finished, then run the same command again; "
            "searching and asking go on meanwhile",
        )


def _has_lapsed(row: Row) -> bool:
    if int(row["until"]) < time.time() * 1000:
        return True
    return row["host"] == socket.gethostname() and not _is_alive(int(row["pid"]))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

"""One writer at a time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import LibraryLocked

LOCK_NAME = "writer.lock"

# A holder signs right after taking the lock; a quarter of a second is for a busy machine.
_GLANCES, _PAUSE_SECONDS = 25, 0.01


class WriterLock:
    """The right to write to a library, held by at most one thread of one process.

    The operating system holds the lock and frees it when its process ends, however it ends, so
    nothing stale can block. The file's text, the holder's process id, serves only the message.
    """

    def __init__(self, folder: Path) -> None:
        self._library = folder
        self._path = folder / LOCK_NAME
        self._threads = threading.Lock()
        self._lock = FileLock(
            self._path,
            timeout=0,
            thread_local=False,
            preserve_lock_file=True,
            on_acquired=_sign,
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Holds the lock for the block.

        Raises:
            LibraryLocked: at once, when another thread or process holds it.
        """
        if not self._threads.acquire(blocking=False):
            raise self._refusal(os.getpid())
        try:
            try:
                self._lock.acquire()
            except Timeout as error:
                raise self._refusal(self._holder()) from error
            try:
                yield
            finally:
                os.truncate(self._path, 0)
                self._lock.release()
        finally:
            self._threads.release()

    def _holder(self) -> int | None:
        # Between taking the lock and signing it the holder needs a moment.
        for _ in range(_GLANCES):
            try:
                return int(self._path.read_text(encoding="ascii"))
            except ValueError:
                time.sleep(_PAUSE_SECONDS)
            except OSError:
                break
        return None

    def _refusal(self, pid: int | None) -> LibraryLocked:
        holder = "another process" if pid is None else f"process {pid}"
        if pid == os.getpid():
            holder = f"another thread of this process ({pid})"
        return LibraryLocked(
            f"{holder} is writing to the library",
            where=self._library,
            next_step="wait until it has finished, then run the same command again; "
            "searching and asking go on meanwhile",
        )


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)

"""Taking articles in for the page: one upload after another, each of which can be taken back.

An upload goes on when its reader leaves the page: the report is there when the reader comes back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from corpus import Article, Rejected
from corpus.closing import Closing
from corpus.errors import DatelineError
from embeddings import IngestReport
from page.desk.undo import Trail, Undone

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

LOOK = 0.2
"""Seconds between two looks at an upload."""

MOST_KEPT = 5
"""Uploads to a library that can be taken back. What was replaced is kept in memory for it."""

Entries = Iterable[Article | Rejected]
Phase = Literal["waiting", "reading", "stopping", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be taken in.

    Attributes:
        name: what the reader calls it: '3 files', or a folder.
        files: how many files; 0 where that is not known.
        open: gives its articles, and is told how many files were read.
    """

    name: str
    files: int
    open: Callable[[Callable[[int], None]], Entries]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is.

    Attributes:
        files: read so far.
        of: files in all; 0 where that is not known.
        report: what is safe by now.
    """

    phase: Phase
    files: int = 0
    of: int = 0
    report: IngestReport = field(default_factory=IngestReport)

    @property
    def is_working(self) -> bool:
        """True until the upload is stopped or done."""
        return self.phase not in ("stopped", "done")


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of an upload, and how to take it back."""

    name: str
    at: datetime
    report: IngestReport
    trail: Trail


class Job:
    """One upload, from a reader's press on the button to its end."""

    def __init__(self, source: Source, newsroom: Newsroom) -> None:
        self.source = source
        self.newsroom = newsroom
        self.progress = Progress("waiting", of=source.files)
        self._stopping = threading.Event()
        self._future: Future[None] | None = None

    def start(self, worker: ThreadPoolExecutor, keep: Callable[[Job, Upload], None]) -> None:
        """Have it done once the worker is free."""
        self._future = worker.submit(self._run, keep)

    def stop(self) -> None:
        """End it after the article that is being read; what was read before goes in."""
        self._stopping.set()

    def watch(self) -> Iterator[Progress]:
        """How far it is, at each change, until it ends.

        Raises:
            DatelineError: what ended it. What was safe by then stays, and can be taken back.
        """
        assert self._future is not None
        told = None
        while not self._future.done():
            now = self._now()
            if now != told:
                yield now
                told = now
            wait([self._future], timeout=LOOK)
        try:
            self._future.result()
        except CancelledError:
            self.progress = replace(self.progress, phase="stopped")
        yield self.progress

    def _now(self) -> Progress:
        stopping = self.progress.is_working and self._stopping.is_set()
        return replace(self.progress, phase="stopping") if stopping else self.progress

    def _run(self, keep: Callable[[Job, Upload], None]) -> None:
        library = self.newsroom.library
        trail = Trail(library)
        self.progress = replace(self.progress, phase="reading")
        try:
            entries = self.source.open(self._read)
            report = library.add(self._until_stopped(trail.noted(entries)), progress=self._safe)
            phase: Phase = "stopped" if self._stopping.is_set() else "done"
            self.progress = replace(self.progress, phase=phase, report=report)
        finally:
            keep(self, Upload(self.source.name, datetime.now(), self.progress.report, trail))

    def _until_stopped(self, entries: Entries) -> Iterator[Article | Rejected]:
        for entry in entries:
            if self._stopping.is_set():
                return
            yield entry

    def _read(self, files: int) -> None:
        self.progress = replace(self.progress, files=files)

    def _safe(self, report: IngestReport) -> None:
        self.progress = replace(self.progress, report=report)


class Intake(Closing):
    """Where the page takes articles in. One upload at a time: the others wait for their turn."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="dateline-intake")
        self._jobs: dict[str, Job] = {}
        self._kept: dict[str, list[Upload]] = {}
        self._guard = threading.Lock()

    def take(self, session: str, source: Source, newsroom: Newsroom) -> Job:
        """Begin an upload to the library of a newsroom, for one tab of a browser."""
        job = Job(source, newsroom)
        with self._guard:
            self._jobs[session] = job
        job.start(self._worker, self._keep)
        return job

    def stop(self, session: str) -> None:
        """End the upload that a browser's tab has going, if it has one."""
        with self._guard:
            job = self._jobs.get(session)
        if job is not None:
            job.stop()

    def last(self, newsroom: Newsroom) -> Upload | None:
        """The last upload to a library that has not been taken back."""
        with self._guard:
            return next(reversed(self._kept.get(_address(newsroom), [])), None)

    def undo(self, newsroom: Newsroom) -> tuple[Upload, Undone]:
        """Take the last upload to a library back.

        Raises:
            NothingToUndo: there is none.
            LibraryLocked: another writer is at work; the upload can still be taken back.
        """
        return self._worker.submit(self._undo, newsroom).result()

    def close(self) -> None:
        """Stop every upload, and wait until what was read is safe."""
        with self._guard:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.stop()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _undo(self, newsroom: Newsroom) -> tuple[Upload, Undone]:
        upload = self.last(newsroom)
        if upload is None:
            raise NothingToUndo(
                "There is no upload to take back",
                where=newsroom.library.path,
                next_step="articles are removed one by one with dateline index --delete ID",
            )
        undone = upload.trail.undo()
        with self._guard:
            self._kept[_address(newsroom)].remove(upload)
        return upload, undone

    def _keep(self, job: Job, upload: Upload) -> None:
        with self._guard:
            for session in [name for name, one in self._jobs.items() if one is job]:
                del self._jobs[session]
            if upload.trail.is_empty:
                return
            kept = self._kept.setdefault(_address(job.newsroom), [])
            kept.append(upload)
            del kept[:-MOST_KEPT]


class NothingToUndo(DatelineError):
    """No upload to this library is left to be taken back."""


def _address(newsroom: Newsroom) -> str:
    return str(newsroom.library.path)

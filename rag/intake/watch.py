"""Watching folders: what is there is read in, and then whatever appears or changes.

The system's notice says *when* to look; what a look at the folder finds says *what* is new. So a
lost notice, a folder that was moved in whole and a network drive that sends none cost time, never
an article. A file is read once its size and time of change have come to rest.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import watchfiles

import corpus
from corpus import Article, ReadOptions, Rejected
from corpus.errors import LibraryLocked, MissingPath, NothingToRead
from corpus.walk import expanded, find_files, shown
from embeddings import IngestReport
from embeddings.protocol import LibraryLike
from rag.intake.progress import shown_progress


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How patient watching is. All in seconds.

    Attributes:
        debounce: notices that come within this time are one occasion to look; watchfiles' own
            default.
        rest: a file is read when size and time of change have stood still this long. Who writes
            slower than that is read twice: the whole article replaces the half one.
        locked: between two tries while another process writes to the library.
        sweep: between two looks that no notice asked for.
    """

    debounce: float = 1.6
    rest: float = 2.0
    locked: float = 2.0
    sweep: float = 300.0


@dataclass(frozen=True, slots=True)
class Round:
    """What one look came to.

    Attributes:
        report: what became of the articles of new and changed files.
        files: how many files were read.
        gone: files that went away; their articles stay in the library.
        notes: what else a person should know, such as a library that is locked.
    """

    report: IngestReport = field(default_factory=IngestReport)
    files: int = 0
    gone: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to tell: nothing new, and nothing but what was known."""
        return not (self.files or self.gone or self.notes or self.report.rejected)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What is compared to see whether a file has changed."""

    size: int
    changed: int  # nanoseconds


class Watcher:
    """Keeps a library up to date with folders until it is told to stop.

    Args:
        library: open; written to by nobody else in this process.
        folders: as they were named.
        tell: called after each look that found something, and when the library is locked.
        stop: when it is set, the article at hand is finished, what was read is committed, and
            `run` returns.
        options: how articles are read.
        patience: how long what is waited for.
        progress: show on standard error how far a look is, where that is a terminal.
    """

    def __init__(
        self,
        library: LibraryLike,
        folders: Sequence[str | Path],
        tell: Callable[[Round], None],
        stop: threading.Event,
        options: ReadOptions | None = None,
        patience: WatchOptions | None = None,
        *,
        progress: bool = True,
    ) -> None:
        self._library = library
        self._own = os.path.realpath(library.path)
        self._folders = [expanded(folder) for folder in folders]
        self._tell = tell
        self._stop = stop
        self._options = options or ReadOptions()
        self._patience = patience or WatchOptions()
        self._progress = progress
        self._polling: bool | None = None  # None: watchfiles knows when it must
        self._found_in = 0.0  # seconds that the last look took to find the files
        self._known: dict[Path, _Stamp] = {}
        self._waiting: dict[Path, tuple[_Stamp, float]] = {}
        self._passed_over: set[Rejected] = set()
        self._opened = 0  # files of the look at hand that were read, or begun when it was stopped
        self._total = IngestReport()

    def run(self) -> IngestReport:
        """Read, then watch, until `stop` is set.

        Returns:
            What became of all articles since the start.

        Raises:
            MissingPath: a folder is not there at the start.
            LibraryError: the library cannot be written, for another reason than a lock.
        """
        check_folders(self._folders)
        before: dict[Path, int] | None = None
        while not self._stop.is_set():
            if (there := self._there()) != before:
                self._look()
            before = there
            if there:
                self._watch(there)
            else:
                self._stop.wait(self._patience.rest)
        return self._total

    def _there(self) -> dict[Path, int]:
        """The folders that are there now, each with the number that the file system knows it by.

        A folder that was taken away and put back is another one to whoever sends the notices.
        """
        there = {}
        for folder in self._folders:
            try:
                if folder.is_dir():
                    there[folder] = folder.stat().st_ino
            except OSError:
                continue  # a drive that does not answer is as good as away
        return there

    def _watch(self, folders: dict[Path, int]) -> None:
        """Look whenever there is cause, until `stop` is set or a folder comes or goes."""
        looked = -self._patience.sweep  # what happened before the notices began is seen at once
        for noticed in self._notices(list(folders)):
            due = time.monotonic() - looked >= self._patience.sweep
            if noticed or self._waiting or due:
                # In a very large folder looking must not be all that is done.
                self._stop.wait(self._found_in)
                self._look()
                looked = time.monotonic()
            if self._there() != folders:
                return

    def _notices(self, folders: Sequence[Path]) -> Iterator[bool]:
        """True when something has happened in the folders, False every now and then."""
        rest = max(1, round(self._patience.rest * 1000))
        try:
            for notices in watchfiles.watch(
                *folders,
                watch_filter=self._concerns,
                debounce=round(self._patience.debounce * 1000),
                stop_event=self._stop,
                rust_timeout=rest,
                yield_on_timeout=True,
                raise_interrupt=False,
                force_polling=self._polling,
                poll_delay_ms=rest,
                ignore_permission_denied=True,
            ):
                yield bool(notices)
        except FileNotFoundError:  # a folder went away since it was seen
            self._stop.wait(self._patience.rest)
        except (OSError, RuntimeError) as error:  # such as inotify at its limit
            if self._polling:
                raise
            self._polling = True
            told = f"The system sends no notices ({error}); the folders are looked over instead."
            self._tell(Round(notes=(told,)))

    def _look(self) -> None:
        """Read in what is new and has come to rest, and tell of it."""
        present, rejected = self._present()
        gone = tuple(sorted(shown(path) for path in self._known.keys() - present.keys()))
        self._known = {path: s for path, s in self._known.items() if path in present}
        ready = self._rested(present)
        fresh = tuple(one for one in rejected if one not in self._passed_over)
        self._passed_over = set(rejected)
        self._opened = 0
        report = self._add(ready) if ready else IngestReport()
        if report is None:  # stopped while it waited: nothing was read
            return
        self._known |= ready
        report = replace(report, rejected=(*fresh, *report.rejected))
        self._total = _sum(self._total, report)
        found = Round(report, self._opened, gone)
        if not found.is_empty:
            self._tell(found)

    def _present(self) -> tuple[dict[Path, _Stamp], list[Rejected]]:
        """The files to read that are there now, and what is passed over."""
        began = time.monotonic()
        present: dict[Path, _Stamp] = {}
        rejected = []
        for folder in self._folders:
            try:
                found = find_files(folder)
            except (MissingPath, NothingToRead):
                continue  # an empty folder will fill, and one that went away may come back
            for entry in found:
                if self._is_own(str(entry.source if isinstance(entry, Rejected) else entry)):
                    continue
                if isinstance(entry, Rejected):
                    rejected.append(entry)
                elif (stamp := _stamp(entry)) is not None:
                    present[entry] = stamp
        self._found_in = time.monotonic() - began
        return present, rejected

    def _rested(self, present: dict[Path, _Stamp]) -> dict[Path, _Stamp]:
        """The new and changed files that nobody writes to any more."""
        now, wall = time.monotonic(), time.time()
        ready = {}
        waiting = {}
        for path, stamp in present.items():
            if self._known.get(path) == stamp:
                continue
            before, since = self._waiting.get(path, (stamp, now))
            if before != stamp:
                since = now
            rest = self._patience.rest
            # A clock may be wrong, or another machine's: what stood still before our eyes counts.
            if now - since >= rest or wall - stamp.changed / 1e9 >= rest:
                ready[path] = stamp
            else:
                waiting[path] = (stamp, since)
        self._waiting = waiting
        return ready

    def _add(self, ready: Iterable[Path]) -> IngestReport | None:
        """Take the articles of these files in; wait where another process is writing.

        Returns:
            None where it was stopped before the library was free.
        """
        told = False
        while True:
            try:
                with shown_progress(ready, progress=self._progress) as passed:
                    return self._library.add(passed(self._articles(ready)))
            except LibraryLocked as error:
                if not told:
                    self._tell(Round(notes=(f"Waiting: {error.what}.",)))
                    told = True
                if self._stop.wait(self._patience.locked):
                    return None

    def _articles(self, files: Iterable[Path]) -> Iterator[Article | Rejected]:
        for file in files:
            if self._stop.is_set():
                return
            self._opened += 1
            try:
                for one in corpus.read([file], options=self._options):
                    if self._stop.is_set():
                        return
                    yield one
            except MissingPath:
                continue  # it went away since the look; the next one tells

    def _concerns(self, _change: watchfiles.Change, path: str) -> bool:
        """Whether a notice is cause for a look: the library's own writing is not."""
        return not self._is_own(path)

    def _is_own(self, path: str) -> bool:
        """Whether a path lies in the library, which may lie in a watched folder."""
        return path == self._own or path.startswith(self._own + os.sep)


def check_folders(paths: Sequence[str | Path]) -> None:
    """Make sure that these are folders.

    Raises:
        MissingPath: one is not.
    """
    for path in paths:
        if not expanded(path).is_dir():
            raise MissingPath(
                "No such folder; only folders can be watched",
                where=path,
                next_step="make it, or watch another; to read it once, leave out --watch",
            )


def _stamp(path: Path) -> _Stamp | None:
    """None where the file went away."""
    try:
        found = path.stat()
    except OSError:
        return None
    return _Stamp(found.st_size, found.st_mtime_ns)


def _sum(one: IngestReport, other: IngestReport) -> IngestReport:
    """Two reports as one."""
    names = [field.name for field in fields(IngestReport)]
    return IngestReport(**{name: getattr(one, name) + getattr(other, name) for name in names})

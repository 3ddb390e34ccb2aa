"""What `dateline index --watch` says while it runs, and how it is stopped."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import FrameType

import click

from embeddings import IngestReport
from rag.commands.told import STOPPED
from rag.intake import index_report
from rag.intake.watch import Round
from rag.showing.console import Console


@dataclass(slots=True)
class Stop:
    """The wish to stop, and the exit status that it amounts to."""

    event: threading.Event = field(default_factory=threading.Event)
    status: int = 0


@contextmanager
def stopping() -> Iterator[Stop]:
    """In the block SIGINT and SIGTERM ask to stop; a second SIGINT interrupts as ever.

    SIGTERM is how a service manager ends what has done nothing wrong: status 0. SIGINT is a
    person's Ctrl-C: status 130.
    """
    stop = Stop()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        stop.status = STOPPED
        stop.event.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def terminated(_number: int, _frame: FrameType | None) -> None:
        stop.event.set()

    before = [
        (number, signal.signal(number, handler))
        for number, handler in ((signal.SIGINT, interrupted), (signal.SIGTERM, terminated))
    ]
    try:
        yield stop
    finally:
        for number, handler in before:
            signal.signal(number, handler)


class WatchLog:
    """One entry a look that found something, with the time of day; as JSON one line each."""

    def __init__(self, console: Console) -> None:
        self._console = console
        if not console.as_json:
            click.echo("Watching; Ctrl-C ends it.", err=True)

    def tell(self, found: Round) -> None:
        """Print what a look came to."""
        for note in found.notes:
            self._console.note(f"{_clock()}  {note}")
        if found.files or found.gone or found.report.rejected:
            self._print(_words(found), {"files": found.files, "gone": list(found.gone)}, found)

    def last(self, report: IngestReport) -> None:
        """Print what became of all articles since the start."""
        self._print(
            f"Stopped. In all: {index_report.as_words(report)}", {"stopped": True}, Round(report)
        )

    def _print(self, words: str, about: dict[str, object], found: Round) -> None:
        if self._console.as_json:
            entry = {
                "at": datetime.now().astimezone().isoformat(timespec="seconds"),
                **about,
                **index_report.as_dict(found.report),
            }
            click.echo(json.dumps(entry, ensure_ascii=False))
        else:
            click.echo(f"{_clock()}  {words}")


def _words(found: Round) -> str:
    parts = []
    if found.files or found.report.rejected:
        files = "1 file" if found.files == 1 else f"{found.files:,} files"
        parts.append(f"{files}: {index_report.as_words(found.report)}")
    if found.gone:
        parts.append(
            f"{len(found.gone):,} gone; what they said stays in the library:\n"
            + "\n".join(f"  gone {path}" for path in found.gone[: index_report.LISTED])
        )
        if len(found.gone) > index_report.LISTED:
            parts.append(f"  … and {len(found.gone) - index_report.LISTED:,} more")
    return "\n".join(parts)


def _clock() -> str:
    return f"{datetime.now():%H:%M:%S}"

"""A source: something that a reader reads, wherever it lies."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Source:
    """A file, a member of an archive, a record of a crawl, or a page from the web.

    Attributes:
        name: its path; inside an archive '<archive>!/<member>'; on the web its address.
        form: the ending that tells its form, in lower case: see `form_of`.
        open: opens it for reading, anew each time.
        url: where it stands or stood on the web, if that is known.
        fetched: the day on which it was saved from there: it was published on no later one.
        inside: whether it lies in an archive. Archives in archives are not read.
    """

    name: str
    form: str
    open: Callable[[], BinaryIO]
    url: str | None = None
    fetched: date | None = None
    inside: bool = False

    @classmethod
    def from_path(cls, path: Path) -> Source:
        """The file at a path; opening it raises UnreadableFile for a FIFO or a device."""
        return cls(str(path), form_of(path.name), lambda: open_regular(path))


def form_of(name: str) -> str:
    """The ending of a file's name, in lower case: '.html'; of packed files both, '.sgm.gz'."""
    endings = [ending.lower() for ending in PurePosixPath(name).suffixes[-2:]]
    return "".join(endings) if endings[-1:] == [".gz"] else "".join(endings[-1:])


def open_regular(path: Path) -> BinaryIO:
    """The file, opened for reading. Raises UnreadableFile for a FIFO, device or socket.

    Opened without waiting and looked at once open, so that a FIFO cannot block the reader.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableFile("not a regular file", where=path)
    return os.fdopen(descriptor, "rb")

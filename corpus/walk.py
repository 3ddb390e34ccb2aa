"""Which files a path stands for: itself, or everything to read in a folder and below."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import MissingPath, NothingToRead
from corpus.readers import READERS
from corpus.readers.record import Rejected


def shown(path: Path) -> str:
    """The path as text that can be stored and shown, whatever bytes its name has."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def expanded(path: str | Path) -> Path:
    """A path with its '~' filled in; that of a user whom nobody knows stays as it is written."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def is_there(path: Path) -> bool:
    """Whether something lies at a path; nothing does at one that the system does not take."""
    try:
        return path.exists()
    except OSError:
        return False


def find_files(path: Path) -> list[Path | Rejected]:
    """The files to read at `path`, resolved and in sorted order, and what was passed over.

    Hidden entries are passed over in silence. A link to a file inside the folder stands for
    that file; links out of the folder, FIFOs, devices and files of other forms are reported.

    Raises:
        MissingPath: nothing is there.
        NothingToRead: a folder with no file that Dateline reads.
    """
    if not os.path.lexists(path) or not path.exists():
        raise MissingPath(
            "No such file or folder", where=path, next_step="check the path, then run this again"
        )
    root = path.resolve()
    if not root.is_dir():
        return [root]
    found = list(_walk(root))
    if not any(isinstance(entry, Path) for entry in found):
        raise NothingToRead(
            "The folder holds no file that Dateline reads",
            where=path,
            next_step=f"add files that end in {', '.join(READERS)}",
        )
    return found


def _walk(root: Path) -> Iterator[Path | Rejected]:
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if path != root and path.is_symlink():
            target = Path(os.path.realpath(path))  # Path.resolve raises on a link to itself
            if not target.is_relative_to(root):
                yield Rejected(shown(path), None, "a link that leaves the folder")
            elif target.is_file():
                yield from _file(path, target)
            elif not target.exists():
                yield Rejected(shown(path), None, "a link to nothing")
            continue  # a linked folder inside the root is walked at its own place
        if path.is_dir():
            try:
                entries = sorted(path.iterdir(), reverse=True)
            except OSError as error:
                yield Rejected(shown(path), None, error.strerror or str(error))
                continue
            waiting.extend(entry for entry in entries if not entry.name.startswith("."))
        elif path.is_file():
            yield from _file(path, path)
        else:
            yield Rejected(shown(path), None, "not a regular file")


def _file(named: Path, target: Path) -> Iterator[Path | Rejected]:
    # The ending that counts is the link's: a link is how some archives name their files.
    if named.suffix.lower() in READERS:
        yield target if target.suffix.lower() in READERS else named
    else:
        yield Rejected(shown(named), None, unknown_form(named))


def unknown_form(path: Path) -> str:
    """Why a file with this ending is not read."""
    ending = path.suffix or "no ending"
    return f"not a form that Dateline reads ({ending}); it reads {', '.join(READERS)}"

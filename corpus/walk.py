"""Which files a path stands for: itself, or everything to read in a folder and below."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import MissingPath, NothingToRead
from corpus.readers import forms, is_read
from corpus.readers.record import Rejected
from corpus.readers.source import form_of

# Control characters, line separators and the marks that turn the direction of writing: in a
# terminal or a log they would pass for something that the name does not say.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MAGIC = re.compile(r"[*?\[]")


def shown(path: Path | str) -> str:
    """The path as text that can be stored and shown in one line, whatever bytes its name has.

    What cannot be shown is written as Python writes it: a line break as '\\n'.
    """
    text = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return _UNSHOWN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


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

    `path` is a file, a folder, or a glob that the shell left alone: '*', '?' and '[…]' within a
    name, '**' for any folders; what lies at such a path itself goes first. Hidden entries are
    passed over in silence. A link to a file inside the folder stands for that file; links out
    of the folder, FIFOs, devices and files of other forms are reported.

    Raises:
        MissingPath: nothing is there, or nothing matches.
        NothingToRead: a folder with no file that Dateline reads.
    """
    if not os.path.lexists(path) or not path.exists():
        if _MAGIC.search(str(path)):
            return _matching(path)
        raise MissingPath(
            "No such file or folder", where=path, next_step="check the path, then run this again"
        )
    root = path.resolve()
    if not root.is_dir():
        return [root]
    return _readable(list(_walk(root)), path)


def _readable(found: list[Path | Rejected], where: Path) -> list[Path | Rejected]:
    if not any(isinstance(entry, Path) for entry in found):
        raise NothingToRead(
            "The folder holds no file that Dateline reads",
            where=where,
            next_step=f"add files that end in {forms()}",
        )
    return found


def _matching(pattern: Path) -> list[Path | Rejected]:
    """The files that a glob names, and those below the folders that it names."""
    parts = pattern.parts
    magic = next(at for at, part in enumerate(parts) if _MAGIC.search(part))
    root = Path(*parts[:magic]).resolve()
    found: list[Path | Rejected] = []
    if root.is_dir():
        found = list(_walk(root, parts[magic:]))
    if not found:
        raise MissingPath(
            "Nothing matches", where=pattern, next_step="check the pattern, then run this again"
        )
    return _readable(found, pattern)


def _matches(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path matches a glob, or lies below a folder that does; both in parts."""
    if not pattern:
        return True
    if not names:
        return False
    if pattern[0] == "**":
        return _matches(names, pattern[1:]) or _matches(names[1:], pattern)
    return fnmatch.fnmatchcase(names[0], pattern[0]) and _matches(names[1:], pattern[1:])


def _may_hold(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a folder can hold something that matches a glob."""
    if not names or not pattern or pattern[0] == "**":
        return True
    return fnmatch.fnmatchcase(names[0], pattern[0]) and _may_hold(names[1:], pattern[1:])


def _walk(root: Path, pattern: Sequence[str] = ()) -> Iterator[Path | Rejected]:
    waiting = [root]
    while waiting:
        path = waiting.pop()
        names = path.relative_to(root).parts
        if path != root and path.is_symlink():
            if _matches(names, pattern):
                yield from _link(path, root)
        elif path.is_dir():
            if not _may_hold(names, pattern):
                continue
            try:
                entries = sorted(path.iterdir(), reverse=True)
            except OSError as error:
                yield Rejected(shown(path), None, error.strerror or str(error))
                continue
            waiting.extend(entry for entry in entries if not entry.name.startswith("."))
        elif not _matches(names, pattern):
            continue
        elif path.is_file():
            yield from _file(path, path)
        else:
            yield Rejected(shown(path), None, "not a regular file")


def _link(path: Path, root: Path) -> Iterator[Path | Rejected]:
    """What a link stands for; a linked folder inside the root is walked at its own place."""
    target = Path(os.path.realpath(path))  # Path.resolve raises on a link to itself
    if not target.is_relative_to(root):
        yield Rejected(shown(path), None, "a link that leaves the folder")
    elif target.is_file():
        yield from _file(path, target)
    elif not target.exists():
        yield Rejected(shown(path), None, "a link to nothing")


def _file(named: Path, target: Path) -> Iterator[Path | Rejected]:
    # The ending that counts is the link's: a link is how some archives name their files.
    if is_read(form_of(named.name)):
        yield target if is_read(form_of(target.name)) else named
    else:
        yield Rejected(shown(named), None, unknown_form(form_of(named.name)))


def unknown_form(form: str) -> str:
    """Why a file with this ending is not read."""
    return f"not a form that Dateline reads ({shown(form) or 'no ending'}); it reads {forms()}"

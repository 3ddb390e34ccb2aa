"""Reading: from paths to articles, with a reason for everything that was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.article import Article
from corpus.compose import compose
from corpus.errors import UnreadableFile
from corpus.readers import reader_for
from corpus.readers.record import Fault, ReadOptions, Rejected
from corpus.walk import expanded, find_files, shown, unknown_form

_DEFAULTS = ReadOptions()


def read(
    paths: Iterable[str | Path], *, options: ReadOptions = _DEFAULTS
) -> Iterator[Article | Rejected]:
    """Every article in these files and folders, and a Rejected for whatever could not be read.

    Folders are walked in sorted order; a file that several paths name is read once. One file
    that is empty, binary or malformed is a Rejected, and the rest goes on.

    Raises, before anything is read:
        MissingPath: a path where nothing is.
        NothingToRead: a folder with no file that Dateline reads.
    """
    # A lone str is an iterable of one-letter paths, which nobody means.
    named = [paths] if isinstance(paths, str | Path) else list(paths)
    found = [entry for path in named for entry in find_files(expanded(path))]
    return _read_all(found, options)


def _read_all(
    found: Iterable[Path | Rejected], options: ReadOptions
) -> Iterator[Article | Rejected]:
    for entry in dict.fromkeys(found):
        if isinstance(entry, Rejected):
            yield entry
        else:
            yield from _read_file(entry, options)


def _read_file(path: Path, options: ReadOptions) -> Iterator[Article | Rejected]:
    reader = reader_for(path)
    if reader is None:
        yield Rejected(shown(path), None, unknown_form(path))
        return
    try:
        for record in reader(path, options):
            if isinstance(record, Fault):
                yield Rejected(shown(path), record.line, record.reason)
            else:
                yield compose(record, path)
    except UnreadableFile as error:
        yield Rejected(shown(path), None, error.what)
    except OSError as error:
        yield Rejected(shown(path), None, error.strerror or str(error))

"""Reading: from paths and addresses to articles, with a reason for all that was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.article import Article
from corpus.compose import compose
from corpus.errors import NetworkOff, UnreadableFile
from corpus.mojibake import mend
from corpus.readers import is_read, reader_for
from corpus.readers.record import Fault, ReadOptions, Record, Rejected
from corpus.readers.source import Source
from corpus.readers.web import address_of, fetched
from corpus.walk import expanded, find_files, shown, unknown_form

_DEFAULTS = ReadOptions()


def read(
    paths: Iterable[str | Path], *, options: ReadOptions = _DEFAULTS
) -> Iterator[Article | Rejected]:
    """Every article in these places, and a Rejected for whatever could not be read.

    A place is a file, a folder, a glob such as 'articles/**/*.html', or with `options.network` a
    web address, as a str. Folders are walked in sorted order; a file that several paths name is
    read once. One file that is empty, binary or malformed is a Rejected, and the rest goes on.

    Raises, before anything is read:
        MissingPath: a path where nothing is, or a glob that nothing matches.
        NothingToRead: a folder with no file that Dateline reads.
        NetworkOff: a web address, where the options do not allow the network.
    """
    # A lone str is an iterable of one-letter paths, which nobody means.
    named = [paths] if isinstance(paths, str | Path) else list(paths)
    found = [entry for path in named for entry in _found(path, options)]
    return _read_all(found, options)


def _found(path: str | Path, options: ReadOptions) -> Iterable[Path | Rejected | str]:
    address = address_of(path)
    if address is None:
        return find_files(expanded(path))
    if not options.network:
        raise NetworkOff(
            "The network is off, so that no web address is read",
            where=address,
            next_step="allow it with --network, or ReadOptions(network=True) in Python",
        )
    return [address]


def _read_all(
    found: Iterable[Path | Rejected | str], options: ReadOptions
) -> Iterator[Article | Rejected]:
    for entry in dict.fromkeys(found):
        if isinstance(entry, Rejected):
            yield entry
        elif isinstance(entry, str):
            yield from _read_address(entry, options)
        else:
            yield from _read_source(Source.from_path(entry), options)


def _read_address(url: str, options: ReadOptions) -> Iterator[Article | Rejected]:
    try:
        with fetched(url, options, is_read) as source:
            yield from _read_source(source, options)
    except UnreadableFile as error:
        yield Rejected(url, None, error.what)


def _read_source(source: Source, options: ReadOptions) -> Iterator[Article | Rejected]:
    reader = reader_for(source.form)
    if reader is None:
        yield Rejected(shown(source.name), None, unknown_form(source.form))
        return
    try:
        for found in reader(source, options):
            if isinstance(found, Source):
                yield from _read_source(found, options)
            elif isinstance(found, Fault):
                name = f"{source.name}!/{found.member}" if found.member else source.name
                yield Rejected(shown(name), found.line, found.reason)
            else:
                yield compose(_prepared(found, source), source.name)
    except UnreadableFile as error:
        yield Rejected(shown(source.name), None, error.what)
    except OSError as error:
        yield Rejected(shown(source.name), None, error.strerror or str(error))


def _prepared(record: Record, source: Source) -> Record:
    """The record with its text put right, and with what is known of its source.

    What is known of a source is said of its article only where it holds no other.
    """
    text = mend(record.text)
    said = record.metadata
    if record.line is not None or (source.url is None and source.fetched is None):
        return record if text == record.text else replace(record, text=text)
    known = {"url": said.url or source.url, "fetched": said.fetched or source.fetched}
    return replace(record, text=text, metadata=said.model_copy(update=known))

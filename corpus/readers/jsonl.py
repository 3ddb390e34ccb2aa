"""JSON lines: one object a line, one article an object."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import UnreadableFile
from corpus.readers import columns
from corpus.readers.lines import table_lines
from corpus.readers.objects import BadObject, article, parse
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """Each line's article, or what is wrong with the line. Raises UnreadableFile."""
    first = True
    unseen = dict(options.columns)
    names: list[str] = []
    for line in table_lines(source, options):
        if line.fault is None and not line.text.strip():
            continue
        if first and line.text.strip() == "[":
            raise UnreadableFile(
                "one JSON array, not one object a line: let its name end in .json",
                where=source.name,
            )
        first = False
        if line.fault:
            yield Fault(line.number, line.fault)
            continue
        try:
            value = parse(line.text)
        except BadObject as error:
            yield Fault(line.number, error.reason)
            continue
        if isinstance(value, dict) and unseen:
            names = list(value)
            unseen = columns.absent(names, unseen)
        yield article(value, line.number, options)
    if unseen and names:
        # A column that some rows lack is usual; one that all lack is misspelt.
        yield Fault(None, columns.unknown(names, unseen))

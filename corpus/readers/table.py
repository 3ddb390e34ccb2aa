"""CSV and its kin: a line of column names, then one article a row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence

from corpus.errors import UnreadableFile
from corpus.readers import columns as mapping
from corpus.readers.lines import Line, table_lines
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

_DELIMITERS = ",;\t|"


class _RowError(Exception):
    """A row that ends in something other than a row."""


class _Feed(Iterator[str]):
    """Lines for one `csv.reader` after another, with a way to hand lines back.

    A quote that is never closed swallows the rows below it. Handing back all but the first
    line of such a row lets the next row begin where a row should.
    """

    def __init__(self, lines: Iterator[Line], longest: int) -> None:
        self._lines = lines
        self._longest = longest
        self._waiting: deque[Line] = deque()
        self.taken: list[Line] = []
        self._size = 0

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self.taken.append(line)
        self._size += len(line.text)
        if line.fault:
            raise _RowError(line.fault)
        if self._size > self._longest:
            raise _RowError(f"longer than {self._longest:,} bytes")
        return line.text

    def begin_row(self) -> None:
        self.taken = []
        self._size = 0

    def hand_back(self) -> None:
        """All lines of this row but its first."""
        self._waiting.extendleft(reversed(self.taken[1:]))


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """Each row's article, or what is wrong with the row. Raises UnreadableFile."""
    # The module's own limit of 131,072 characters a field is below some long reads.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    lines = table_lines(source, options)
    head = next((line for line in lines if line.text.strip() or line.fault), None)
    if head is None or head.fault:
        raise UnreadableFile(head.fault if head and head.fault else "empty", where=source.name)
    delimiter = max(_DELIMITERS, key=head.text.count)
    try:
        columns = next(csv.reader([head.text], delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFile(f"its first line is no line of column names: {error}") from error
    if wrong := mapping.missing(columns, options.columns):
        raise UnreadableFile(wrong, where=source.name)
    yield from _rows(_Feed(lines, options.max_bytes), columns, delimiter, options)


def _rows(
    feed: _Feed, columns: Sequence[str], delimiter: str, options: ReadOptions
) -> Iterator[Record | Fault]:
    while True:
        feed.begin_row()
        try:
            cells = next(csv.reader(feed, delimiter=delimiter, strict=True))
        except StopIteration:
            return
        except (csv.Error, _RowError) as error:
            yield Fault(feed.taken[0].number, f"not a row of this table: {error}")
            feed.hand_back()
            continue
        if not any(cell.strip() for cell in cells):
            continue
        line = feed.taken[0].number
        if len(cells) != len(columns):
            yield Fault(line, f"{len(cells)} cells where the table has {len(columns)} columns")
            feed.hand_back()
            continue
        metadata = mapping.metadata(dict(zip(columns, cells, strict=True)), options.columns)
        if metadata.text is None:
            yield Fault(line, "no text in this row")
        else:
            yield Record(metadata, metadata.text, line=line)

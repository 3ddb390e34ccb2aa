"""Plain text: one file, one article, and no metadata but what the text itself says."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.metadata import Metadata
from corpus.readers.load import load
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """The file's one article. Raises UnreadableFile."""
    yield Record(Metadata(), load(source, options))

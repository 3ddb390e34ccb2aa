"""What a reader hands over: a record that may become an article, or a refusal that says why."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that was not read, and why.

    Attributes:
        source: the path of the file or folder entry.
        line: the line of the table that it is about, from 1; None for a whole file.
        reason: what is wrong with it, in words for the reader, without a full stop.
    """

    source: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a table that holds no article, and why not."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file holds it, not yet cleaned.

    Attributes:
        metadata: what the file says about it.
        text: its words, with whatever furniture surrounds them.
        line: the line of the table where it begins, from 1; None for a file of its own.
        page: the whole HTML page that it was taken from, where there is one.
    """

    metadata: Metadata
    text: str
    line: int | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How much one is willing to read.

    Attributes:
        max_bytes: the largest file of one article, and the longest row of a table, in bytes.
            20 MB is some forty novels, and no article. A table itself may be of any size.
    """

    max_bytes: int = 20_000_000

    def __post_init__(self) -> None:
        if self.max_bytes < 1:
            raise ValueError(f"max_bytes must be at least 1, not {self.max_bytes}")

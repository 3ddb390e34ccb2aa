"""What a reader hands over: a record that may become an article, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.errors import SettingsError
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
    """A part of a file that holds no article, and why not.

    Attributes:
        line: where it begins, from 1; None where it has no line.
        reason: what is wrong with it.
        member: the name inside an archive, where it is a file there.
    """

    line: int | None
    reason: str
    member: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file holds it, not yet cleaned.

    Attributes:
        metadata: what the file says about it.
        text: its words, with whatever furniture surrounds them.
        line: the line of the table where it begins, from 1; of a list of articles in one
            document (a feed, a JSON array) its place there; None for a file of its own.
        page: the whole HTML page that it was taken from, where there is one.
        dropped: the lines that the reader left out as furniture of this form, such as the
            running heads of a PDF.
    """

    metadata: Metadata
    text: str
    line: int | None = None
    page: str | None = None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What one is willing to read.

    Attributes:
        max_bytes: the largest file of one article, and the longest row of a table, in bytes.
            20 MB is some forty novels, and no article. A table or an archive of many articles
            may be of any size, for it is read piece by piece.
        columns: field → the column of a table or the name in an object that holds it, as
            {'text': 'Body'}. Fields are those of `Metadata`. Other columns keep their meaning.
        network: whether web addresses may be read. Off, nothing leaves this machine.
        allow_private: whether addresses on this machine and in private networks may be read.
        max_ratio: how many times its packed size something may unpack to, once it is larger
            than `max_bytes`. Reuters-21578 packs 3.4 times; a bomb nears the 1,032 of DEFLATE.
        max_unpacked: how much one archive may unpack to, in bytes. Crawlers begin a new WARC
            file at 1 GB packed by custom, which at a ratio of ten is half of this.
        max_download: the largest thing read from the web, in bytes.
        timeout: how long one web address may take, in seconds.

    Raises:
        SettingsError: a limit that is not positive, or a field that articles do not have.
    """

    max_bytes: int = 20_000_000
    columns: Mapping[str, str] = field(default_factory=dict)
    network: bool = False
    allow_private: bool = False
    max_ratio: int = 100
    max_unpacked: int = 20_000_000_000
    max_download: int = 200_000_000
    timeout: float = 30.0

    def __post_init__(self) -> None:
        for name in ("max_bytes", "max_ratio", "max_unpacked", "max_download", "timeout"):
            if getattr(self, name) <= 0:
                raise SettingsError(f"{name} must be above 0, not {getattr(self, name)}")
        for name in self.columns:
            if name not in Metadata.model_fields:
                raise SettingsError(
                    f"An article has no field {name!r}",
                    next_step=f"map one of: {', '.join(Metadata.model_fields)}",
                )

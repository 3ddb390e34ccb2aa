"""The lines of a table, one at a time, so that a table may be larger than memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from corpus.errors import UnreadableFile
from corpus.readers.load import decode_line, load
from corpus.readers.record import ReadOptions
from corpus.readers.source import Source

_SNIFFED = 4096
# Of bytes at random, and so of packed and encrypted data, 0.11 are such; programs, pictures and
# UTF-16 have more. A stray NUL in a table is below it, and costs its row.
_BINARY_SHARE = 0.08
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, with its break, or why it cannot be read.

    Attributes:
        number: counted from 1.
        text: its words; '' where it has a fault.
        fault: what is wrong with it, or None.
    """

    number: int
    text: str
    fault: str | None = None


def table_lines(source: Source, options: ReadOptions) -> Iterator[Line]:
    """Every line of the source. Raises UnreadableFile where the file is empty or binary.

    A UTF-16 table is read whole and so must be smaller than `options.max_bytes`.
    """
    with source.open() as file:
        start = file.read(_SNIFFED)
    with source.open() as file:
        if start.startswith(_UTF16_MARKS):
            for number, text in enumerate(load(source, options).splitlines(keepends=True), 1):
                yield Line(number, text)
            return
        if not start.strip(b"\xef\xbb\xbf \t\r\n") and len(start) < _SNIFFED:
            raise UnreadableFile("empty", where=source.name)
        if _is_binary(start):
            raise UnreadableFile("binary, not text", where=source.name)
        yield from _decoded(file, options.max_bytes)


def _is_binary(sample: bytes) -> bool:
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\0" in sample and controls > _BINARY_SHARE * len(sample)


def _decoded(file: BinaryIO, longest: int) -> Iterator[Line]:
    number = 0
    while data := file.readline(longest + 1):
        number += 1
        if len(data) > longest:
            while data and not data.endswith(b"\n"):
                data = file.readline(longest)
            yield Line(number, "", f"longer than {longest:,} bytes")
            continue
        try:
            text = decode_line(data)
        except UnreadableFile as error:
            yield Line(number, "", error.what)
        else:
            yield Line(number, text.removeprefix("\ufeff") if number == 1 else text)

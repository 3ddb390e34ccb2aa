"""The lines of a table, one at a time, so that a table may be larger than memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import UnreadableFile
from corpus.readers.load import decode_line, load, open_regular
from corpus.readers.record import ReadOptions

_SNIFFED = 4096
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


def table_lines(path: Path, options: ReadOptions) -> Iterator[Line]:
    """Every line of the file. Raises UnreadableFile where the file is empty or binary.

    A UTF-16 table is read whole and so must be smaller than `options.max_bytes`.
    """
    with open_regular(path) as file:
        start = file.read(_SNIFFED)
        file.seek(0)
        if start.startswith(_UTF16_MARKS):
            for number, text in enumerate(load(path, options).splitlines(keepends=True), 1):
                yield Line(number, text)
            return
        if not start.strip(b"\xef\xbb\xbf \t\r\n") and len(start) < _SNIFFED:
            raise UnreadableFile("empty", where=path)
        if b"\0" in start:
            raise UnreadableFile("binary, not text", where=path)
        yield from _decoded(file, options.max_bytes)


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

"""JSON: one array of articles, one article, or one object that holds a list of them.

An array may be larger than memory: its objects are read one at a time, and one that is broken
costs no more than itself.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from corpus.errors import UnreadableFile
from corpus.readers import jsonl
from corpus.readers.load import load
from corpus.readers.objects import MOST_BRACKETS, BadObject, article, brackets, parse
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

_BLOCK = 65_536
# The first line tells one object a line from one object; longer first lines are seldom articles.
_SNIFFED = 1_000_000
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_OPENING = re.compile(r"\s*\[")
_BETWEEN = re.compile(r"[\s,]*")
_NEXT_OBJECT = re.compile(r"\}\s*,\s*(?=\{)|\n\s*(?=\{)")
# An error so near the end of what has been read may only mean that more is to come: a name as
# long as 'false', a number, half of '\\ud83d\\ude00'.
_NEAR_END = 32
# A file in which so many objects in a row are broken is no list of articles.
_PATIENCE = 100


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """Each article, or what is wrong with it. Raises UnreadableFile."""
    with source.open() as file:
        start = file.read(_SNIFFED)
    encoding = next((name for mark, name in _MARKS.items() if start.startswith(mark)), "utf-8")
    opening = start.decode(encoding, "replace").lstrip()
    if opening.startswith("["):
        with source.open() as file:
            yield from _Array(file, encoding, options).articles()
    elif _is_lines(opening):
        yield from jsonl.read(source, options)
    else:
        yield from _object(source, options)


def _is_lines(opening: str) -> bool:
    """Whether the first line is an object and another begins on the next."""
    first, _, rest = opening.partition("\n")
    try:
        return isinstance(json.loads(first), dict) and rest.lstrip().startswith("{")
    except (ValueError, RecursionError):
        return False


def _object(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    text = load(source, options).lstrip("\ufeff")
    try:
        value = parse(text)
    except BadObject as error:
        raise UnreadableFile(error.reason, where=source.name) from error
    single = article(value, None, options)
    listed = _lists(value) if isinstance(single, Fault) else []
    if not listed:
        yield single
    for place, one in enumerate(listed, 1):
        yield _placed(article(one, place, options), place, None)


def _lists(value: object) -> list[object]:
    """The objects in the lists that an object holds, as {'articles': […]}; else its values."""
    if not isinstance(value, dict):
        return []
    inside = [one for part in value.values() if isinstance(part, list) for one in part]
    found: list[object] = [one for one in inside if isinstance(one, dict)]
    return found or [part for part in value.values() if isinstance(part, dict)]


def _placed(found: Record | Fault, place: int, line: int | None) -> Record | Fault:
    """A fault with the article's place in its list; many arrays are all one line."""
    return Fault(line, f"article {place}: {found.reason}") if isinstance(found, Fault) else found


class _Array:
    """One JSON array, of which only the object that is being read is in memory."""

    def __init__(self, file: BinaryIO, encoding: str, options: ReadOptions) -> None:
        self._file = file
        # Bytes that are not UTF-8 are kept as surrogates, until their object is known.
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self._options = options
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def articles(self) -> Iterator[Record | Fault]:
        self._skip(_OPENING)
        place = broken = 0
        while broken < _PATIENCE:
            self._skip(_BETWEEN)
            if self._at >= len(self._text):
                yield Fault(self._line, "the array breaks off: no closing ]")
                return
            if self._text[self._at] == "]":
                return
            line, place = self._line, place + 1
            try:
                value = self._value()
            except BadObject as error:
                yield _placed(Fault(line, error.reason), place, line)
                broken += 1
                if not self._to_next_object(error.at):
                    return
            else:
                yield _placed(article(value, place, self._options), place, line)
                broken = 0 if isinstance(value, dict) else broken + 1
        yield Fault(self._line, f"{_PATIENCE} broken objects in a row: the rest is not read")

    def _more(self, size: int) -> bool:
        """Read on until `size` characters wait; False where the file ends before."""
        while len(self._text) - self._at < size and not self._ended:
            data = self._file.read(max(_BLOCK, size - len(self._text) + self._at))
            self._ended = not data
            self._text = self._text[self._at :] + self._decoder.decode(data, final=self._ended)
            self._at = 0
        return len(self._text) - self._at >= size

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _skip(self, pattern: re.Pattern[str]) -> None:
        while True:
            self._more(_BLOCK)
            found = pattern.match(self._text, self._at)
            self._move(found.end() if found else self._at)
            if self._at < len(self._text) or self._ended:
                return

    def _value(self) -> object:
        """The next value of the array. Raises BadObject."""
        size = _BLOCK
        while True:
            whole = self._more(size) is False
            waiting = len(self._text) - self._at
            if brackets(self._text[self._at : self._at + size]) > MOST_BRACKETS:
                raise BadObject("more lists and objects than articles have")
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut = (
                    error.msg.startswith("Unterminated") or error.pos > len(self._text) - _NEAR_END
                )
                if cut and not whole and waiting <= self._options.max_bytes:
                    size = 2 * waiting
                    continue
                if cut and not whole:
                    longest = f"{self._options.max_bytes:,}"
                    raise BadObject(f"an object longer than {longest} bytes") from error
                raise BadObject(f"not JSON: {error.msg}", error.pos) from error
            except (ValueError, RecursionError) as error:
                raise BadObject(f"not JSON that can be read: {error}") from error
            text = self._text[self._at : end]
            self._move(end)
            return value if text.isascii() else _mended(text, value)

    def _to_next_object(self, wrong_at: int) -> bool:
        """Go on behind what is wrong; False where no other object begins before the end."""
        # What is wrong may be the next object itself, where a bracket before it is missing.
        at = max(wrong_at - _NEAR_END, self._at + 1)
        while True:
            for found in _NEXT_OBJECT.finditer(self._text, at):
                if found.end() >= wrong_at:
                    self._move(found.end())
                    return True
            if self._ended:
                return False
            self._move(max(self._at, len(self._text) - _BLOCK // 2))
            self._more(_BLOCK)
            at, wrong_at = self._at, 0


# A number of a thousand digits is no fault of the article's.
_DECODER = json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) < 20 else None)


def _mended(text: str, value: object) -> object:
    """The value; of an object whose bytes are not UTF-8, read as Windows-1252."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogateescape")
        return json.loads(data.decode("cp1252", "replace"))
    return value

"""Bytes to text: read a source within its bound, and decode what it holds."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from corpus.errors import UnreadableFile
from corpus.readers.record import ReadOptions
from corpus.readers.source import Source

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
# UTF-16 is told by its mark or its NULs; the others here turn short Western text into nonsense.
_NEVER_GUESSED = [
    "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7",
    "cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140",
]  # fmt: skip
_LETTER_BEYOND_LATIN = re.compile("[\u0370-\u1cff\u3040-\ud7ff]")
# Of the letters in a text of another script at least this share is in that script; a Western
# text read in the wrong table shows a few such letters where its accents stand.
_FOREIGN_SHARE = 0.5


def load_bytes(source: Source, options: ReadOptions) -> bytes:
    """A source of one article, whole.

    Raises UnreadableFile where it is empty or larger than `options.max_bytes`.
    """
    with source.open() as file:
        data = file.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise UnreadableFile(f"larger than {options.max_bytes:,} bytes", where=source.name)
    if not data:
        raise UnreadableFile("empty", where=source.name)
    return data


def load(source: Source, options: ReadOptions, *, charset: re.Pattern[bytes] | None = None) -> str:
    """The text of a source of one article.

    `charset` finds in the first kilobytes the encoding that the text itself declares. Raises
    UnreadableFile where it is empty, binary or larger than `options.max_bytes`.
    """
    data = load_bytes(source, options)
    declared = charset.search(data[:4096]) if charset else None
    text = decode(data, declared=declared[1].decode("ascii", "replace") if declared else None)
    if not text.strip():
        raise UnreadableFile("empty", where=source.name)
    return text


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text of some bytes: by its mark, as UTF-8, as UTF-16, as declared, or by its look.

    charset-normalizer tells which script the bytes are in. Within the Latin script its guess
    gets accents wrong ('Núñez' becomes 'Núńez'), so there it is Windows-1252, which is also
    what browsers take Latin-1 for. Raises UnreadableFile for what is no text.
    """
    for encoding, mark in _MARKS:
        if data.startswith(mark):
            return _without_nul(_as(data, encoding))
    text = _as(data, "utf-8")
    if text is None and b"\0" not in data:
        text = _as(data, declared) if declared else None
        text = text or _by_look(data)
    elif text is None or "\0" in text:
        text = _as_utf16(data)
    return _without_nul(text)


def decode_line(data: bytes) -> str:
    """One line of a table: UTF-8, else Windows-1252. A line is too short to guess more."""
    text = _as(data, "utf-8")
    return _without_nul(text if text is not None else data.decode("cp1252", "replace"))


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _as_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in European text every other byte is NUL."""
    sample = data[:4096]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) < len(sample) // 4 or min(high, low) > len(sample) // 50:
        return None
    return _as(data, "utf-16-be" if high > low else "utf-16-le")


def _by_look(data: bytes) -> str | None:
    best = from_bytes(data, cp_exclusion=_NEVER_GUESSED).best()
    if best is None:
        return None
    guess = str(best)
    letters = [character for character in guess if character.isalpha()]
    foreign = len(_LETTER_BEYOND_LATIN.findall(guess))
    if letters and foreign >= _FOREIGN_SHARE * len(letters):
        return guess
    return _as(data, "cp1252") or data.decode("latin-1")


def _without_nul(text: str | None) -> str:
    if text is None or "\0" in text:
        raise UnreadableFile("binary, not text")
    return text

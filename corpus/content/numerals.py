"""Numbers as they are written: '41,252', '2.3 million', 'twenty-five', 'two dozen', 'a third'."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["figure", "words", "share", "plural", "ordinal"]

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
]  # fmt: skip
SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
NUMBER_WORDS = frozenset((*_SMALL, *_TENS, *_ORDINALS, *SCALES))
"""Words that number a thing and are not the thing: 'two', 'second'."""
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
_VALUES = (
    {word: float(at) for at, word in enumerate(_SMALL)}
    | {word: 10.0 * at for at, word in enumerate(_TENS, 2)}
    | SCALES
)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "tenth": 10, "tenths": 10,
}  # fmt: skip
_PLURALS = {
    "dozens": (24.0, 99.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2e3, 9_999.0),
    "millions": (2e6, 999_999_999.0),
    "billions": (2e9, 999_999_999_999.0),
    "dozens of thousands": (24e3, 99_999.0),
    "tens of thousands": (2e4, 99_999.0),
    "hundreds of thousands": (2e5, 999_999.0),
    "tens of millions": (2e7, 99_999_999.0),
    "hundreds of millions": (2e8, 999_999_999.0),
    "thousands of millions": (2e9, 9_999_999_999.0),
}
"""What a plural scale allows: from two of it to just below the next one that has a name."""

_SCALE = "|".join(SCALES)
_WORD = "|".join([*_SMALL, *_TENS])
_FIGURE = (
    r"(?<![\w.,/:])(?<![A-Za-z][-–])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!,\d{3}(?!\d))"
    rf"(?:(?:[\s-]*(?P<scale>{_SCALE})\b(?!s))|(?P<short>k|mn|mln|m|bn|tn)\b|(?P<nth>st|nd|rd|th)\b)?"
)
_WORDS = (
    rf"\b(?P<words>(?:half a (?:million|billion|dozen))|(?:(?:a|an)\s+(?:{_SCALE})\b(?!s))"
    rf"|(?:{_WORD})(?:(?:[\s-]+|\s+and\s+(?<=(?:dred|sand) and ))(?:{_WORD}|{_SCALE})\b)*)\b"
    r"(?P<ordinal>[\s-]+(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)?"
)
_SHARE = (
    r"\b(?:(?P<count>a|one|two|three|four|five)[\s-]+)?(?P<part>"
    rf"{'|'.join(sorted(_PARTS, key=len, reverse=True))})\b"
    r"(?!\s+an?\s+(?:dozen|hundred|thousand|million|billion|trillion)\b)(?P<whole>\s+(?:of|the|its|their|his|her|all)\b)?"
)
# 'scores' is a verb, and the sport's news is full of it, but for 'scores of people'.
_PLURAL = (
    rf"\b(?P<plural>{'|'.join(sorted(_PLURALS, key=len, reverse=True))})\b"
    r"(?<!scores(?! of))"
)
_NTH = rf"\b(?P<nthword>{'|'.join(_ORDINALS)}|{'|'.join(s + 'th' for s in _SMALL[13:])})\b"
_QUALIFIED = re.compile(
    r"\b(?:nearly|almost|about|around|over|under|roughly|than|least|most|exactly|only|to|by)\s+$",
    re.IGNORECASE,
)
_GLYPH = r"(?<![^\W\d_])(?P<glyph>[{}])".format(
    "".join(one for one in map(chr, range(0x3300)) if unicodedata.category(one) == "No")
)
"""'½', '①': a number in one character, each a number of its own; the '²' of 'km²' is none."""
_NUMBER = re.compile("|".join((_FIGURE, _PLURAL, _SHARE, _WORDS, _NTH, _GLYPH)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it is written.

    Attributes:
        start, end: character offsets; end is exclusive.
        value: what it comes to; the least value of a plural ('thousands' is 2000.0); a share in
            per cent ('a third' is 33.3).
        high: the largest value of a plural, else `value`.
        grain: the step at which it is written: 100.0 of '1,200', 100000.0 of '2.3 million'.
        form: how it is written.
        scaled: it has a scale word ('million'), so that a number before it may share that.
    """

    start: int
    end: int
    value: float
    high: float
    grain: float
    form: Form
    scaled: bool = False


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in order: figures, words, shares ('a third of'), plurals, ordinals."""
    for found in _NUMBER.finditer(text):
        if (one := _read(found)) is not None:
            yield one


def _read(found: re.Match[str]) -> Number | None:
    start, end = found.span()
    if found["digits"]:
        return _figure(found)
    if found["glyph"]:
        value = unicodedata.numeric(found["glyph"])
        return Number(start, end, value, value, value, "figure")
    if found["plural"]:
        low, high = _PLURALS[found["plural"].lower()]
        return Number(start, end, low, high, low / 2, "plural")
    if found["part"]:
        return _share(found)
    if found["words"]:
        return _words(found)
    return _ordinal(found["nthword"].lower(), start, end)


def _share(found: re.Match[str]) -> Number | None:
    """'A third of' in per cent; 'a third round' is an ordinal, and 'half an hour' nothing."""
    start, end = found.span()
    count = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    times = count[found["count"].lower()] if found["count"] else 1
    part = found["part"].lower()
    value = 100.0 * times / _PARTS[part]
    plural = part.endswith("s")
    # Without a whole a share has a qualifier: 'about a third'.
    whole = (
        found["whole"]
        or (plural and times > 1)
        or _QUALIFIED.search(found.string, max(0, start - 12), start)
    )
    bare = not found["count"] and (plural or _PARTS[part] > 2)
    if value > 100 or bare or not whole:
        at, after = found.span("part")
        return _ordinal(part, at, after) if part in _ORDINALS else None
    end = found.start("whole") if found["whole"] else end
    return Number(start, end, value, value, 10.0, "share")


def _figure(found: re.Match[str]) -> Number:
    written = found["digits"].replace(",", "")
    word, short = found["scale"], found["short"]
    scale = SCALES[word.lower()] if word else _SHORT[short.lower()] if short else 1.0
    value = float(written) * scale
    if "." in written:
        grain = scale * 10.0 ** -len(written.partition(".")[2])
    else:
        grain = scale * 10.0 ** (len(written) - len(written.rstrip("0"))) if value else scale
    form: Form = "ordinal" if found["nth"] else "figure"
    return Number(*found.span(), value, value, grain, form, scale > 1)


def _words(found: re.Match[str]) -> Number:
    start, end = found.span()
    words = re.findall(r"[a-z]+", found["words"].lower())
    value, grain = _value(words)
    if found["ordinal"]:
        last = found["ordinal"].strip(" -\t\n").lower()
        if value % 10 == 0 and 20 <= value < 100:
            total = value + _ORDINALS.index(last) + 1
            return Number(start, end, total, total, 1.0, "ordinal")
        end = found.end("words")
    return Number(start, end, value, value, grain, "words", words[-1] in SCALES)


def _value(words: list[str]) -> tuple[float, float]:
    """What number words come to, and the step at which they tell it."""
    if words[0] == "half":
        value = SCALES[words[-1]] / 2
        return value, value
    total = part = 0.0
    grain = 1.0
    for word in words:
        if word in ("a", "an"):
            part = 1.0
        elif word in SCALES:
            part = (part or 1.0) * SCALES[word]
            grain = SCALES[word]
            if SCALES[word] >= 1e3:
                total, part = total + part, 0.0
        elif word != "and":
            part += _VALUES[word]
            grain = 10.0 if word in _TENS or word == "ten" else 1.0
    return total + part, grain


def _ordinal(word: str, start: int, end: int) -> Number:
    value = float(
        _ORDINALS.index(word) + 1 if word in _ORDINALS else _SMALL.index(word.removesuffix("th"))
    )
    return Number(start, end, value, value, 1.0, "ordinal")

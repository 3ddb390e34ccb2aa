"""What kind of count a figure is: the whole, a part of it, more on top, or none at all."""

from __future__ import annotations

import re

from corpus.content.quantities import Quantity
from corpus.content.units import DURATIONS

_PART = re.compile(
    r"(?:\b(?:including|among them|among whom|of whom|of which|of them|of these|comprising|notably"
    r"|of those|most of|some of|at least some of|such as)\s+(?:(?:the|some|a|an|further"
    r"|another)\s+)*$)"
)
PART_AFTER = re.compile(
    r"\s*(?:of (?:whom|which|them|these|those|its|the (?:dead|victims|total|\d+)))\b"
)
_PART_TOLD = re.compile(r"(?:of them )?(?:were|are) (?:children|women|civilians|soldiers)\b")
_FORMER = re.compile(
    r"(?:\b(?:and not|not|rather than|instead of|from|against|compared (?:with|to)|up from|down"
    r" from)\s+"
    r"(?:the (?:earlier|previous|initial|former)\s+)?)$"
)
_TO = re.compile(r"^[^.;,]{0,30}?\bto\b")
_MORE = re.compile(r"\b(?:another|further|additional)\s+$", re.IGNORECASE)
_FEWER = re.compile(r"\s*(?:\w+ )?(?:fewer|less|higher|lower)\b|\s*(?:\w+ )?(?:more|other) than\b")
_MORE_AFTER = re.compile(r"\s*(?:more|fewer|less|higher|lower|other)\b(?! than \d)")
_AGE = re.compile(
    r"\b(?:(?:wo)?man|boy|girl|child(?:ren)?|person|aged?|who is|under|over) (?:of |is )?$|\bwho"
    r" is $"
)


def is_part(text: str, one: Quantity, sentence: tuple[int, int]) -> bool:
    """Whether a figure is a part of another: 'including 33 who are dead'."""
    before = text[max(sentence[0], one.start - 40) : one.start]
    if _PART.search(before) or PART_AFTER.match(text, one.end):
        return True
    if _PART_TOLD.match(text, one.end + 1):
        return True
    # 'including 33 who are dead — eight soldiers and 25 civilians'
    lead = text[sentence[0] : one.start]
    return bool(re.search(r"[–—:]\s*(?:[\w-]+ [\w-]+(?:,| and) )?$", lead)) and bool(
        re.search(r"\d", lead)
    )


def is_aside(text: str, one: Quantity) -> bool:
    """A figure that is no count: a duration, an age, one that is taken back or was before."""
    if one.unit in DURATIONS:
        return True
    before = text[max(0, one.start - 40) : one.start]
    if not one.unit and not one.counted and one.value < 120 and _AGE.search(before):
        return True
    written = text[one.start : one.end]
    if one.unit == "%" and not re.search(r"\d|%|cent|\bof\b", written) and " in " not in written:
        return True
    if one.unit == "%" and re.match(r" of an? (?:percentage )?point", text[one.end : one.end + 24]):
        return True
    former = _FORMER.search(before)
    if former is None:
        return False
    return not former[0].startswith("from") or bool(_TO.match(text[one.end : one.end + 40]))


def is_compared(text: str, one: Quantity) -> bool:
    """Whether a figure is a difference: 'four more than the bulletin has', 'two fewer bodies'."""
    return bool(_FEWER.match(text, one.end) or re.search(r"\bfewer\b", text[one.start : one.end]))


def is_more(text: str, one: Quantity, start: int) -> bool:
    """'another 41', 'four more than the bulletin has', 'two fewer bodies'."""
    return bool(
        _MORE.search(text, max(start, one.start - 12), one.start)
        or re.match(r"(?:another|further)\b", text[one.start : one.end], re.IGNORECASE)
        or (
            re.search(
                r"\b(?:more|fewer|further|other|additional)\b",
                text[one.start : one.end].partition(" ")[2],
            )
            and one.qualifier == "exact"
        )
        or _MORE_AFTER.match(text, one.end)
    )


def is_loose(text: str, one: Quantity) -> bool:
    """A number in words without a noun, a unit or a happening: 'shortly after six'."""
    return not one.unit and not one.counted and not any(map(str.isdigit, text[one.start : one.end]))

"""The parts of a sentence that each have a count of their own: '40 died, and 600 were hurt'."""

from __future__ import annotations

import re
from itertools import pairwise

_BREAK = re.compile(
    r"[;:–—]\s|,\s+(?=(?:and|but|while|including|whereas|who|which|most|among|some of|of whom|of"
    r" which"
    r"|with|only|although|though|up from|down from|compared|a day after|according|leaving)\b"
    r"|\d[\d,.]* of\b)"
    r"|,\s+(?=(?:[\w’'-]+ ){0,6}(?:said|says|told|added|reported)\b)"
    r"|\s(?=(?:but|while|including|whereas|as well as)\s)"
    r"|\s(?=and (?:(?:more|at|over|some|about|nearly|another|above|almost|around) )?(?:than "
    r"|least )?\d)"
)


def clauses_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the parts of a sentence that stands at start to end, in order, without gaps."""
    cuts = [start, *(found.end() for found in _BREAK.finditer(text, start, end)), end]
    return [(left, right) for left, right in pairwise(cuts) if right > left]

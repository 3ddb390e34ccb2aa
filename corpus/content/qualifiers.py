"""What qualifies a number, 'at least', 'nearly', 'or more', and the values that it then allows."""

from __future__ import annotations

import math
import re

from corpus.content.quantity import Qualifier

_BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("at least", r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|minimum"),
    ("at most", r"at most|up to|no more than|not more than|as many as|as much as|a maximum of"),
    (
        "more than",
        r"(?:well |far |just |slightly |a little )?(?:more than|over|above)|upwards? of"
        r"|in excess of|exceed(?:s|ed|ing)?|greater than",
    ),
    ("less than", r"(?:well |far )?(?:fewer than|less than|under|below)"),
    ("nearly", r"nearly|almost|close to|just under|just below|just shy of|approaching"),
    (
        "about",
        r"about|around|some|roughly|approximately|approx\.?|an estimated|estimated|circa|~"
        r"|in the region of|more or less|a total of about",
    ),
    ("exact", r"exactly|precisely|only|just"),
)
_QUALIFIER = re.compile(
    "|".join(rf"(?P<q{at}>(?<!\w)(?:{words}))" for at, (_, words) in enumerate(_BEFORE)).join(
        ("(?:", r")\s*$")
    ),
    re.IGNORECASE,
)
_LOOK_BACK = 28
_AFTER: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("at least", re.compile(r"\+|\s+or more\b|\s+at least\b", re.IGNORECASE)),
    ("at most", re.compile(r"\s+or (?:fewer|less)\b|\s+at most\b", re.IGNORECASE)),
    ("about", re.compile(r"-odd\b|\s+or so\b", re.IGNORECASE)),
)


def qualifier_of(text: str, start: int, end: int) -> tuple[Qualifier, int, int]:
    """What qualifies a number, and where the expression then begins and ends."""
    found = _QUALIFIER.search(text, max(0, start - _LOOK_BACK), start)
    if found:
        at = next(int(name[1:]) for name, words in found.groupdict().items() if words)
        return _BEFORE[at][0], found.start(), end
    for qualifier, pattern in _AFTER:
        if after := pattern.match(text, end):
            return qualifier, start, after.end()
    return "exact", start, end


def bounds(value: float, high: float, grain: float, qualifier: Qualifier) -> tuple[float, float]:
    """The values that a qualifier allows: 'about' half a step as written, at most a tenth."""
    slack = max(min(grain / 2, value / 10), value / 100)
    if qualifier == "about":
        return value - slack, high + slack
    if qualifier == "nearly":
        return value - slack, high
    if qualifier in ("more than", "at least"):
        return value, math.inf
    if qualifier in ("at most", "less than"):
        return 0.0, high
    return value, high

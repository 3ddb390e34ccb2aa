"""Quantities: how many and how much a text says, with the qualifier, the unit and what is counted.

'More than 32,000 people' is 32000 with the qualifier 'more than', counted 'people'. Dates, times
of day, years, ordinals and numbers that name a thing ('Resolution 2728') are no quantities; the
last three are `designations`, since they must not change from a text to what is said of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.content.numerals import Number, numbers
from corpus.content.quantity import Designation, Qualifier, Quantity
from corpus.content.rounding import agrees
from corpus.content.units import DURATIONS, counted_after, unit_after, unit_before

__all__ = ["Designation", "Qualifier", "Quantity", "agrees", "designations", "quantities"]

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
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATES = re.compile(
    rf"\b{_MONTH}\s+{_DAY}(?:\s*(?:[-–]|to|and|or)\s*{_DAY}(?!\s*(?:%|per|[a-z]+s\b)))?\b"
    r"(?!,\d)(?:,?\s+\d{4}\b)?"
    rf"|\b(?:{_DAY}\s*(?:[-–]|to|and)\s*)?{_DAY}(?:\s+of)?\s+{_MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b{_MONTH},?\s+(?:of\s+)?\d{{4}}\b"
    r"|\b\d{4}-\d\d(?:-\d\d)?\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b9/11\b"
    r"|\b(?:1[6-9]|20)\d\ds?\s*[-–/]\s*(?:\d\d|\d{4})\b|\b(?:1[6-9]|20)?\d0s\b"
    r"|\b(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+"
    r"(?:minute|hour|day|week|month|year|decade)s?\s+(?:ago|from now)\b"
    r"|\b[Tt]he\s+\d{1,2}(?:st|nd|rd|th)(?=\s+of\s+(?:this|the)\s+month|[.,;])"
)
_TIMES = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|\b(?P<clock>[01]?\d|2[0-4]):(?P<past>[0-5]\d)(?::[0-5]\d)?\b(?!-)"
    r"|\b(?P<four>[0-2]\d[0-5]\d)\s?(?:GMT|UTC|hours|hrs|local time)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\b(?:Articles?|Resolutions?|Sections?|Chapter|Paragraph|Clause|Rule|Law|No|Number|Flight"
    r"|Route|Highway|Page|Day|Phase|Stage|Unit|Room|Gate|Channel|Level|Platform|Annex|Part"
    r"|Protocol|Case|Bill|Directive|Order|Type|Boeing|Airbus|Group|Division|Brigade|Battalion"
    r"|Covid|Camp|Block|Sector|Zone|Terminal|Pier|Line|Track|Lane|District|Ward|Reactor|Hangar"
    r"|Berth|Model|Version|Runway|Apollo|Agenda|Vision|Tropical Storm|Formula|Fortune"
    r"|(?:phase|stage|resolution|article|section|flight|number|part|terminal|platform|reactor"
    r"|pier|berth|gate|ward|room|lane|runway|level|clause|page|step|chapter|grade))\.?"
    r"|#)[\s-]*$"
)
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_RANGE = re.compile(r"\s*(?:[-–—]|to|or)\s*(?P<sign>[$£€₪¥]?)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s*[$£€₪¥]?$", re.IGNORECASE)
_ONE_COUNTS = re.compile(
    r"[\s-]+(?:other |more |young |male |female )?(?:person|man|woman|child|boy|girl|baby|soldier"
    r"|civilian|death|hostage|prisoner|worker|journalist|house|vote|case|dead|killed|wounded|injured"
    r"|in (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b)"
)
_IN = re.compile(r"[\s-]+(?:in|out of)(?: every)?[\s-]+$", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|ages|turned|turns)\s+$", re.IGNORECASE)


# The same sentences are held against one claim after the other.
@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in order, without overlap."""
    return tuple(one for one in _read(text) if isinstance(one, Quantity))


@lru_cache(maxsize=4096)
def designations(text: str) -> tuple[Designation, ...]:
    """The ordinals, labels and times of day of a text, in order."""
    clock = [_time(found) for found in _TIMES.finditer(text)]
    others = [one for one in _read(text) if isinstance(one, Designation)]
    return tuple(sorted([*clock, *others], key=lambda one: one.start))


def _read(text: str) -> Iterator[Quantity | Designation]:
    taken = [found.span() for found in (*_DATES.finditer(text), *_TIMES.finditer(text))]
    free = [
        one
        for one in numbers(text)
        if not any(start < one.end and one.start < end for start, end in taken)
    ]
    at = 0
    while at < len(free):
        one = free[at]
        after = free[at + 1] if at + 1 < len(free) else None
        if label := _designation(text, one):
            yield label
        elif after and (pair := _range(text, one, after)):
            at += 1
            yield pair
        elif after and _is_share(text, one, after):
            at += 1
            share = 100 * one.value / after.value
            yield Quantity(one.start, after.end, share, share, share, "exact", "%", "")
        elif not _is_year(text, one) and not _is_mere_word(text, one):
            yield _quantity(text, one)
        at += 1


def _designation(text: str, one: Number) -> Designation | None:
    before = text[max(0, one.start - 20) : one.start]
    if one.form == "ordinal":
        return Designation(one.start, one.end, one.value, "ordinal")
    label = _LABEL.search(before)
    if label and (one.form != "words" or label[0][0].islower() or text[one.start].isupper()):
        # 'Day 3', 'phase two'; but 'on Day three hundred people came' is rare enough.
        return Designation(one.start, one.end, one.value, "label")
    return None


def _is_year(text: str, one: Number) -> bool:
    written = text[one.start : one.end]
    if not _YEAR.fullmatch(written) or _sign_before(text, one.start)[0]:
        return False
    # '2,024 people' has a comma, but not every writer sets it.
    return not unit_after(text, one.end)[0] and not counted_after(text, one.end)[0]


def _is_mere_word(text: str, one: Number) -> bool:
    """'One of them', 'first half': words that look like numbers and count nothing."""
    written = text[one.start : one.end].lower()
    if written != "one":
        return written == "second"
    if _ONE_COUNTS.match(text, one.end) or unit_after(text, one.end)[0]:
        return False
    return _qualifier(text, one.start, one.end)[0] == "exact"


def _is_share(text: str, one: Number, after: Number) -> bool:
    between = text[one.end : after.start]
    return (
        bool(_IN.fullmatch(between))
        and 0 < one.value < after.value <= 1000
        and after.form != "plural"
    )


def _range(text: str, one: Number, after: Number) -> Quantity | None:
    between = text[one.end : after.start]
    start, sign = _sign_before(text, one.start)[1], _sign_before(text, one.start)[0]
    opened = _BETWEEN.search(text, max(0, one.start - 12), one.start)
    is_between = opened is not None and opened[0].lower().startswith("between")
    if is_between:
        joined = re.fullmatch(r"\s+(?:and|to)\s+[$£€₪¥]?", between)
    else:
        joined = None if opened else _RANGE.fullmatch(between)
    if (
        not joined
        or one.form in ("plural", "share")
        or after.form in ("plural", "share", "ordinal")
    ):
        return None
    low, high = one.value, after.value
    if after.scaled and not one.scaled and low * (after.grain and _scale_of(after)) < high:
        low *= _scale_of(after)
    if low >= high:
        return None
    unit, end = _unit(text, after.end, sign)
    counted, end = counted_after(text, end) if unit not in DURATIONS else ("", end)
    begin = opened.start() if opened else start
    qualifier, begin, end = _qualifier(text, begin, end)
    middle = (low + high) / 2
    chosen: Qualifier = "about" if qualifier == "about" else "exact"
    return Quantity(
        begin, end, middle, low, high, chosen, unit, counted, min(one.grain, after.grain)
    )


def _scale_of(one: Number) -> float:
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3, 1e2) if one.value >= scale), 1.0)


def _quantity(text: str, one: Number) -> Quantity:
    sign, begin = _sign_before(text, one.start)
    qualifier, begin, end = _qualifier(text, begin, one.end)
    unit, end = ("%", end) if one.form == "share" else _unit(text, end, sign)
    if not unit and (
        _AGED.search(text, max(0, begin - 8), begin) or _is_age(text, begin, end, one.value)
    ):
        unit = "year"
    counted = ""
    if unit not in DURATIONS:
        counted, end = counted_after(text, end)
    if qualifier == "exact" and one.form == "plural":
        low, high, qualifier = one.value, one.high, "about"
    elif one.form == "share" and qualifier == "exact":
        low, high = one.value - 1.5, one.value + 1.5
    else:
        low, high = _bounds(one.value, one.high, one.grain, qualifier)
    return Quantity(begin, end, one.value, low, high, qualifier, unit, counted, one.grain)


def _is_age(text: str, start: int, end: int, value: float) -> bool:
    """'Reyes, 52, said': a figure between commas after a name."""
    before = re.search(r"[^\W\d_] ?, ?$", text[max(0, start - 4) : start])
    return bool(before and re.match(r" ?,", text[end:])) and 1 <= value < 120 and value % 1 == 0


def _bounds(value: float, high: float, grain: float, qualifier: Qualifier) -> tuple[float, float]:
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


def _qualifier(text: str, start: int, end: int) -> tuple[Qualifier, int, int]:
    """What qualifies a number, and where the expression then begins and ends."""
    found = _QUALIFIER.search(text, max(0, start - _LOOK_BACK), start)
    if found:
        at = next(int(name[1:]) for name, words in found.groupdict().items() if words)
        return _BEFORE[at][0], found.start(), end
    for qualifier, pattern in _AFTER:
        if after := pattern.match(text, end):
            return qualifier, start, after.end()
    return "exact", start, end


def _sign_before(text: str, start: int) -> tuple[str, int]:
    return unit_before(text, start)


def _unit(text: str, end: int, sign: str) -> tuple[str, int]:
    unit, after = unit_after(text, end)
    return (sign, after if unit == sign else end) if sign else (unit, after)


def _time(found: re.Match[str]) -> Designation:
    if found["half"]:
        hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
        value = hour + int(found["minute"] or 0) / 60
    elif found["clock"]:
        value = int(found["clock"]) + int(found["past"]) / 60
    else:
        value = int(found["four"][:2]) + int(found["four"][2:]) / 60
    return Designation(*found.span(), value, "time")

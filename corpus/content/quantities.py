"""Quantities: how many and how much a text says, with the qualifier, the unit and what is counted.

'More than 32,000 people' is 32000 with the qualifier 'more than', counted 'people'. Dates, times
of day, years, ordinals and numbers that name a thing ('Resolution 2728') are no quantities; the
last three are `designations`, since they must not change from a text to what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from corpus.content.designations import dates_and_times, designation_at, times_of_day
from corpus.content.numerals import Number, numbers
from corpus.content.qualifiers import bounds, qualifier_of
from corpus.content.quantity import Designation, Qualifier, Quantity
from corpus.content.rounding import agrees
from corpus.content.units import DURATIONS, counted_after, unit_after, unit_before

__all__ = ["Designation", "Qualifier", "Quantity", "agrees", "designations", "quantities"]


_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_RANGE = re.compile(r"\s*(?:[-–—]|to|or)\s*(?P<sign>[$£€₪¥]?)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s*[$£€₪¥]?$", re.IGNORECASE)
_ONE_COUNTS = re.compile(
    r"[\s-]+(?:other |more |young |male |female )?(?:person|man|woman|child|boy|girl|baby|soldier"
    r"|civilian|death|hostage|prisoner|worker|journalist|house|vote|case|dead|killed|wounded|injured"
    r"|in (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b)"
)
_IN = re.compile(r"[\s-]+(?:in|out of)(?: every)?[\s-]+$", re.IGNORECASE)
_OF_THE = re.compile(
    r"\s+(?:out )?of (?:the|its|their|his|her|an?)?\s*(?:US|A|C)?[$£€₪¥]?", re.IGNORECASE
)
_AGED = re.compile(r"\b(?:aged?|ages|turned|turns)\s+$", re.IGNORECASE)


# The same sentences are held against one claim after the other.
@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in order, without overlap."""
    return tuple(one for one in _read(text) if isinstance(one, Quantity))


@lru_cache(maxsize=4096)
def designations(text: str) -> tuple[Designation, ...]:
    """The ordinals, labels and times of day of a text, in order."""
    others = [one for one in _read(text) if isinstance(one, Designation)]
    return tuple(sorted([*times_of_day(text), *others], key=lambda one: one.start))


def _read(text: str) -> Iterator[Quantity | Designation]:
    taken = list(dates_and_times(text))
    free = [
        one
        for one in numbers(text)
        if not any(start < one.end and one.start < end for start, end in taken)
    ]
    at = 0
    while at < len(free):
        one = free[at]
        after = free[at + 1] if at + 1 < len(free) else None
        if label := designation_at(text, one):
            yield label
        elif after and (pair := _range(text, one, after)):
            at += 1
            yield pair
        elif after and _is_share(text, one, after):
            at += 1
            share = 100 * one.value / after.value
            yield Quantity(one.start, after.end, share, share, share, "exact", "%", "")
        elif not _is_year(text, one) and not _is_mere_word(text, one):
            yield _of_whole(text, _quantity(text, one), after)
        at += 1


def _is_year(text: str, one: Number) -> bool:
    written = text[one.start : one.end]
    if not _YEAR.fullmatch(written) or unit_before(text, one.start)[0]:
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
    return qualifier_of(text, one.start, one.end)[0] == "exact"


def _is_share(text: str, one: Number, after: Number) -> bool:
    between = text[one.end : after.start]
    return (
        bool(_IN.fullmatch(between))
        and 0 < one.value < after.value <= 1000
        and after.form != "plural"
    )


def _range(text: str, one: Number, after: Number) -> Quantity | None:
    between = text[one.end : after.start]
    sign, start = unit_before(text, one.start)
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
    qualifier, begin, end = qualifier_of(text, begin, end)
    middle = (low + high) / 2
    chosen: Qualifier = "about" if qualifier == "about" else "exact"
    return Quantity(
        begin, end, middle, low, high, chosen, unit, counted, min(one.grain, after.grain)
    )


def _scale_of(one: Number) -> float:
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3, 1e2) if one.value >= scale), 1.0)


def _quantity(text: str, one: Number) -> Quantity:
    sign, begin = unit_before(text, one.start)
    qualifier, begin, end = qualifier_of(text, begin, one.end)
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
        low, high = bounds(one.value, one.high, one.grain, qualifier)
    return Quantity(begin, end, one.value, low, high, qualifier, unit, counted, one.grain)


def _of_whole(text: str, part: Quantity, after: Number | None) -> Quantity:
    """'15 million of the 40 million crowns' are crowns."""
    if part.unit or part.counted or not after:
        return part
    if not _OF_THE.fullmatch(text, part.end, after.start):
        return part
    unit, _ = _unit(text, after.end, unit_before(text, after.start)[0])
    return part if unit in DURATIONS else replace(part, unit=unit)


def _is_age(text: str, start: int, end: int, value: float) -> bool:
    """'Reyes, 52, said': a figure between commas after a name."""
    before = re.search(r"[^\W\d_] ?, ?$", text[max(0, start - 4) : start])
    return bool(before and re.match(r" ?,", text[end:])) and 1 <= value < 120 and value % 1 == 0


def _unit(text: str, end: int, sign: str) -> tuple[str, int]:
    unit, after = unit_after(text, end)
    return (sign, after if unit == sign else end) if sign else (unit, after)

"""The days that a question names in its own words: 'in March 2024', 'on 17 September 2024'."""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import Enum

from embeddings.store.window import DateWindow

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "(?P<month>" + "|".join(_MONTHS) + ")"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?P<year>\d{{4}})\b",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
        r"\b(?P<year>\d{4})-(?P<monthnumber>\d{2})-(?P<day>\d{2})\b",
        rf"\b{_MONTH},?(?: of)? (?P<year>\d{{4}})\b",
        r"\b(?:in|during|of|since|by) (?P<year>(?:19|20)\d{2})\b",
    )
)


class Timing(Enum):
    """How an article's date stands to the days that a question names."""

    WITHIN = "within"
    OUTSIDE = "outside"
    UNDATED = "undated"


def named_period(question: str) -> DateWindow | None:
    """The first day, month or year that the question names together with its year, or None.

    It is a wish, not a filter: an article of a later day may report on it.
    """
    first = _first(question)
    return first[1] if first else None


def without_period(question: str) -> str:
    """The question less the first days that it names: they are matched by date, not by word."""
    first = _first(question)
    return _cut(question, first[0]) if first else question


def without_day(text: str, day: date) -> str:
    """The text less the dates in it that name this day, its month or its year, and no other."""
    dates: list[re.Match[str]] = []
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            # Of '6 March 2024' the month alone is no date of its own.
            if all(found.end() <= one.start() or one.end() <= found.start() for one in dates):
                dates.append(found)
    for found in sorted(dates, key=re.Match.start, reverse=True):
        if (days := _named(found)) and days.admits(day):
            text = _cut(text, found)
    return text


def timing(published: date | None, period: DateWindow) -> Timing:
    """Whether an article of that day of publication falls within the period."""
    if published is None:
        return Timing.UNDATED
    return Timing.WITHIN if period.admits(published) else Timing.OUTSIDE


def _first(question: str) -> tuple[re.Match[str], DateWindow] | None:
    for pattern in _PATTERNS:
        if (found := pattern.search(question)) and (window := _named(found)):
            return found, window
    return None


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _named(found: re.Match[str]) -> DateWindow | None:
    parts = found.groupdict()
    name, number = parts.get("month"), parts.get("monthnumber")
    month = _MONTHS[name.lower()] if name else int(number) if number else None
    return _window(int(parts["year"]), month, int(parts["day"]) if parts.get("day") else None)


def _window(year: int, month: int | None, day: int | None) -> DateWindow | None:
    try:
        if month is None:
            return DateWindow(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return DateWindow(date(year, month, 1), date(year, month, last))
        return DateWindow(date(year, month, day), date(year, month, day))
    except ValueError:  # 'February 30, 2024' names no day
        return None

"""Spans of the calendar: a day, a week from Monday, a month or a part of it, a quarter, a year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]
"""The first and the last day, both included."""

DAY = timedelta(days=1)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def one_day(year: int, month: int, day: int) -> Span | None:
    """The one day, as a span; None where the month has no such day."""
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    return named, named


def month_span(year: int, month: int, part: str | None = None) -> Span:
    """The month; its first ten days for 'early', its second ten for 'mid', the rest for 'late'."""
    length = monthrange(year, month)[1]
    parts = {"early": (1, 10), "mid": (11, 20), "late": (21, length)}
    first, last = parts[part.lower()] if part else (1, length)
    return date(year, month, first), date(year, month, last)


def third_of(first: date, last: date, part: str | None) -> Span:
    """The first, second or last third of a span, by 'early', 'mid', 'late' and their like."""
    third = (last - first).days // 3 * DAY
    parts = {
        "early": (first, first + third),
        "mid": (first + third, last - third),
        "late": (last - third, last),
        "the end of": (last - third, last),
        "the start of": (first, first + third),
        "the beginning of": (first, first + third),
    }
    return parts.get((part or "").lower(), (first, last))


def unit_span(unit: str, today: date, shift: int) -> Span:
    """The week (from Monday), weekend, month, quarter or year that lies `shift` from today's."""
    if unit == "week":
        first = monday_of(today) + 7 * shift * DAY
        return first, first + 6 * DAY
    if unit == "weekend":
        saturday = monday_of(today) + (5 + 7 * shift) * DAY
        return saturday, saturday + DAY
    if unit == "month":
        month = months_from(today.replace(day=1), shift)
        return month, months_from(month, 1) - DAY
    if unit == "quarter":
        month = months_from(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * shift)
        return month, months_from(month, 3) - DAY
    return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)


def monday_of(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - day.weekday() * DAY


def months_from(month: date, shift: int) -> date:
    """The first day of the month that lies `shift` months from this first day of one."""
    months = month.year * 12 + month.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1)

"""What each phrase says: the days that it names, as its text was written on one day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from corpus.days.phrases import COUNT_WORDS, DAY_WORDS
from corpus.days.spans import (
    DAY,
    MONTHS,
    Span,
    monday_of,
    month_span,
    months_from,
    one_day,
    third_of,
    unit_span,
)
from corpus.days.tense import Surroundings

# An announced day lies at most this far ahead; a farther one would be named with its year.
_ANNOUNCED = timedelta(days=183)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHIFTS = {"last": -1, "this": 0, "next": 1}


def _month_of(found: re.Match[str]) -> int:
    return MONTHS.index(found["month"][:3].lower()) + 1


def _year_told(which: str | None, today: date) -> int | None:
    """The year of 'last year', 'this year' and 'next year'; None where none is told."""
    return today.year + _SHIFTS[which] if which else None


def _whole_date(found: re.Match[str], _: Surroundings) -> Span | None:
    month = found["month"]
    number = int(month) if month.isdigit() else _month_of(found)
    return one_day(int(found["year"]), number, int(found["day"]))


def _month_of_year(found: re.Match[str], _: Surroundings) -> Span | None:
    return month_span(int(found["year"]), _month_of(found), found["part"])


def _year(found: re.Match[str], _: Surroundings) -> Span | None:
    year = int(found["year"])
    if found["decade"] and year % 10:
        return None
    first, last = date(year, 1, 1), date(year + (9 if found["decade"] else 0), 12, 31)
    return third_of(first, last, found["part"])


def _month_day(found: re.Match[str], around: Surroundings) -> Span | None:
    month, day, today = _month_of(found), int(found["day"]), around.today
    if year := _year_told(found["which"], today):
        return one_day(year, month, day)
    years = (today.year - 1, today.year, today.year + 1)
    days = [span[0] for year in years if (span := one_day(year, month, day))]
    if around.is_ahead():
        coming = [each for each in days if today <= each <= today + _ANNOUNCED]
        if coming:
            return coming[0], coming[0]
    past = [each for each in days if each <= today]
    return (past[-1], past[-1]) if past else None


def _day_of_month(found: re.Match[str], around: Surroundings) -> Span | None:
    day, today = int(found["day"]), around.today
    step = 1 if around.is_ahead() else -1
    month = today.replace(day=1)
    for _ in range(3):
        span = one_day(month.year, month.month, day)
        if span and ((span[0] >= today) if step > 0 else (span[0] <= today)):
            return span
        month = months_from(month, step)
    return None


def _month(found: re.Match[str], around: Surroundings) -> Span | None:
    month, today = _month_of(found), around.today
    year = _year_told(found["which"], today)
    if year is None:
        year = today.year
        how = (found["how"] or "").lower()
        ahead = how == "next" or (how == "" and around.is_ahead())
        if how == "last" and month >= today.month:
            year -= 1
        elif ahead and (month < today.month or (how == "next" and month == today.month)):
            year += 1
        elif not ahead and how != "this" and month > today.month:
            year -= 1
    return month_span(year, month, found["part"])


def _weekday(found: re.Match[str], around: Surroundings) -> Span | None:
    number = _WEEKDAYS.index(found["weekday"][:3].lower())
    today, how = around.today, (found["how"] or "").lower()
    back = (today.weekday() - number) % 7
    if how in ("last", "past"):
        day = today - (back or 7) * DAY
    elif how in ("next", "coming"):
        # 'Next Tuesday', said on a Monday, is not tomorrow.
        day = monday_of(today) + (7 + number) * DAY
    elif how == "this":
        day = monday_of(today) + number * DAY
    else:
        day = today + (-back % 7) * DAY if around.is_ahead() else today - back * DAY
    return day, day


def _day_word(found: re.Match[str], around: Surroundings) -> Span | None:
    first, last = DAY_WORDS[found["word"].lower()]
    return around.today + first * DAY, around.today + last * DAY


def _this_unit(found: re.Match[str], around: Surroundings) -> Span | None:
    today, shift = around.today, _SHIFTS[found["how"].lower()]
    when = (found["when"] or "").lower()
    first, last = unit_span(found["unit"].lower(), today, shift)
    if shift == 0 and when in ("earlier", "already"):
        return first, today
    if shift == 0 and when == "later":
        return today, last
    return third_of(first, last, when)


def _ago(found: re.Match[str], around: Surroundings) -> Span | None:
    count = _count_of(found["count"])
    unit = found["unit"]
    sign = -1 if found["way"] == "ago" else 1
    if unit in ("minute", "hour"):
        return around.today, around.today
    if unit == "day":
        day = around.today + sign * count * DAY
        return day, day
    return unit_span(unit, around.today, sign * count)


def _lately(found: re.Match[str], around: Surroundings) -> Span | None:
    count, today = _count_of(found["count"] or "one"), around.today
    unit = found["unit"]
    if unit in ("minute", "hour"):
        first = today - (count // 24 if unit == "hour" else 0) * DAY
    elif unit in ("day", "week"):
        first = today - count * (7 if unit == "week" else 1) * DAY
    else:
        month = months_from(today.replace(day=1), -count * (12 if unit == "year" else 1))
        first = month.replace(day=min(today.day, monthrange(month.year, month.month)[1]))
    return first, today


def _count_of(words: str) -> int:
    return int(words) if words.isdigit() else COUNT_WORDS[words.lower()]


_READERS: dict[str, Callable[[re.Match[str], Surroundings], Span | None]] = {
    "whole-date": _whole_date,
    "month-of-year": _month_of_year,
    "year": _year,
    "month-day": _month_day,
    "day-of-month": _day_of_month,
    "month": _month,
    "weekday": _weekday,
    "day-word": _day_word,
    "this-unit": _this_unit,
    "ago": _ago,
    "lately": _lately,
}


def read(rule: str, found: re.Match[str], around: Surroundings) -> Span | None:
    """The days that a phrase of `corpus.days.phrases.PHRASES` names; None where there are none."""
    try:
        return _READERS[rule](found, around)
    except (ValueError, OverflowError):
        return None  # a day before the year 1 or after 9999

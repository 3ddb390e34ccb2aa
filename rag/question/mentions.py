"""Every phrase of a question that names days; one without its year borrows it from another."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus.days import ABSOLUTE, DayMention, days_in

_DAY = timedelta(days=1)
_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_NAMES)
_WEEKDAY = "|".join(day.lower() for day in calendar.day_name)
# 'may' and 'march' in lower case are verbs, except beside words that only stand by a month.
_LOWER = re.compile(
    rf"\b(?:(?!may\b|march\b)(?:{_MONTH}|{_WEEKDAY})|(?<=in )(?:may|march)|(?<=since )(?:may|march)"
    r"|(?<=until )(?:may|march)|(?<=last )(?:may|march)|(?<=\d )(?:may|march)(?= \d{4})"
    r"|(?:may|march)(?= \d))\b"
)
_JOIN = r"(?:and|to|or|through|until|till|with|versus|vs\.?|–|-)"
_TWO_DAYS = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?{_JOIN}\s?(?P<then>(?P<last>\d{{1,2}})(?:st|nd|rd|th)?"
    rf" (?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?)\b",
    re.IGNORECASE,
)
_TWO_DAYS_AFTER = re.compile(
    rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?{_JOIN}\s?"
    r"(?P<then>(?P<last>\d{1,2}))(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?\b",
    re.IGNORECASE,
)
_BARE_MONTH = re.compile(
    r"(?<!\d )(?<!\dst )(?<!\dnd )(?<!\drd )(?<!\dth )"
    rf"\b(?P<month>{_MONTH})(?= {_JOIN} (?:in )?(?:the )?(?:early |late |mid-)?(?:{_MONTH})\b)",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d)(?=\s?{_JOIN}\s?(?:in )?(?:19|20)\d\d\b)", re.IGNORECASE
)
_START_OF = re.compile(r"\b(?:start|beginning) of the (?P<unit>year|month|week)\b", re.IGNORECASE)
_SEASON = re.compile(
    r"\b(?P<season>spring|summer|autumn|fall)(?:(?: of|,)? (?P<year>(?:19|20)\d\d)\b"
    r"|(?= (?:and|to|or|until) (?:in )?(?:the )?(?:spring|summer|autumn|fall) of (?:19|20)\d\d))",
    re.IGNORECASE,
)
_YEAR_OF_NEXT = re.compile(r"(?: \w+){1,4} of (?P<year>(?:19|20)\d\d)\b")
# Meteorological seasons of the northern half of the earth. Winter lies in two years: left out.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


def mentions_in(question: str, today: date | None) -> tuple[DayMention, ...]:
    """Every phrase of the question that names days, in order, without overlap.

    A month or day without its year takes the year of the nearest date that has one.
    """
    text = _LOWER.sub(lambda found: found[0].capitalize(), question)
    known = [one for one in days_in(text, None) if one.rule in ABSOLUTE]
    found = [*_seasons_and_years(text), *_day_pairs(text, known, today)]
    found += [one for one in known if not _meets(one, found)]
    anchors = sorted(found, key=lambda one: one.start)
    if anchors:
        for one in (*_bare_months(text, anchors), *_without_year(text, anchors)):
            if not _meets(one, found):
                found.append(one)
    if today is not None:
        seen = [
            *_starts(text, today),
            *days_in(text, today),
            *([] if anchors else _bare_months_from(text, today)),
        ]
        found += [one for one in seen if not _meets(one, found)]
    return tuple(sorted(found, key=lambda one: one.start))


def _seasons_and_years(text: str) -> list[DayMention]:
    """'the summer of 2023', and the first year of 'between 2021 and 2023'."""
    found = []
    for match in _SEASON.finditer(text):
        first, last = _SEASONS[match["season"].lower()]
        following = _YEAR_OF_NEXT.match(text, match.end())
        if not match["year"] and not following:
            continue
        year = int(match["year"] or (following["year"] if following else 0))
        days = date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
        end = match.end() if match["year"] else match.end("season")
        found.append(DayMention(match.start(), end, *days, "month-of-year"))
    for match in _BARE_YEAR.finditer(text):
        year = int(match["year"])
        days = date(year, 1, 1), date(year, 12, 31)
        found.append(DayMention(match.start(), match.end(), *days, "year"))
    return found


def _starts(text: str, today: date) -> list[DayMention]:
    """'since the start of the year': this one, from its first day."""
    found = []
    for match in _START_OF.finditer(text):
        first = {
            "year": today.replace(month=1, day=1),
            "month": today.replace(day=1),
            "week": today - today.weekday() * _DAY,
        }[match["unit"].lower()]
        found.append(DayMention(match.start(), match.end(), first, first, "this-unit"))
    return found


def _day_pairs(text: str, known: Sequence[DayMention], today: date | None) -> list[DayMention]:
    """'between 9 and 12 October 2022', 'June 5 to 12': a day that borrows its month."""
    found: list[DayMention] = []
    for pattern in (_TWO_DAYS, _TWO_DAYS_AFTER):
        for match in pattern.finditer(text):
            year = int(match["year"]) if match["year"] else _year_near(match.start(), known, today)
            if year is None:
                continue
            month = _NAMES[match["month"].lower()]
            later = int(match["last"])
            try:
                first, then = date(year, month, int(match["day"])), date(year, month, later)
            except ValueError:
                continue
            cut = match.end("day")
            found.append(DayMention(match.start(), cut, first, first, "whole-date"))
            found.append(DayMention(match.start("then"), match.end(), then, then, "whole-date"))
    return found


def _year_near(at: int, known: Sequence[DayMention], today: date | None) -> int | None:
    if known:
        return min(known, key=lambda one: abs(one.start - at)).first.year
    return today.year if today else None


def _bare_months(text: str, anchors: Sequence[DayMention]) -> list[DayMention]:
    """'March' of 'between March and September 2024'."""
    found = []
    for match in _BARE_MONTH.finditer(text):
        anchor = _nearest(match.start(), anchors)
        month = _NAMES[match["month"].lower()]
        year = _year_beside(month, match.start(), anchor)
        found.append(_month(match.start(), match.end(), year, month))
    return found


def _bare_months_from(text: str, today: date) -> list[DayMention]:
    found = []
    for match in _BARE_MONTH.finditer(text):
        month = _NAMES[match["month"].lower()]
        year = today.year - (month > today.month)
        found.append(_month(match.start(), match.end(), year, month))
    return found


def _without_year(text: str, anchors: Sequence[DayMention]) -> list[DayMention]:
    """Months and days without a year, in the year of the nearest date that has one."""
    found = []
    seen = {year: days_in(text, date(year, 12, 31)) for year in {one.last.year for one in anchors}}
    for anchor in anchors:
        for one in seen[anchor.last.year]:
            if one.rule not in ("month", "month-day") or _nearest(one.start, anchors) != anchor:
                continue
            year = _year_beside(one.first.month, one.start, anchor)
            try:
                days = one.first.replace(year=year), one.last.replace(year=year)
            except ValueError:  # 29 February
                continue
            found.append(replace(one, first=days[0], last=days[1]))
    return found


def _year_beside(month: int, at: int, anchor: DayMention) -> int:
    """The year that keeps two dates in the order in which they stand."""
    if at < anchor.start:
        return anchor.first.year - (month > anchor.first.month)
    return anchor.last.year + (month < anchor.last.month)


def _month(start: int, end: int, year: int, month: int) -> DayMention:
    last = calendar.monthrange(year, month)[1]
    return DayMention(start, end, date(year, month, 1), date(year, month, last), "month-of-year")


def _nearest(at: int, anchors: Sequence[DayMention]) -> DayMention:
    return min(anchors, key=lambda one: abs(one.start - at))


def _meets(one: DayMention, others: Sequence[DayMention]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)

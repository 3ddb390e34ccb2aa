"""The days that a question asks about, seen from the reader's day: 'since Monday', 'last week'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.days import DayMention
from embeddings.store.window import DateWindow
from rag.question.latest import means_now
from rag.question.mentions import mentions_in
from rag.question.words import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS, WH_WORDS

_DAY = timedelta(days=1)
_MARK = re.compile(
    r"(?:\b(?P<mark>as of|as at|up to|up until|prior to|no later than|not later than|since|from"
    r"|after|before|until|till|by|following|starting|beginning)\s+)?"
    r"(?:\b(?:in|on|during|of|for|at|over|throughout|within|around|about|between|dated)\s+)?"
    r"(?:the\s+)?(?:(?:start|beginning|end|middle|course|month|year|week|night|morning"
    r"|evening) of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:\b(?:the|its|his|her|their|this|that)|['’]s?)\s+$", re.IGNORECASE)
_REPORT = re.compile(r"(?:reports?|articles?|accounts?|story|stories|update)$", re.IGNORECASE)
# 'between the end of the truce and 4 December': the first end is an event, not a day.
_CLOSES = re.compile(
    r"\bbetween (?:the |its |his |her |their )?[a-z][^?,]*? and\s+$", re.IGNORECASE
)
_FUTURE = re.compile(r"\b(?:will|shall|going to|due|expected|planned|scheduled)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question asks about, and where it names them.

    Attributes:
        window: open at an end where the question leaves it open; None where no days are named.
        spans: the phrases that name them with their prepositions, in characters, in order.
        as_of: the state on the last day is asked for: 'as of March 2024'.
        each: the days of each phrase, in order; two or more where periods are set side by side.
    """

    window: DateWindow | None = None
    spans: tuple[tuple[int, int], ...] = ()
    as_of: bool = False
    each: tuple[DayMention, ...] = ()


@dataclass(frozen=True, slots=True)
class _Marked:
    mention: DayMention
    mark: str
    start: int


def period_in(question: str, today: date | None = None) -> Period:
    """The days that a question asks about.

    Args:
        question: in plain words.
        today: the reader's day, from which 'last week', 'Friday' and a month without its year are
            seen. Without it such phrases count only where a year stands with another date.
    """
    mentions = mentions_in(question, today)
    marked = [
        _marked(question, one)
        for one in mentions
        if not _is_name(question, one, lone=len(mentions) == 1)
    ]
    if not marked:
        return Period()
    spans = tuple((one.start, _end_of(question, one)) for one in marked)
    if len(marked) == 1 and _is_now(question, marked[0].mention):
        return Period(None, spans, as_of=True)
    as_of = any(one.mark in ("as of", "as at") for one in marked)
    window = _together(question, marked, today)
    return Period(window, spans, as_of, tuple(one.mention for one in marked))


def _is_name(question: str, one: DayMention, *, lone: bool) -> bool:
    """Whether the days only name something: 'the October 7 attack', 'the 2022 World Cup'."""
    if one.rule in ("month-of-year", "whole-date") and lone:
        return False
    after = re.match(r"\s+([^\W\d_][\w’'-]*)", question[one.end :])
    small = PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | WH_WORDS | {"that", "according"}
    if after is None or after[1].lower() in small or _is_report(question, one, after[1]):
        return False
    if one.rule == "month-day" and re.search(r"\bof\s+$", question[: one.start]):
        return True  # 'the toll of October 7 deaths'
    return _NAMED.search(question[: one.start]) is not None


def _is_report(question: str, one: DayMention, noun: str) -> bool:
    """'In the March report' and 'the March and June reports' tell when; 'the May report' what."""
    if not _REPORT.match(noun):
        return False
    inside = re.search(r"\b(?:in|of|by|from)\s+the\s+$", question[: one.start], re.IGNORECASE)
    return inside is not None or noun.endswith("s")


def _end_of(question: str, one: _Marked) -> int:
    """'In the March 2024 report' names days to its last word."""
    report = re.match(r"\s+(\w+)\b", question[one.mention.end :])
    inside = re.match(r"(?:in|of|by) the\b", question[one.start :], re.IGNORECASE)
    if inside and report and _REPORT.match(report[1]):
        return one.mention.end + report.end()
    return one.mention.end


def _is_now(question: str, one: DayMention) -> bool:
    return question[one.start : one.end].lower() == "today" and means_now(question)


def _marked(question: str, one: DayMention) -> _Marked:
    found = _MARK.search(question[: one.start])
    start = found.start() if found else one.start
    mark = (found["mark"] or "").lower() if found else ""
    if not mark and _CLOSES.search(question[: one.start]):
        mark = "until"
    return _Marked(one, mark, start)


def _together(question: str, marked: Sequence[_Marked], today: date | None) -> DateWindow | None:
    """One window: the hull of the days that are named, cut by 'since', 'before' and their like."""
    plain: list[DayMention] = []
    since: date | None = None
    until: date | None = None
    for at, one in enumerate(marked):
        mention = one.mention
        follows = marked[at + 1] if at + 1 < len(marked) else None
        closes = one.mark in ("until", "till", "up to", "by") and at > 0 and plain
        if one.mark == "from" and follows is not None:
            plain.append(mention)
        elif one.mark in ("since", "from", "starting", "beginning"):
            since = mention.first
            until = today if today and today >= mention.first else until
        elif one.mark in ("after", "following"):
            since = mention.last + _DAY
        elif closes or not one.mark:
            plain.append(mention)
        elif one.mark in ("before", "prior to"):
            until = mention.first - _DAY
        elif one.mark == "by" and _FUTURE.search(question):
            continue
        else:
            until = mention.last
    if plain:
        first, last = min(one.first for one in plain), max(one.last for one in plain)
        since, until = max(since or first, first), min(until or last, last)
        if since > until:
            since, until = first, last
    if since and until and since > until:
        return None  # 'before 2000 … from 2000': no day is both
    return DateWindow(since, until) if since or until else None

"""Fragments filled in from the question before: 'and in September?', 'how many women?'."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus.days import DayMention
from rag.question.asked_period import period_in
from rag.question.bounds import bounds_in
from rag.question.mentions import mentions_in
from rag.question.naming import names_in
from rag.question.speaker import speaker_in
from rag.question.verbs import is_participle, is_past
from rag.question.words import (
    AUXILIARIES,
    PREPOSITIONS,
    WH_WORDS,
    tidied,
    words_of,
)

_DAY_BESIDE = re.compile(
    r"^(?:on )?the (?:(?P<next>day after|next day|following day)|(?:day before|previous day))$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"^(?P<head>.*?\bhow (?:many|much) )(?P<noun>.+?)(?P<tail> (?:did|does|do|has|have|had|is"
    r"|are|was|were|will|would|can|could|died|live|lived|came|left|fled)\b.*)$",
    re.IGNORECASE,
)
_PREPOSED = re.compile(r"^(?P<prep>[a-z]+(?: to)?) (?P<rest>.+)$", re.IGNORECASE)


def is_fragment(text: str) -> bool:
    """Whether the words make no question: no question word, no verb."""
    words = words_of(text)
    if not words or len(words) > 9:
        return False
    if words[0].low in WH_WORDS | AUXILIARIES and not (words[0].low == "may" and len(words) < 4):
        return False
    if words[0].low in PREPOSITIONS and any(word.low in WH_WORDS for word in words[1:3]):
        return False
    finite = [w for w in words if w.low in AUXILIARIES and w.low != "may"]
    opens = re.match(
        r"(?:list|name|compare|summari[sz]e|describe|explain|tell|give|show)\b", text, re.I
    )
    return not finite and not opens


def filled(fragment: str, last: str, today: date | None) -> str:
    """The last question with the fragment in the place of what it stands for."""
    days = _days_of(fragment, last, today)
    if days is not None:
        return _with_days(last, days)
    prep = _PREPOSED.match(fragment)
    if prep and prep["prep"].lower() in PREPOSITIONS | {"according to"}:
        return _with_phrase(last, prep["prep"], fragment)
    speaker = speaker_in(last).speaker
    if speaker and (names_in(f"of {fragment}") or fragment.lower().startswith("the ")):
        article = r"(?:the )?"
        return re.sub(
            rf"{article}{re.escape(speaker)}", lambda _: fragment, last, count=1, flags=re.I
        )
    if is_participle(fragment) or is_past(fragment):
        found = [w for w in words_of(last) if is_participle(w.low) and w.low not in AUXILIARIES]
        if found:
            return f"{last[: found[-1].start]}{fragment}{last[found[-1].end :]}"
    names = [name for name in names_in(last) if name != fragment]
    if names and names_in(f"of {fragment}"):
        bare = re.sub(r"^the ", "", fragment, flags=re.IGNORECASE)
        name = re.escape(_fitting(names, last))
        return re.sub(
            rf"(?P<the>\b[Tt]he )?{name}",
            lambda m: f"{m['the'] or fragment[: -len(bare)]}{bare}",
            last,
            count=1,
        )
    if COUNTED.match(last):
        return counted(fragment, last, today)
    what = re.match(
        r"(?P<head>(?:what|who) (?:is|was|are|were) )(?:the )?(?P<noun>.+?)(?P<tail> (?:in|of"
        r"|at) .*)?$",
        last,
        re.I,
    )
    if what:
        return f"{what['head']}{fragment}{what['tail'] or ''}"
    return f"{last}, as to {fragment}"


def _fitting(names: Sequence[str], last: str) -> str:
    """The name that another takes the place of: one after 'in' or 'at', or the first."""
    placed = [
        n for n in names if re.search(rf"\b(?:in|at|from|near) (?:the )?{re.escape(n)}", last)
    ]
    return (
        placed[0]
        if placed and not re.match(r"(?:did|does|has|is|was|will)\b", last, re.I)
        else names[0]
    )


def _with_phrase(last: str, prep: str, fragment: str) -> str:
    """The phrase with the same preposition gives way; else the fragment is added at the end."""
    days = period_in(last).spans
    found = None
    for one in re.finditer(
        rf"\b{re.escape(prep)} (?:the )?(?:[\w’'-]+)(?: (?-i:[A-Z])[\w’'-]*)*", last, re.I
    ):
        if not any(start < one.end() and one.start() < end for start, end in days):
            found = one
    if found is None:
        return f"{last} {fragment}"
    return f"{last[: found.start()]}{fragment}{last[found.end() :]}"


def counted(fragment: str, last: str, today: date | None) -> str:
    """'how many women' after 'How many people were hurt?' → 'How many women were hurt?'."""
    days = _days_of(fragment, last, today)
    if days is not None:
        return _with_days(last, days)
    prep = _PREPOSED.match(fragment)
    if re.match(r"(?:once|when|by the time)\b", fragment, re.IGNORECASE):
        return f"{re.sub(r' (?:at first|initially|originally)$', '', last)} {fragment}"
    if prep and prep["prep"].lower() in PREPOSITIONS:
        return _with_phrase(last, prep["prep"], fragment)
    if is_participle(fragment) or is_past(fragment):
        past = [w for w in words_of(last) if is_participle(w.low) and w.low not in AUXILIARIES]
        if past:
            return f"{last[: past[-1].start]}{fragment}{last[past[-1].end :]}"
    found = COUNTED.match(last)
    return f"{found['head']}{fragment}{found['tail']}" if found else f"how many {fragment}"


def _days_of(fragment: str, last: str, today: date | None) -> str | None:
    """The days of a fragment that names nothing else, with the year of those before."""
    anchor = period_in(last, today).each
    if anchor and anchor[0].first == anchor[0].last and (beside := _DAY_BESIDE.match(fragment)):
        then = anchor[0].first + timedelta(days=1 if beside["next"] else -1)
        return f"on {then.day} {then:%B} {then.year}"
    base = date(anchor[0].first.year, 12, 31) if anchor else today
    written = mentions_in(fragment, None)
    found = written or mentions_in(fragment, base)
    if not found:
        return None
    rest = fragment
    for one in reversed(found):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    rest = re.sub(r"\b(?:early|late|mid|the|and|to)\b", " ", rest)
    words = [word.low for word in words_of(rest)]
    if any(word not in PREPOSITIONS | {"as"} for word in words):
        return None
    seen_from_today = found[0].rule not in ("month", "month-day", "month-of-year")
    if written or seen_from_today or len(found) > 1 or not anchor:
        return (
            fragment
            if words
            else f"on {fragment}"
            if found[0].rule == "weekday"
            else _in(fragment, found[0])
        )
    day = _near(found[0], anchor[0], today)
    phrase = fragment[found[0].start : found[0].end]
    lead = tidied(fragment[: found[0].start]) or ("on" if day.first == day.last else "in")
    return f"{lead} {phrase} {day.first.year}"


def _in(fragment: str, day: DayMention) -> str:
    if day.rule in ("day-word", "this-unit", "ago", "lately"):
        return fragment
    return f"on {fragment}" if day.first == day.last else f"in {fragment}"


def _near(day: DayMention, anchor: DayMention, today: date | None) -> DayMention:
    """In the year in which it lies nearest to the days before; in theirs where two are as near."""
    month, there = day.first.month, anchor.first.year * 12 + anchor.first.month
    years = (anchor.first.year, anchor.first.year - 1, anchor.first.year + 1)
    year = min(years, key=lambda each: abs(each * 12 + month - there))
    if today is not None and date(year, month, 1) > today:
        year -= 1
    last = min(day.last.day, calendar.monthrange(year, day.last.month)[1])
    first = min(day.first.day, last)
    return replace(day, first=date(year, month, first), last=date(year, day.last.month, last))


def _with_days(last: str, days: str) -> str:
    """The last question with other days; what bounded it by an event no longer does."""
    spans = [*period_in(last, date.max.replace(year=9000)).spans]
    if not spans:
        spans = [*bounds_in(last).spans]
    if not spans:
        return f"{last} {days}"
    text = last
    for start, end in sorted(spans[1:], reverse=True):
        text = f"{text[:start]} {text[end:]}"
    start, end = spans[0]
    text = f"{text[:start]} {days} {text[end:]}" if start else f"{days}{text[end:]}"
    return re.sub(r"\s+(?:and|to|or)(?=\W*$)", "", tidied(text))


def without_days(last: str) -> str:
    """The question less every phrase that names days."""
    text = last
    for start, end in sorted(period_in(last, date.max.replace(year=9000)).spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return tidied(text)

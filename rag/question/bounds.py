"""The events that bound a question in time: 'before the truce ended', 'since the vote'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.frame import frame_of
from rag.question.verbs import NOUNS_TOO, is_past
from rag.question.words import DETERMINERS, GROUPS, WH_WORDS, Word, listed, words_of

_BOUND = re.compile(
    r"\b(?P<word>before|prior to|ahead of|until|till|up to|by the time|in the run-up to"
    r"|after|following|since|once|in the wake of|in the aftermath of)\s+",
    re.IGNORECASE,
)
_BEFORE = frozenset(
    ("before", "prior to", "ahead of", "until", "till", "up to", "by the time", "in the run-up to")
)
_STOP = re.compile(
    r"[,;?]|\s(?:about|according to|and (?=(?:who|what|when|where|why|how|did|was|were|is)\b)"
    r"|before|until|compared)\b|\.(?=\s|$)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:\b(?:in|on|during|for|over) (?:the )?|\bthe )(?:(?:first|last|next|few|immediate"
    r"|early) )*"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|period|time|night|morning) )?(?:\b(?:right"
    r"|just|shortly|soon|immediately|even|only|ever|not long) )?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\b(?:named|looks?|looking|looked|runs?|running|comes?|called|modelled|take[ns]?|takes|sought|day"
    r"|year|one|time)\s+$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:more than |nearly |about |almost |over |some |just |only )?(?:\d+|an?|one|two|three"
    r"|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|several|many|a few)\b(?:[\w-]* )*?(?:hours?|days?"
    r"|weeks?|months?|years?|minutes?)\b",
    re.IGNORECASE,
)
_EVENTS = listed(
    """
accident agreement announcement appeal arrest assault attack ban battle blackout blast bombardment
call campaign ceasefire ceremony clash collapse conference conflict congress coronation coup crash
crisis cyclone death debate deal derailment disaster drought earthquake election elections
eruption evacuation exchange expiry explosion fall fighting fire flood floods funeral game hearing
hurricane incident inauguration inquiry invasion killing landing landslide launch lockdown march
massacre match meeting merger murder offensive opening operation outage outbreak pandemic pause
peace plot poll polls press protest protests quake raid ramadan christmas easter eid passover
referendum release report rescue resignation riot riots ruling sale sentencing session shelling
shooting siege signing sinking speech spill split storm strike strikes summit surgery surrender
talks takeover tournament tragedy transfer treaty trial truce truces uprising verdict victory
visit vote votes walkout war withdrawal wedding wildfire wildfires
"""
)
_CLAUSE = listed("is are was were has have had will would ends begins starts ended began")
_NOT_EVENTS = re.compile(
    r"(?:nation|station|position|opposition|delegation|organi[sz]ation|administration|coalition"
    r"|commission|king|thing|building|wing|spring|morning|evening|region|million)$"
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The words of the events that bound a question, and where they stand, in characters."""

    after: str | None = None
    before: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


def bounds_in(question: str, days: Sequence[tuple[int, int]] = ()) -> Bounds:
    """The events that bound a question in time.

    Args:
        question: in plain words.
        days: where it names days, in characters: these are no events.
    """
    after: str | None = None
    before: str | None = None
    spans: list[tuple[int, int]] = []
    for found in _BOUND.finditer(question):
        after_it = found["word"].lower() in ("after", "following")
        if after_it and _NOT_AFTER.search(question[: found.start()]):
            continue
        span = _event(question, found.end(), days, after=after_it)
        if span is None or (spans and found.start() < spans[-1][1]):
            continue
        words = question[span[0] : span[1]]
        if found["word"].lower() in _BEFORE:
            before = before or words
        else:
            after = after or words
        lead = _LEAD.search(question[: found.start()])
        spans.append((lead.start() if lead else found.start(), span[1]))
    return Bounds(after, before, tuple(spans))


def _event(
    question: str, start: int, days: Sequence[tuple[int, int]], *, after: bool
) -> tuple[int, int] | None:
    """Where the words of the event stand that begins here; None where what follows is none."""
    opening = frame_of(question).opening
    limit = opening[1] if opening[0] <= start < opening[1] else len(question)
    stop = _STOP.search(question, start, limit)
    end = stop.start() if stop else limit
    for first, last in sorted(days, reverse=True):
        if start < first < end and last >= end - 1:
            end = first
    while end > start and not question[end - 1].isalnum():
        end -= 1
    words = words_of(question[start:end])
    if not words or words[0].low in WH_WORDS or _LENGTH.match(question, start, end):
        return None
    if any(first <= start < last for first, last in days):
        return None
    if all(word.low in DETERMINERS or word.text.isdigit() for word in words):
        return None
    low = [word.low for word in words]
    return (start, end) if _happens(low) or (after and _is_thing(words)) else None


def _is_thing(words: Sequence[Word]) -> bool:
    """'the audit': what follows 'after' happened, unless it is somebody."""
    last = words[-1]
    return words[0].low in DETERMINERS and not last.capitalised and last.low not in GROUPS


def _happens(words: Sequence[str]) -> bool:
    """Whether the words tell of something that happens: a clause, or a noun that is an event."""
    if any(word in _EVENTS or word in _CLAUSE or is_past(word) for word in words):
        return True
    if words[0] not in DETERMINERS and words[0].endswith("ing") and len(words[0]) > 5:
        return True  # 'before leaving Doha'
    last = words[-1]
    if last in NOUNS_TOO and len(words) > 1:
        return True
    return any(
        word.endswith(("tion", "sion", "ing")) and len(word) > 5 and not _NOT_EVENTS.search(word)
        for word in words
    )

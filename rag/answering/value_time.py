"""Of which day a value is, and whether what it tells of has come about.

'The slope moved 4 centimetres in 2021 and 9 in 2023' has a day beside each figure, and 'is to visit
on Saturday' tells of no visit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from corpus.days import DayMention, days_in
from embeddings.store.window import DateWindow

Span = tuple[int, int]

_NEXT = 5
"""Words after a figure within which a day is its own: 'moved 9 centimetres in early 2023'."""
_CUT = re.compile(r"[,;:](?=\s)|\s[–—-]\s")
_PAST = re.compile(r"\b(?:did|was|were|had)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|going to|(?:is|are|was|were) (?:\w+ )?(?:to|due|set|scheduled|expected"
    r"|planned)\b|(?:plan(?:s|ned)?|hope[sd]?|intend(?:s|ed)?|promise[sd]?|due|want(?:s|ed)?)"
    r" to)\b",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"\b(?:cancel(?:s|led|ed|ling)?|call(?:s|ed)? off|postpon(?:es|ed)|scrapp?(?:s|ed)?"
    r"|abandon(?:s|ed)?|put off)\b",
    re.IGNORECASE,
)


def of_other_days(
    text: str, spots: Sequence[Span], period: DateWindow | None, published: date | None
) -> frozenset[Span]:
    """Those figures of a sentence that are of other days than those that are asked about.

    Args:
        spots: where the figures stand, in order.
        period: the days that are asked about; none is told where it is None.
        published: the day of the article, from which 'on Friday' is seen.

    Empty where no figure has one of the asked days beside it: then the days of the sentence tell
    of something else.
    """
    if period is None or len(spots) < 2:
        return frozenset()
    days = [day for day in days_in(text, published) if day.first != date.min]
    own = {spot: _own_day(text, spot, follows, days) for spot, follows in _with_next(spots, text)}
    asked = {spot for spot, day in own.items() if day and _is_in(day, period)}
    if not asked:
        return frozenset()
    return frozenset(spot for spot, day in own.items() if day and spot not in asked)


def _with_next(spots: Sequence[Span], text: str) -> list[tuple[Span, int]]:
    ordered = sorted(spots)
    ends = [after[0] for _, after in pairwise(ordered)]
    return list(zip(ordered, [*ends, len(text)], strict=True))


def _own_day(text: str, spot: Span, until: int, days: Sequence[DayMention]) -> DayMention | None:
    after = [day for day in days if spot[1] <= day.start < until]
    if after and len(text[spot[1] : after[0].start].split()) <= _NEXT:
        return after[0]
    return None


def _is_in(day: DayMention, period: DateWindow) -> bool:
    return (period.since is None or day.last >= period.since) and (
        period.until is None or day.first <= period.until
    )


def is_unrealised(question: str, text: str, at: int) -> bool:
    """Whether a value stands in words on what is to come, or was given up, though it is asked
    what was."""
    if not _PAST.search(question) or _AHEAD.search(question):
        return False
    cuts = [0, *(one.end() for one in _CUT.finditer(text)), len(text)]
    start, end = next((left, right) for left, right in pairwise(cuts) if left <= at < right)
    if _AHEAD.search(text, start, at):
        return True
    return bool(_GIVEN_UP.search(text, start, end)) and not _GIVEN_UP.search(question)

"""As of which days a figure is: of the day beside it, of its article's, or counted since one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.content.quantities import Quantity
from corpus.content.speech import statements
from corpus.days import DayMention, days_in

Span = tuple[int, int]

_NEAR = 400
"""Characters. 'Since then' points no farther back than to a sentence or two before."""

_SINCE_THEN = re.compile(
    r"\bsince then\b|\bin that time\b|\bsince\b(?=\s+(?:the|its|it|they|fighting|war)\b)",
    re.IGNORECASE,
)
# Words of a count that runs on: of those killed so far, and not of one day's.
_RUNNING = re.compile(
    r"\b(?:toll|tally|count|counted|register|total|number of|known dead|so far|since|rose to"
    r"|risen to|rises? to"
    r"|brings?|brought the|stood at|stands at|put it at|ha(?:s|ve) (?:\w+ )?(?:killed|been|died"
    r"|lost|risen|recorded)"
    r"|to date|remain\w*|still|lowered|raised|revised|corrected)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s+(?:[\w’'-]+\s+){0,6}$"
    r"|\b(?:in the past|over the past|in the last|over the last|within)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\b(?:by|until|as of|up to)\s+(?:the\s+)?$", re.IGNORECASE)
_ATTACK = re.compile(
    r"^\s+(?:attacks?|massacre|raid|assault|earthquake|bombing|disaster|flood|crash|war)\b"
)


@dataclass(frozen=True, slots=True)
class FigureDay:
    """As of when a figure is.

    Attributes:
        first, last: the days that it is of, both included; None where none is known.
        since: the first day of what is counted, where that is told.
        is_told: whether its sentence tells the day of one happening, and counts nothing that runs
            on to it.
    """

    first: date | None
    last: date | None
    since: date | None
    is_told: bool


class FigureDays:
    """The days of one text, asked for each of its figures.

    Args:
        published: the day of the article: a figure for which no day is told is of that day.
    """

    def __init__(self, text: str, published: date | None) -> None:
        self._text = text
        self._published = published
        self._days = days_in(text, published)

    def of(self, one: Quantity, clause: Span, sentence: Span) -> FigureDay:
        """As of when a figure is that stands in a clause of a sentence."""
        day = self._beside(one, clause, sentence)
        first, last = self._as_of(day, sentence)
        is_told = not self._is_of_saying(one, day) and self._is_of_one(day, sentence)
        return FigureDay(first, last, self._since(sentence), is_told)

    def _since(self, sentence: Span) -> date | None:
        for day in self._in(sentence):
            if _SINCE.search(self._text, sentence[0], day.start) and not _ATTACK.match(
                self._text, day.end
            ):
                return day.first
        if _SINCE_THEN.search(self._text, *sentence):
            return self._last_day_before(sentence[0])
        return None

    def _last_day_before(self, at: int) -> date | None:
        before = [day for day in self._days if day.end <= at and at - day.end < _NEAR]
        return before[-1].last if before else None

    def _beside(self, one: Quantity, clause: Span, sentence: Span) -> DayMention | None:
        """The day nearest to a figure in its clause, else that of an attack in its sentence."""
        for span in (clause, sentence):
            near = [
                day
                for day in self._in(span)
                if not _SINCE.search(self._text, sentence[0], day.start)
                and (self._published is None or day.first <= self._published)
                and (span == clause or _ATTACK.match(self._text, day.end))
            ]
            if near:
                return min(near, key=lambda each: _gap(each, one))
        return None

    def _is_of_saying(self, one: Quantity, day: DayMention | None) -> bool:
        """Whether a day stands beside the saying word: 'said on Thursday that 17 people'."""
        if day is None or day.first != day.last:
            return False
        return any(
            said.start <= one.start < said.end and not said.start <= day.start < said.end
            for said in statements(self._text)
        )

    def _as_of(self, day: DayMention | None, sentence: Span) -> tuple[date | None, date | None]:
        if day is None:
            return self._published, self._published
        if _UP_TO.search(self._text, sentence[0], day.start):
            return day.last, day.last
        return day.first, min(day.last, self._published or day.last)

    def _in(self, span: Span) -> list[DayMention]:
        return [day for day in self._days if span[0] <= day.start < span[1]]

    def _is_of_one(self, day: DayMention | None, sentence: Span) -> bool:
        """Whether a figure is of one happening on a day, and no count that runs on to it."""
        if day is None or _UP_TO.search(self._text, sentence[0], day.start):
            return False
        return not _RUNNING.search(self._text, *sentence)


def _gap(day: DayMention, one: Quantity) -> int:
    return max(day.start - one.end, one.start - day.end)

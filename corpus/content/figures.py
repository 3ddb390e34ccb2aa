"""The figures of a text: what they count, whose count it is, where, and as of which days.

'Hamas-run Gaza's health ministry said that 41,252 people had been killed' is a quantity of
'people killed', by that ministry, as of the day of the article. The figure of a part ('including
8,000 children') is marked, so that it is never taken for another count of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from corpus.content.counting import PART_AFTER, is_aside, is_loose, is_more, is_part
from corpus.content.happenings import happening_at, happenings_in, tells_itself
from corpus.content.measured import measured_before
from corpus.content.places import place_near, places
from corpus.content.quantities import Quantity, quantities
from corpus.content.speech import speaker_of, statements
from corpus.days import DayMention, days_in
from corpus.sentences import sentence_spans

_BREAK = re.compile(
    r"[;:–—]\s|,\s+(?=(?:and|but|while|including|whereas|who|which|most|among|some of|of whom|of"
    r" which"
    r"|with|only|although|though|up from|down from|compared|a day after|according|leaving)\b"
    r"|\d[\d,.]* of\b)"
    r"|,\s+(?=(?:[\w’'-]+ ){0,6}(?:said|says|told|added|reported)\b)"
    r"|\s(?=(?:but|while|including|whereas|as well as)\s)"
    r"|\s(?=and (?:(?:more|at|over|some|about|nearly|another|above|almost|around) )?(?:than "
    r"|least )?\d)"
)
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
_BOTH = re.compile(
    r"\b(?P<both>(?:dead|killed|deaths) (?:and|or) (?:missing|injured|wounded)"
    r"|(?:injured|wounded|missing) (?:and|or) (?:dead|killed))\b",
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
_IT = re.compile(r"\b(?:it|that|the (?:number|toll|total|figure|count|tally)) (?:\w+ ){0,3}$")
_OF_WHAT = re.compile(r" of (?:the )?(?P<what>[a-z]{3,})\b")
_MOST = 40
"""Figures of one sentence. What has more is a table, in which no sentence tells what they count."""
_MERE_NUMBERS = ("number", "figure", "total", "count", "tally", "toll")
_NO_COUNTS = (
    ["counts"],
    ["sides"],
    ["parties"],
    ["steps"],
    ["ways"],
    ["reports"],
    ["times"],
    ["things"],
)


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure as a text tells it.

    Attributes:
        start, end: character offsets of the quantity; end is exclusive.
        quantity: the value with its qualifier, unit and counted noun.
        what: what it counts or measures: 'people killed', 'policy rate'; '' where nothing tells.
        where: the place that the count is of, or ''.
        by: whose count it is, or None where the text itself says so.
        first, last: the days that it is of, both included; None in a text without a date that
            names no day.
        since: the first day of what is counted, where that is told: 'since Friday'; such a count
            is not one of the whole.
        happening: what happened to those who are counted: one of
            `corpus.content.happenings.HAPPENINGS`, or ''.
        noun: the counted or measured noun phrase, lower-cased, or ''.
        is_part: whether it is a part of another figure: 'including 33 who are dead'.
        is_more: whether it is added to another figure: 'another 41'.
        sentence: offsets of its sentence.
        clause: offsets of the part of the sentence that it stands in.
        is_incident: whether it is of what happened on a named day, and no count that runs on.
    """

    start: int
    end: int
    quantity: Quantity
    what: str
    where: str
    by: str | None
    first: date | None
    last: date | None
    since: date | None
    happening: str
    noun: str
    is_part: bool
    is_more: bool
    sentence: tuple[int, int]
    clause: tuple[int, int]
    is_incident: bool = False


@lru_cache(maxsize=512)
def figure_mentions(text: str, published: date | None) -> tuple[FigureMention, ...]:
    """The figures of a text, in order.

    Args:
        text: an article's.
        published: the day of the article: a figure for which no day is told is of that day.

    Figures that a sentence takes back ('and not 6,300') or that were before ('from 4.25 to') are
    left out, and so are durations and ages, which count nothing that is reported.
    """
    return tuple(_Mentions(text, published).read())


class _Mentions:
    """Reads one text; what a figure counts may stand in the sentence before."""

    def __init__(self, text: str, published: date | None) -> None:
        self._text = text
        self._published = published
        self._days = days_in(text, published)
        self._noun = ""
        self._noun_at = -1
        self._where = ""
        self._where_at = -1
        self._event = ""

    def read(self) -> Iterator[FigureMention]:
        found = quantities(self._text)
        for number, (start, end) in enumerate(sentence_spans(self._text)):
            clauses = _clauses(self._text, start, end)
            here = [one for one in found if start <= one.start < end]
            noun, event = "", ""
            if len(here) > _MOST:
                continue
            for one in here:
                clause = next(each for each in clauses if each[0] <= one.start < each[1])
                if is_aside(self._text, one) or one.counted.split()[-1:] in _NO_COUNTS:
                    continue
                made = self._mention(one, (start, end), clause, number, noun, event)
                if made is not None:
                    if not made.is_more:
                        noun, event = made.noun or noun, made.happening or event
                    yield made
            self._event = event or self._event_of(start, end)
            if noun:
                self._noun, self._noun_at = noun, number
            self._remember_place(start, end, number)

    def _mention(
        self,
        one: Quantity,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        number: int,
        noun_here: str,
        event_here: str,
    ) -> FigureMention | None:
        text = self._text
        words = text[clause[0] : clause[1]]
        part = is_part(text, one, sentence)
        event = ""
        noun = one.counted
        if not one.unit:
            event = happening_at(words, one.start - clause[0], one.end - clause[0])
            if not event and noun and happenings_in(noun):
                event = happenings_in(noun)[0]
            if not event and not noun:
                event = event_here or (
                    self._event if _IT.search(words[: one.start - clause[0]]) else ""
                )
            noun = noun or self._inherited(event, number, noun_here, part)
        if not noun and (of := _OF_WHAT.match(text, one.end)):
            noun = of["what"]
        if not noun:
            noun = measured_before(text, clause[0], one.start) or measured_before(
                text, sentence[0], one.start
            )
        if noun in _MERE_NUMBERS:
            noun = noun_here or (self._noun if number - self._noun_at <= 1 else "") or noun
        if not event and (not noun or is_loose(text, one)):
            return None
        if part and not event:
            event = event_here
        # '97 of whom are still held' counts something else than the 251 that were taken.
        part = part and not (PART_AFTER.match(text, one.end) and event != event_here)
        since = self._since(sentence)
        day = self._day_of(one, clause, sentence)
        first, last = self._as_of(day, sentence)
        if both := _BOTH.search(words):
            noun, event = both["both"].lower(), ""
        return FigureMention(
            one.start, one.end, one, _as_written(text, one, _what(noun, event)),
            self._place(one, clause, sentence, number),
            speaker_of(text, one.start, one.end), first, last, since, event, noun, part,
            is_more(text, one, clause[0]), sentence, clause,
            bool(event) and not self._is_of_saying(one, day) and _is_incident(text, day, sentence),
        )  # fmt: skip

    def _inherited(self, event: str, number: int, noun_here: str, part: bool) -> str:
        """The noun of an earlier figure, for '97 of whom' and '16 were missing'."""
        if not event and not part:
            return ""
        if noun_here:
            return noun_here
        near = self._noun and number - self._noun_at <= 1
        if near and event in ("held", "freed", "missing", "injured", "killed"):
            return self._noun
        return "people" if event in ("killed", "injured", "missing", "displaced") else ""

    def _event_of(self, start: int, end: int) -> str:
        """What a sentence without a figure tells: 'the number of known dead rose steeply'."""
        told = happenings_in(self._text[start:end])
        return told[0] if len(told) == 1 else ""

    def _since(self, sentence: tuple[int, int]) -> date | None:
        for day in self._of(sentence):
            if _SINCE.search(self._text, sentence[0], day.start) and not _ATTACK.match(
                self._text, day.end
            ):
                return day.first
        if _SINCE_THEN.search(self._text, *sentence):
            return self._last_day_before(sentence[0])
        return None

    def _last_day_before(self, at: int) -> date | None:
        before = [day for day in self._days if day.end <= at and at - day.end < 400]
        return before[-1].last if before else None

    def _day_of(
        self, one: Quantity, clause: tuple[int, int], sentence: tuple[int, int]
    ) -> DayMention | None:
        """The day that the figure is of: the nearest in its clause, else that of an attack."""
        for span in (clause, sentence):
            near = [
                day
                for day in self._of(span)
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

    def _as_of(
        self, day: DayMention | None, sentence: tuple[int, int]
    ) -> tuple[date | None, date | None]:
        if day is None:
            return self._published, self._published
        if _UP_TO.search(self._text, sentence[0], day.start):
            return day.last, day.last
        return day.first, min(day.last, self._published or day.last)

    def _of(self, span: tuple[int, int]) -> list[DayMention]:
        return [day for day in self._days if span[0] <= day.start < span[1]]

    def _place(
        self, one: Quantity, clause: tuple[int, int], sentence: tuple[int, int], number: int
    ) -> str:
        for span in (clause, sentence):
            if place := place_near(self._text, span, one.start, one.end):
                return place
        return self._where if number - self._where_at <= 1 else ""

    def _remember_place(self, start: int, end: int, number: int) -> None:
        found = list(places(self._text, start, end))
        if found:
            self._where, self._where_at = found[-1][1], number


def _as_written(text: str, one: Quantity, what: str) -> str:
    """What is counted with the capitals of the text: 'Palestinians killed'."""
    written = text[one.start : one.end]
    return " ".join(
        word.capitalize()
        if re.search(rf"(?<!^)\b{re.escape(word.capitalize())}\b", written)
        else word
        for word in what.split()
    )


def _what(noun: str, event: str) -> str:
    if not event or (noun and tells_itself(noun) and event in happenings_in(noun)):
        noun = "people" if event and noun.split()[-1] in ("deaths", "dead", "lives") else noun
    if not event:
        return noun
    if (
        noun
        and happenings_in(noun) == (event,)
        and noun.split()[-1] not in ("dead", "deaths", "lives")
    ):
        return noun
    if noun.split()[-1:] in (["deaths"], ["dead"], ["lives"]):
        noun = " ".join([*noun.split()[:-1], "people"]) if len(noun.split()) == 1 else "people"
    return f"{noun or 'people'} {event}"


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(found.end() for found in _BREAK.finditer(text, start, end)), end]
    return [(left, right) for left, right in pairwise(cuts) if right > left]


def _is_incident(text: str, day: DayMention | None, sentence: tuple[int, int]) -> bool:
    """Whether a figure is of one happening on a day, and no count that runs on to it."""
    if day is None or _UP_TO.search(text, sentence[0], day.start):
        return False
    return not _RUNNING.search(text, *sentence)


def _gap(day: DayMention, one: Quantity) -> int:
    return max(day.start - one.end, one.start - day.end)

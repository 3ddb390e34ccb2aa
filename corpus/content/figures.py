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
from corpus.content.figure_days import FigureDays
from corpus.content.figure_words import as_written, what_is_counted
from corpus.content.happenings import happening_at, happenings_in
from corpus.content.measured import measured_before
from corpus.content.places import place_near, places
from corpus.content.quantities import Quantity, quantities
from corpus.content.speech import speaker_of
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
_BOTH = re.compile(
    r"\b(?P<both>(?:dead|killed|deaths) (?:and|or) (?:missing|injured|wounded)"
    r"|(?:injured|wounded|missing) (?:and|or) (?:dead|killed))\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|that|the (?:number|toll|total|figure|count|tally)) (?:\w+ ){0,3}$")
_OF_WHAT = re.compile(r" of (?:the )?(?P<what>[a-z]{3,})\b")
_MOST = 40
"""Figures of one sentence. What has more is a table, in which no sentence tells what they count."""
_MERE_NUMBERS = frozenset(("number", "figure", "total", "count", "tally", "toll"))
_NO_COUNTS = frozenset(
    ("counts", "sides", "parties", "steps", "ways", "reports", "times", "things")
)
"""Counted nouns of which no figure is reported: 'on three counts', 'four times'."""
_OF_PEOPLE = frozenset(("killed", "injured", "missing", "displaced"))
_OF_THE_SAME = _OF_PEOPLE - {"displaced"} | {"held", "freed"}
"""What happens to some of those who were counted in the sentence before."""


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


@dataclass(slots=True)
class _Sentence:
    """A sentence as it is read: where it is, and what its figures so far count."""

    number: int
    span: tuple[int, int]
    clauses: list[tuple[int, int]]
    noun: str = ""
    happening: str = ""

    def clause_of(self, one: Quantity) -> tuple[int, int]:
        return next(each for each in self.clauses if each[0] <= one.start < each[1])

    def remember(self, made: FigureMention) -> None:
        if not made.is_more:
            self.noun = made.noun or self.noun
            self.happening = made.happening or self.happening


class _Mentions:
    """Reads one text; what a figure counts may stand in the sentence before."""

    def __init__(self, text: str, published: date | None) -> None:
        self._text = text
        self._days = FigureDays(text, published)
        self._noun = ""
        self._noun_at = -1
        self._where = ""
        self._where_at = -1
        self._happening = ""

    def read(self) -> Iterator[FigureMention]:
        found = quantities(self._text)
        for number, (start, end) in enumerate(sentence_spans(self._text)):
            inside = [one for one in found if start <= one.start < end]
            if len(inside) > _MOST:
                continue
            here = _Sentence(number, (start, end), _clauses(self._text, start, end))
            for one in inside:
                if not is_aside(self._text, one) and (made := self._mention(one, here)):
                    here.remember(made)
                    yield made
            self._leave(here)

    def _leave(self, here: _Sentence) -> None:
        """Keep what the next sentence may point back to."""
        self._happening = here.happening or self._told_in(here.span)
        if here.noun:
            self._noun, self._noun_at = here.noun, here.number
        if found := list(places(self._text, *here.span)):
            self._where, self._where_at = found[-1][1], here.number

    def _mention(self, one: Quantity, here: _Sentence) -> FigureMention | None:
        text = self._text
        if one.counted and one.counted.split()[-1] in _NO_COUNTS:
            return None
        clause = here.clause_of(one)
        part = is_part(text, one, here.span)
        happening = self._happened(one, clause, here)
        noun = self._counted(one, clause, here, happening, part)
        if not happening and (not noun or is_loose(text, one)):
            return None
        if part and not happening:
            happening = here.happening
        # '97 of whom are still held' counts something else than the 251 that were taken.
        part = part and not (PART_AFTER.match(text, one.end) and happening != here.happening)
        if both := _BOTH.search(text[clause[0] : clause[1]]):
            noun, happening = both["both"].lower(), ""
        day = self._days.of(one, clause, here.span)
        return FigureMention(
            start=one.start,
            end=one.end,
            quantity=one,
            what=as_written(text, one, what_is_counted(noun, happening)),
            where=self._place(one, clause, here),
            by=speaker_of(text, one.start, one.end),
            first=day.first,
            last=day.last,
            since=day.since,
            happening=happening,
            noun=noun,
            is_part=part,
            is_more=is_more(text, one, clause[0]),
            sentence=here.span,
            clause=clause,
            is_incident=bool(happening) and day.is_told,
        )

    def _happened(self, one: Quantity, clause: tuple[int, int], here: _Sentence) -> str:
        """What happened to those whom a figure counts, as far as its clause or noun tells."""
        if one.unit:
            return ""
        words = self._text[clause[0] : clause[1]]
        start, end = one.start - clause[0], one.end - clause[0]
        if told := happening_at(words, start, end):
            return told
        if one.counted:
            return next(iter(happenings_in(one.counted)), "")
        return here.happening or (self._happening if _IT.search(words[:start]) else "")

    def _counted(
        self, one: Quantity, clause: tuple[int, int], here: _Sentence, happening: str, part: bool
    ) -> str:
        """The noun phrase that a figure counts or measures, or ''."""
        text = self._text
        noun = one.counted
        if not noun and not one.unit:
            noun = self._inherited(happening, here, part)
        if not noun and (of := _OF_WHAT.match(text, one.end)):
            noun = of["what"]
        noun = noun or measured_before(text, clause[0], one.start)
        noun = noun or measured_before(text, here.span[0], one.start)
        if noun in _MERE_NUMBERS:
            return here.noun or (self._noun if self._is_near(here) else "") or noun
        return noun

    def _inherited(self, happening: str, here: _Sentence, part: bool) -> str:
        """The noun of an earlier figure, for '97 of whom' and '16 were missing'."""
        if not happening and not part:
            return ""
        if here.noun:
            return here.noun
        if self._noun and self._is_near(here) and happening in _OF_THE_SAME:
            return self._noun
        return "people" if happening in _OF_PEOPLE else ""

    def _is_near(self, here: _Sentence) -> bool:
        return here.number - self._noun_at <= 1

    def _told_in(self, span: tuple[int, int]) -> str:
        """What a sentence without a figure tells: 'the number of known dead rose steeply'."""
        told = happenings_in(self._text[slice(*span)])
        return told[0] if len(told) == 1 else ""

    def _place(self, one: Quantity, clause: tuple[int, int], here: _Sentence) -> str:
        for span in (clause, here.span):
            if place := place_near(self._text, span, one.start, one.end):
                return place
        return self._where if here.number - self._where_at <= 1 else ""


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(found.end() for found in _BREAK.finditer(text, start, end)), end]
    return [(left, right) for left, right in pairwise(cuts) if right > left]

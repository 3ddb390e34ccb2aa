"""The figures of a text: what they count, whose count it is, where, and as of which days.

'Hamas-run Gaza's health ministry said that 41,252 people had been killed' is a quantity of
'people killed', by that ministry, as of the day of the article. The figure of a part ('including
8,000 children') is marked, so that it is never taken for another count of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.content.counting import (
    PART_AFTER,
    is_aside,
    is_compared,
    is_loose,
    is_more,
    is_part,
)
from corpus.content.figure_clauses import clauses_of
from corpus.content.figure_days import FigureDays
from corpus.content.figure_mention import FigureMention
from corpus.content.figure_words import (
    MERE_NUMBERS,
    as_written,
    both_in,
    is_number_of,
    noun_of,
    points_back,
    what_is_counted,
)
from corpus.content.happenings import happening_at, happenings_in
from corpus.content.measured import measured_before
from corpus.content.places import place_near, places
from corpus.content.quantities import Quantity, quantities
from corpus.content.speech import speaker_of
from corpus.sentences import sentence_spans

__all__ = ["FigureMention", "figure_mentions"]

_MOST = 40
"""Figures of one sentence. What has more is a table, in which no sentence tells what they count."""
_NO_COUNTS = frozenset(
    ("counts", "sides", "parties", "steps", "ways", "reports", "times", "things")
)
"""Counted nouns of which no figure is reported: 'on three counts', 'four times'."""
_OF_PEOPLE = frozenset(("killed", "injured", "missing", "displaced"))
_OF_THE_SAME = _OF_PEOPLE - {"displaced"} | {"held", "freed"}
"""What happens to some of those who were counted in the sentence before."""


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
        if made.is_more:
            return
        # The whole is what goes on to be told of: 'including 3 children. Another 41 …'
        if not (made.is_part and self.noun):
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
        self._seen: set[str] = set()

    def read(self) -> Iterator[FigureMention]:
        found = quantities(self._text)
        for number, (start, end) in enumerate(sentence_spans(self._text)):
            inside = [one for one in found if start <= one.start < end]
            if len(inside) > _MOST:
                continue
            here = _Sentence(number, (start, end), clauses_of(self._text, start, end))
            for one in inside:
                if not is_aside(self._text, one) and (made := self._mention(one, here)):
                    here.remember(made)
                    self._seen.add(made.happening)
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
        if part and not happening and not one.unit:
            happening = here.happening
        # '97 of whom are still held' counts something else than the 251 that were taken.
        part = part and not (PART_AFTER.match(text, one.end) and happening != here.happening)
        if both := both_in(text[clause[0] : clause[1]]):
            noun, happening = both, ""
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
            is_more=is_more(text, one, clause[0]) and not self._is_first(one, happening),
            sentence=here.span,
            clause=clause,
            is_incident=bool(happening) and day.is_told,
        )

    def _is_first(self, one: Quantity, happening: str) -> bool:
        """'Another 41 were injured' where nobody was so far: of them it is the whole count."""
        return bool(happening) and happening not in self._seen and not is_compared(self._text, one)

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
        return here.happening or (self._happening if points_back(words[:start]) else "")

    def _counted(
        self, one: Quantity, clause: tuple[int, int], here: _Sentence, happening: str, part: bool
    ) -> str:
        """The noun phrase that a figure counts or measures, or ''."""
        text = self._text
        noun = one.counted
        if not noun and not one.unit:
            noun = self._inherited(one, clause, happening, here, part)
        noun = noun or noun_of(text, one.end)
        noun = noun or measured_before(text, clause[0], one.start)
        noun = noun or measured_before(text, here.span[0], one.start)
        if noun in MERE_NUMBERS:
            return here.noun or (self._noun if self._is_near(here) else "") or noun
        return noun

    def _inherited(
        self, one: Quantity, clause: tuple[int, int], happening: str, here: _Sentence, part: bool
    ) -> str:
        """The noun of an earlier figure, for '97 of whom' and '16 were missing'."""
        if not happening and not part:
            return ""
        if happening in _OF_PEOPLE and self._is_of_others(one, clause, happening, here):
            return "people"
        if here.noun:
            return here.noun
        if self._noun and self._is_near(here) and happening in _OF_THE_SAME:
            return self._noun
        return "people" if happening in _OF_PEOPLE else ""

    def _is_of_others(
        self, one: Quantity, clause: tuple[int, int], happening: str, here: _Sentence
    ) -> bool:
        """Whether a figure counts others than were counted before: 'another 41 were injured'."""
        if is_number_of(self._text[clause[0] : one.start]):
            return not here.noun
        told = here.happening or self._happening
        return happening != told and is_more(self._text, one, clause[0])

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

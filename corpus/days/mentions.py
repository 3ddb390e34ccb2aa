"""From a text to its days: the phrases of each sentence, none inside another, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.days.phrases import ABSOLUTE, PHRASES
from corpus.days.readers import read
from corpus.days.tense import Surroundings
from corpus.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class DayMention:
    """One phrase of a text that names a day or a span of days.

    Attributes:
        start, end: character offsets of the phrase; end is exclusive.
        first, last: the days that it names, both included; equal for a single day.
        rule: which rule read it: one of `corpus.days.RULES`.
    """

    start: int
    end: int
    first: date
    last: date
    rule: str


def days_in(text: str, published: date | None) -> tuple[DayMention, ...]:
    """The days that the text speaks of, in order, without overlap.

    `published` is the day that it was written; without one only whole dates, months with their
    year and years are given. Phrases that point at another phrase ('the next day', 'a week
    later') name no day by themselves and are left out.
    """
    mentions: list[DayMention] = []
    for start, end in sentence_spans(text):
        mentions.extend(_in_sentence(text, start, end, published))
    return tuple(mentions)


def _in_sentence(text: str, start: int, end: int, published: date | None) -> Iterator[DayMention]:
    candidates = [
        (found.start("all"), -found.end("all"), rule, found)
        for rule, pattern in PHRASES
        if published or rule in ABSOLUTE
        for found in pattern.finditer(text, start, end)
    ]
    at = start
    for begin, minus_end, rule, found in sorted(candidates, key=lambda each: each[:2]):
        if begin < at:
            continue
        around = Surroundings(text[at:begin], text[-minus_end:end], published or date.min)
        span = read(rule, found, around)
        if span is not None:
            at = -minus_end
            yield DayMention(begin, at, *span, rule)

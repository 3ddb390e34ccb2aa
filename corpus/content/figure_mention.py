"""A figure as a text tells it: what it counts, whose count it is, where, and as of which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.content.quantity import Quantity


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

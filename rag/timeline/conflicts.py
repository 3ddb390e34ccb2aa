"""A conflict: different values of one quantity for one day or one event, each with its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.timeline.figures import Figure
from rag.timeline.series import may_both_hold

_LONGEST_SPAN = 31
"""Days. Figures of a longer span ('in 2023') are of no one time."""

_ONCE = re.compile(
    r"\b(?:attacks?|massacre|raid|earthquake|tsunami|crash|explosion|collapse|shooting"
    r"|shipwreck)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one quantity for one time that cannot all be right.

    Attributes:
        figures: one for each value, in order of value; at least two.
    """

    figures: tuple[Figure, ...]

    @property
    def what(self) -> str:
        """What is counted, in the words of the first."""
        return self.figures[0].what

    def __str__(self) -> str:
        """'2023-03-16: 27 (Runa Dahlgaard) [3] against 31 victims (Ebba Torrance) [4]'."""
        day = next((one.day_label for one in self.figures if one.as_of), "undated")
        told = (f"{one.expression} ({one.source}) [{one.citation.marker}]" for one in self.figures)
        return f"{day}: {' against '.join(told)}"

    def to_dict(self) -> dict[str, object]:
        """Only what JSON has."""
        return {"what": self.what, "figures": [one.to_dict() for one in self.figures]}


def conflicts_in(series: Sequence[Figure]) -> tuple[Conflict, ...]:
    """The conflicts of one series, in order of time, each set of values once."""
    found: list[Conflict] = []
    for at, one in enumerate(series):
        against = [
            other for other in series[at + 1 :] if same_time(one, other) and _differ(one, other)
        ]
        if not against:
            continue
        values: dict[float, Figure] = {}
        for each in (one, *against):
            values.setdefault(each.value, each)
        told = tuple(sorted(values.values(), key=lambda each: each.value))
        if not any(set(map(_key, told)) <= set(map(_key, known.figures)) for known in found):
            found.append(Conflict(told))
    return tuple(found)


def same_time(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one day or span, or of one event where a day is not told."""
    days = [each for each in (one, other) if each.as_of and each.first]
    if len(days) == 2:
        spans = [
            (each.first.toordinal(), each.as_of.toordinal())
            for each in days
            if each.first and each.as_of
        ]
        if any(last - first > _LONGEST_SPAN for first, last in spans):
            return False
        return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]
    return bool(_event(one) & _event(other)) and one.where == other.where and bool(one.where)


def _event(figure: Figure) -> set[str]:
    """What happened once, as the figure's sentence names it."""
    return {word.lower().rstrip("s") for word in _ONCE.findall(figure.citation.quote)}


def _differ(one: Figure, other: Figure) -> bool:
    same_article = one.citation.article.id == other.citation.article.id
    return not may_both_hold(one, other) and (not same_article or one.by != other.by)


def _key(figure: Figure) -> tuple[str, float]:
    return figure.citation.article.id, figure.value

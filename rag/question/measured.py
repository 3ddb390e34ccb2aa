"""What a question of how much measures: an age, a depth, a sum of money, a share, or how many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.content.units import DURATIONS
from rag.claims.terms import content_terms
from rag.question.counted import counted_in, unit_in
from rag.question.expected import expected
from rag.question.frame import main_of

LENGTHS = frozenset({"km", "m", "cm", "mm", "mile", "foot", "inch", "yard"})
"""Units of length, as `corpus.content.units` names them."""
SHARES = frozenset({"%", "percentage point"})
_NOT_MONEY = LENGTHS | SHARES | frozenset(DURATIONS)

_ASKED = r"^\W*(?:(?:in|on|at|to|of|by|from|for|with|since|until|after|before|and) )?"
_SHARE = re.compile(
    r"\b(?:share|percentage|proportion|per ?cent|interest rate|policy rate|inflation|turnout)\b",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\b(?:costs?|prices?|paid|pay(?! rise)|money|worth|fined?|spent|spend|funds?|funding|budget"
    r"|losses|revenue|profits?|debt|aid)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\bhow many (?:of (?:the |these |those )?|other |more )?(?:people|persons|individuals"
    r"|inhabitants|residents|lives|dead|deaths|victims|casualties)\b"
    r"|\bdeath toll\b|\btoll\b|\bpopulation\b",
    re.IGNORECASE,
)
_DIMENSIONS = (
    ("deep", frozenset({"deep", "depth", "deeper", "below"})),
    ("tall", frozenset({"tall", "height", "high"})),
    ("high", frozenset({"tall", "height", "high"})),
    ("wide", frozenset({"wide", "width", "broad", "across"})),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure that answers must be of.

    Attributes:
        what: 'people', 'things' (see `counted`), 'age', 'time', 'length', 'money', 'share', or
            'amount' where the question does not tell.
        counted: the term of the noun that is counted, as `rag.claims.terms` has it; '' for none.
        beside: words of which one must stand in the sentence, for a length; empty for any.
        unit: the very unit that is asked for; '' where the question names none.
    """

    what: str
    counted: str = ""
    beside: frozenset[str] = frozenset()
    unit: str = ""

    def admits(self, unit: str) -> bool:
        """Whether a quantity in this unit ('' for a plain number) can be of that sort."""
        if self.unit:
            return unit == self.unit
        match self.what:
            case "age":
                return unit == "year"
            case "time":
                return unit in DURATIONS
            case "length":
                return unit in LENGTHS
            case "money":
                return bool(unit) and unit not in _NOT_MONEY
            case "share":
                return unit in SHARES
            case "people":
                return unit == ""
            case "things":
                return unit in ("", "%")
        return unit not in DURATIONS


def measured_in(question: str) -> Measured | None:
    """What the question measures or counts; None where it asks for no figure."""
    main = main_of(question)
    if re.search(_ASKED + r"how old\b", main, re.IGNORECASE):
        return Measured("age")
    for word, beside in _DIMENSIONS:
        if re.search(rf"{_ASKED}how {word}\b", main, re.IGNORECASE):
            return Measured("length", beside=beside)
    spans = "|".join(DURATIONS)
    if re.search(
        rf"{_ASKED}how (?:long\b(?! ago)|many (?:\w+ )?(?:{spans})s\b)", main, re.IGNORECASE
    ):
        return Measured("time")
    if re.search(_ASKED + r"how far\b", main, re.IGNORECASE):
        return Measured("amount")
    if expected(question) != "figure":
        return None
    if unit := unit_in(question):
        return Measured("amount", unit=unit)
    if counted := counted_in(question):
        return Measured("things", counted.term)
    if _PEOPLE.search(main):
        return Measured("people")
    if _SHARE.search(main):
        return Measured("share")
    if _COST.search(main):
        return Measured("money")
    return Measured("amount")


def words_asked(question: str, measured: Measured | None) -> frozenset[str]:
    """The terms of a question that must stand around a value: without what it counts."""
    left = {measured.counted} if measured else set()
    if measured and measured.unit:
        left |= {one.term for one in content_terms(question) if unit_in(f"how many {one.word}")}
    return frozenset(one.term for one in content_terms(question)) - _GENERAL - left


_GENERAL = frozenset(
    one.term
    for one in content_terms(
        "people number amount total figure count toll latest current exact newest many much date "
        "day time date month report article known when happen take place number newest word"
    )
)

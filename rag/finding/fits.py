"""Does a sentence hold the sort of words that a question asks for: a count, a month, a country?

Finer than `rag.question.expected`: 'how many people' is not answered by 'a week', nor 'in which
month' by '1,200'. It looks at form alone, never at whether the words are the right ones.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from corpus.content.nations import nation_of, nation_of_capital
from corpus.content.quantities import designations, quantities
from corpus.content.units import DURATIONS
from corpus.content.words import folded
from rag.question.expected import expected, is_of_kind
from rag.question.frame import main_of

_SPAN = "|".join(DURATIONS)
_ASKED = r"^\W*(?:(?:in|on|at|to|of|by|from|for|with|since|until|till|through|after|before|and) )?"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sort, re.compile(_ASKED + pattern, re.IGNORECASE))
    for sort, pattern in (
        ("month", r"(?:what|which) month\b"),
        ("weekday", r"(?:what|which) (?:week)?day\b"),
        ("duration", rf"how (?:long\b(?! ago)|many (?:\w+ )?(?:{_SPAN})s\b)"),
        ("count", r"how many\b"),
        (
            "country",
            r"(?:what|which) (?:\w+ )?(?:country|countries|nations?|governments?|capitals?)\b",
        ),
        ("name", r"where\b(?!.*\bstands?\b)"),
        (
            "name",
            r"(?:what|which) (?:\w+ )?(?:city|cities|town|towns|village|port|region|crossing)\b",
        ),
        ("day", r"(?:when|what time|(?:what|which) (?:date|year|week))\b"),
    )
)
"""How the question itself begins, past its frame: 'when he died' inside it asks for no day."""

_MANNER = re.compile(
    _ASKED + r"(?:how (?:is|are|was|were|do|does|did|can|could|had|has|have)|whose)\b", re.I
)
"""'How was it decided how many …' asks for no number, and 'whose goals' for no name of its own."""

_SHARE = re.compile(
    r"\b(?:what|how high|where)\b.*\b(?:share|percentage|proportion|interest rate|policy rate|"
    r"inflation|turnout|pay rise|death toll)\b",
    re.IGNORECASE,
)
_COST = re.compile(r"\b(?:costs?|prices?|paid|pay|money|worth|fined?|spent|spend)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Z][\w’'.-]*")
_MONTHS, _WEEKDAYS = "|".join(month_name[1:]), "|".join(day_name)
_A_MONTH = re.compile(rf"\b(?:{_MONTHS})\b")
_A_DAY = re.compile(
    rf"\b(?:{_MONTHS}|{_WEEKDAYS})\b|\b(?:1\d|20)\d\ds?\b(?!,\d)|\bcentur(?:y|ies)\b"
    r"|\b(?:yesterday|today|tomorrow|week|month|year|morning|evening|night|spring|summer|autumn"
    r"|winter|when|ago|BC|BP)\b"
)
_A_WEEKDAY = re.compile(rf"\b(?:{_WEEKDAYS})\b")
_A_LENGTH = re.compile(
    rf"\b(?:quarter of an|half an?|an?|whole|{_SPAN}[\s-]long)[\s-](?:{_SPAN})\b"
    r"|\bfrom\b.*\b(?:to|until)\b",
    re.IGNORECASE,
)
_UNWRITTEN = re.compile(
    r"\b(?:once|twice|thrice|first|second|third"
    r"|an? (?:single|second|half|quarter|third|dozen|hundred|thousand|million"
    r"|kilomet(?:re|er)|met(?:re|er)|mile|tonne|ton|hectare|acre|litre))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What sort of words would answer a question.

    Attributes:
        sort: a key of `SORTS`; None where any words may.
        question: as it was asked.
    """

    sort: str | None
    question: str

    def is_in(self, sentence: str) -> bool:
        """Whether the sentence holds words of that sort."""
        return self.sort is None or SORTS[self.sort](sentence, self.question)


@lru_cache(maxsize=256)
def sought(question: str) -> Sought:
    """What the words of a question ask for."""
    main = main_of(question)
    for sort, shape in _SHAPES:
        if shape.search(main):
            return Sought(sort, question)
    if _MANNER.search(main):
        return Sought(None, question)
    kind = expected(question)
    if kind == "figure" or _SHARE.search(main):
        return Sought("figure", question)
    return Sought(None if kind == "day" else kind, question)


def _count(sentence: str, question: str) -> bool:
    """A plain number or a share of things; no length of time, no money."""
    del question
    return (
        any(one.unit in ("", "%") for one in quantities(sentence))
        or any(one.kind == "ordinal" for one in designations(sentence))
        or bool(_UNWRITTEN.search(sentence))
    )


def _figure(sentence: str, question: str) -> bool:
    if _UNWRITTEN.search(sentence):
        return True
    costs = bool(_COST.search(question))
    return any(not costs or one.unit not in DURATIONS for one in quantities(sentence))


def _duration(sentence: str, question: str) -> bool:
    del question
    return bool(_A_LENGTH.search(sentence)) or any(
        one.unit in DURATIONS for one in quantities(sentence)
    )


def _day(sentence: str, question: str) -> bool:
    return bool(_A_DAY.search(sentence)) or is_of_kind(sentence, "day", question)


def _month(sentence: str, question: str) -> bool:
    del question
    return bool(_A_MONTH.search(sentence))


def _weekday(sentence: str, question: str) -> bool:
    return bool(_A_WEEKDAY.search(sentence)) or is_of_kind(sentence, "day", question)


def _country(sentence: str, question: str) -> bool:
    asked = {_nation(word) for word in _WORD.findall(question)}
    return any((found := _nation(word)) and found not in asked for word in _WORD.findall(sentence))


def _nation(word: str) -> str | None:
    folded_word = folded(word)
    return nation_of(folded_word) or nation_of_capital(folded_word)


def _name(sentence: str, question: str) -> bool:
    return is_of_kind(sentence, "name", question)


SORTS: dict[str, Callable[[str, str], bool]] = {
    "count": _count,
    "figure": _figure,
    "duration": _duration,
    "day": _day,
    "month": _month,
    "weekday": _weekday,
    "country": _country,
    "name": _name,
}
"""How each sort is seen in a sentence, given the question."""

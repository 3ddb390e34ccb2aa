"""What kind of words would answer a question, as far as its own words tell."""

from __future__ import annotations

import re
from calendar import month_name
from typing import Literal

from rag.claims.facts import facts_of

Kind = Literal["figure", "day", "name"]

_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "figure": re.compile(
        r"\bhow (?:many|much|long|old|far|large|big|often|high|few)\b|\bdeath toll\b"
        r"|\bwhat (?:is|was|does|did|would|will|do)\b.*\b(?:costs?|prices?)\b"
        r"|\b(?:what|which)(?: is| was| were)?(?: the)?(?: latest| current| total| exact)? "
        r"(?:number|amount|share|percentage|proportion|percent|total|toll|age|population|count)\b",
        re.IGNORECASE,
    ),
    "day": re.compile(
        r"\bwhen\b|\b(?:what|which) (?:day|date|month|year|week|weekday)\b|\bsince what\b",
        re.IGNORECASE,
    ),
    "name": re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE),
}
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|some|over|above|nearly|almost|approximately|more than|"
    r"less than|fewer than|at least|at most|up to|upwards of|as many as|early|late|mid)[ -])+$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_MONTHS = "|".join(month_name[1:])
_DATE = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{1,2}}\b|\b(?:19|20)\d\d\b(?!,\d)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!,\d)")


def expected(question: str) -> Kind | None:
    """The kind that the question asks for; None where any words may answer."""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(question)), None)


def is_of_kind(text: str, kind: Kind | None, question: str = "") -> bool:
    """Whether a text holds words of that kind; for names, others than the question's own."""
    facts = facts_of(f"… {text}")  # so that its first word does not open a sentence
    if kind == "figure":
        # 'On 6 May 2024' counts nothing.
        return bool(facts_of(_DATE.sub(" ", text)).figures)
    if kind == "day":
        return bool(facts.days) or bool(_YEAR.search(text))
    if kind == "name":
        return bool(facts.names - facts_of(f"… {question}").names)
    return True


def starts_of_kind(text: str, kind: Kind) -> tuple[int, ...]:
    """Character offsets at which a short answer of that kind can begin.

    A figure or a day begins at its own first word or at the words that qualify it ('at least').
    """
    starts: set[int] = set()
    dates = [found.span() for found in _DATE.finditer(text)]
    if kind == "day":
        starts |= {start for start, _ in dates}
    for word in _WORD.finditer(text):
        in_date = any(start <= word.start() < end for start, end in dates)
        if in_date or not is_of_kind(word[0], kind):
            continue
        starts.add(word.start())
        if about := _ABOUT.search(text, 0, word.start()):
            starts.add(about.start())
    return tuple(sorted(starts))

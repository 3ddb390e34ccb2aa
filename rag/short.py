"""The short answer: a few words that stand verbatim in the quote, or none."""

from __future__ import annotations

import re
from typing import Literal

from embeddings.terms import TermReader
from rag.facts import facts_of

Expected = Literal["figure", "day", "name"] | None

MOST_WORDS = 12
"""Past a dozen words the quote itself is as quick to read."""

_ASKS_FIGURE = re.compile(
    r"\bhow (?:many|much|long|old|far|large|big|often|high|few)\b"
    r"|\b(?:what|which) (?:number|amount|share|percentage|proportion|percent|total|toll|age)\b",
    re.IGNORECASE,
)
_ASKS_DAY = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:day|date|month|year|week)\b|\bsince what\b", re.IGNORECASE
)
_ASKS_NAME = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
_EDGE = re.compile(r"^[\s\"“”'‘’.,;:!?()\[\]–—-]+|[\s\"“”'‘’.,;:!?()\[\]–—-]+$")


def expected(question: str) -> Expected:
    """What kind of words would answer, where the question's own words tell."""
    for kind, pattern in (("figure", _ASKS_FIGURE), ("day", _ASKS_DAY), ("name", _ASKS_NAME)):
        if pattern.search(question):
            return kind  # type: ignore[return-value]
    return None


def short_answer(question: str, draft: str, quote: str) -> str | None:
    """The draft's words as they stand in the quote, if they are short and answer something.

    None when they do not stand there, are as long as the quote, only repeat the question, or are
    not of the kind that was asked for.
    """
    words = _EDGE.sub("", draft)
    # The case and spaces of the quote win: the short answer is the article's, not the model's.
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    found = re.search(pattern, quote, re.IGNORECASE) if words else None
    if found is None:
        return None
    short = found[0]
    if len(short.split()) > min(MOST_WORDS, 0.6 * len(quote.split())):
        return None
    reader = TermReader()
    if not set(reader.terms(short)) - set(reader.terms(question)):
        return None
    return short if _is_of_kind(short, expected(question)) else None


def _is_of_kind(short: str, kind: Expected) -> bool:
    facts = facts_of("… " + short)  # so that its first word does not open a sentence
    if kind == "figure":
        return bool(facts.figures)
    if kind == "day":
        return bool(facts.days or facts.figures)
    if kind == "name":
        return bool(facts.names) or bool(re.search(r"\w{4,}", short) and not facts.figures)
    return True

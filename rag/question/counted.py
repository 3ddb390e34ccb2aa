"""What a question of how many counts: 'soldiers' of 'How many soldiers were killed?'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.content.units import unit_after
from rag.claims.terms import content_terms

_COUNTED = re.compile(
    r"\bhow many (?:of (?:the |these |those )?|other |more )?"
    r"(?P<noun>(?:[\w'’-]+ ){0,3}?[\w'’-]+)"
    r"(?= (?:had|have|has|were|was|are|is|did|do|does|will|would|could|can|should|in|among|by|on"
    r"|from|to|for|at|of|who|whom|that|which|left|remain|remained|died|live|lived|lost|came|went"
    r"|took|say|said)\b|,)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow many(?: more)?\b", re.IGNORECASE)
_ANYTHING = frozenset(
    term.term
    for term in content_terms(
        "people persons person individuals inhabitants residents lives souls times things "
        "ones others units pieces points steps parts kinds types sorts ways members"
    )
)
"""Nouns that a text leaves out or exchanges freely: 'killed 40' counts people."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted.

    Attributes:
        words: as the question has it.
        term: of its last noun, as `rag.claims.terms` has it: one for 'captives' and 'hostages'.
    """

    words: str
    term: str


def unit_in(question: str) -> str:
    """The unit in which an amount is asked for: 'crown' of 'How many crowns …'; '' for none."""
    found = _HOW_MANY.search(question)
    return unit_after(question, found.end())[0] if found else ""


def counted_in(question: str) -> Counted | None:
    """What the question counts; None where it counts nothing, people as such, or a measure."""
    found = _COUNTED.search(question)
    terms = content_terms(found["noun"]) if found else ()
    if found is None or not terms or terms[-1].term in _ANYTHING or unit_in(question):
        return None
    return Counted(found["noun"], terms[-1].term)

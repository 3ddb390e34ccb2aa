"""Words that point back: 'he', 'it', 'then', 'there' in a question, and what they point to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.question.antecedents import (
    Earlier,
    period_of,
    person,
    phrase_with,
    place_in,
    several,
    thing,
)
from rag.question.naming import names_in
from rag.question.phrases import definite_phrases
from rag.question.words import CONJUNCTIONS, PREPOSITIONS

_HE = re.compile(r"\b(?:he|she|him|(?:his|her)(?!\s+own\b))\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)

_IT = re.compile(r"\b(?:it|its)\b(?!['’])", re.IGNORECASE)
_EMPTY_IT = re.compile(
    r"\b(?:is|was|isn['’]t) it (?:true|correct|right|the case|known|likely|possible|clear|said"
    r"|reported|that|who)\b|\bit (?:is|was|has been) (?:said|reported|known|clear|claimed|thought"
    r"|believed|true)"
    r"|\b(?:does|did|will|would) it (?:take|mean|matter|seem)\b|\b(?:made?|makes?|find"
    r"|found) it (?:hard|easy|possible|clear|difficult)\b|\bhow is it that\b",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"\b(?:this|that|these|those)(?=\W*$| (?:happen(?:ed)?|occur(?:red)?|mean|begin|end|start|take"
    r"|change|affect|was|is|were|are|in|on|at|about)\b)",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(r"\b(?:this|that|these|those) (?P<noun>[a-z][\w-]+)\b", re.IGNORECASE)

_THEN = re.compile(
    r"\b(?:then(?=\W*$)|(?:at|by|around) that (?:time|point|moment)|(?:on|in|during)"
    r" (?:that|the same) (?:day|week|month|year|time|period))\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\bthere(?=(?: (?:before|after|since|then|now))?\W*$)", re.IGNORECASE)

_MOVED = re.compile(
    r"\b(?:fled?|flee|went|gone?|mov(?:ed?)|sent?|travel\w*|c[oa]me|flew) there\b", re.I
)
_CLAUSE = re.compile(
    r"\b(?:that|when|if|because|before|after|while|who|which|since|until|say|said|says)\b|,",
    re.IGNORECASE,
)


def resolved(question: str, earlier: Sequence[Earlier]) -> str:
    """The question with the words that point back replaced by what they point to.

    A word that has its antecedent in the question itself, or to which nothing is found, stays.

    Args:
        question: in plain words.
        earlier: oldest first.
    """
    if not earlier:
        return question
    last = earlier[-1].question
    text = question
    if _THEN.search(text) and (when := period_of(earlier)):
        text = _THEN.sub(when, text, count=1)
    if _THERE.search(text) and (place := place_in(last)):
        moved = _MOVED.search(text)
        text = _THERE.sub(re.sub(r"^in\b", "to", place) if moved else place, text, count=1)
    text = _replaced(text, _HE, lambda: person(earlier))
    text = _replaced(text, _THEY, lambda: several(earlier))
    if not _EMPTY_IT.search(text):
        text = _replaced(text, _IT, lambda: thing(earlier))
    if (found := _DEMONSTRATIVE.search(text)) and (phrase := phrase_with(found["noun"], earlier)):
        text = f"{text[: found.start()]}{phrase}{text[found.end() :]}"
    return _replaced(text, _THAT, lambda: thing(earlier))


def points_back(question: str) -> bool:
    """Whether a word of the question points to something that was said before it."""
    found = [
        pattern.search(question) for pattern in (_HE, _THEY, _THAT, _THEN, _THERE, _DEMONSTRATIVE)
    ]
    if not _EMPTY_IT.search(question):
        found.append(_IT.search(question))
    return any(one is not None and not _has_own(question, one.start()) for one in found)


def _replaced(text: str, pattern: re.Pattern[str], antecedent: Callable[[], str | None]) -> str:
    """The text with each of these pronouns replaced, those that have an own antecedent aside."""
    found = [one for one in pattern.finditer(text) if not _has_own(text, one.start())]
    if not found:
        return text
    name = antecedent()
    if name is None:
        return text
    for one in reversed(found):
        owner = one[0].lower() in ("his", "its", "their") or (
            one[0].lower() == "her" and _before_noun(text, one.end())
        )
        own = f"{name}’" if name.endswith("s") and owner else f"{name}’s" if owner else name
        own = own[0].upper() + own[1:] if one.start() == 0 else own
        text = f"{text[: one.start()]}{own}{text[one.end() :]}"
    return text


def _before_noun(text: str, end: int) -> bool:
    after = re.match(r"\s+([a-z][\w-]*)", text[end:])
    return after is not None and after[1] not in PREPOSITIONS | CONJUNCTIONS | {"that"}


def _has_own(text: str, at: int) -> bool:
    """Whether a name or a phrase that it can stand for comes before it in the question itself.

    An object is not its own clause's subject: in 'How did NATO respond to it?' it is not NATO.
    """
    before = text[:at]
    pronoun = re.match(r"\w+", text[at:])
    is_object = pronoun is not None and pronoun[0].lower() in ("it", "him", "them")
    if is_object and re.match(r"\w+\W*$", text[at:]):
        clauses = list(_CLAUSE.finditer(before))
        if not clauses:
            return False
        before = before[: clauses[-1].start()]
    return bool(names_in(before)) or bool(definite_phrases(before))

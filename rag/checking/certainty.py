"""Is it so, is it not, may it be? A claim's denials and modality beside those of its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.content.polarity import Denial, Modal, denials, is_denied, modality_at, modals
from corpus.content.words import folded
from rag.checking.claims import Difference
from rag.checking.source import SourceClause
from rag.claims.lexicon import term_of
from rag.claims.terms import Term, content_terms

DENIED = "one denies what the other says"
OTHER_SIDE = "one is for what the other is against"
_WISH = re.compile(
    r"\b(?:calls?|demands?|requests?|appeals?|pleas?|pressure|invitations?|orders?|offers?|threats?"
    r"|attempts?|efforts?|bids?|proposals?|plans?|suggestions?|claims?|allegations?|reports?"
    r"|accusations?|rumou?rs?|speculation|idea)\s+(?:to|that|of|for)\s+"
    r"(?:(?:a|an|the|he|she|it|they|his|her|its|their|had|has|have|was|were|be|been)\s+)*"
    r"(?P<head>[^\W\d_][\w’'-]*)",
    re.IGNORECASE,
)
"""'Calls to resign': what is called for is not done, and who rejects the call denies the doing."""
_SIDE = re.compile(
    r"\b(?P<verb>vot(?:e[ds]?|ing)|rul(?:e[ds]?|ing)|decid(?:e[ds]?|ing)|argu(?:e[ds]?|ing)"
    r"|spoke|speaks?|campaign(?:s|ed|ing)?|came out|protest(?:s|ed|ing)?|demonstrat(?:e[ds]?|ing)"
    r"|stood|stands?)\s+(?:\w+ly\s+)?(?P<side>for|in favou?r of|against)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:ask\w*|know\w*|wonder\w*|unclear|see|check\w*|determine\w*|decid\w+|sure|question)\s+if\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|unless|provided that|on condition that|in case)\b", re.IGNORECASE)
_CAN_BE = re.compile(r"[Cc]an be\b")


def denial_difference(claim: str, clause: SourceClause) -> Difference | None:
    """A denial that only one of the two has, of a word that both have."""
    text = clause.text
    mine, theirs = content_terms(claim, saying=True), content_terms(text, saying=True)
    if _is_of_other_side(claim, text):
        return Difference("denial", claim.strip(), text.strip(), OTHER_SIDE)
    said, source = _denials(claim), _denials(text)
    unmatched = []
    for one in said:
        places = _places(one, claim, theirs)
        if places is None:
            continue
        if not places:
            unmatched.append(one)
        elif not _as_denied(one, claim, text, places):
            return _denied(claim, text)
    for one in source:
        places = _places(one, text, mine)
        if places and not _as_denied(one, text, claim, places):
            return _denied(claim, text)
        if places == [] and not said and _says_scope(one, text, mine):
            return _denied(claim, text)
    if unmatched and not source:
        return _denied(claim, text)
    return None


def _denials(text: str) -> tuple[Denial, ...]:
    """The denials of a text; of 'rejected calls to resign' what is denied is the resigning."""
    found = denials(text)
    wished = [
        replace(one, head=wish["head"].lower())
        for one in found
        if (wish := _WISH.search(text, one.end, one.scope_end))
        and one.head == text[wish.start() : wish.end()].split()[0].lower()
    ]
    return (*found, *wished)


def _is_of_other_side(claim: str, text: str) -> bool:
    """'Voted for' beside 'voted against', of the same verb."""
    return any(
        term_of(one["verb"].lower()) == term_of(other["verb"].lower())
        and (one["side"].lower() == "against") != (other["side"].lower() == "against")
        for one in _SIDE.finditer(claim)
        for other in _SIDE.finditer(text)
    )


def _as_denied(one: Denial, text: str, other: str, places: Sequence[Term]) -> bool:
    """Whether the other text denies its head as this one does, which may deny it twice."""
    at = text.lower().find(one.head, one.end)
    return any(is_denied(other, place.start) == is_denied(text, at) for place in places)


def _places(one: Denial, text: str, others: Sequence[Term]) -> list[Term] | None:
    """Where the other text has what is denied; None where it has the very verb that denies."""
    if one.kind == "verb":
        verb = term_of(folded(re.findall(r"\w+", text[one.start : one.end])[0]))
        if any(other.term == verb for other in others):
            return None
    if not one.head:
        return []
    head = term_of(folded(one.head).removesuffix("'s"))
    return [other for other in others if other.term == head]


def _says_scope(one: Denial, text: str, mine: Sequence[Term]) -> bool:
    """Whether the claim tells most of what is denied without denying anything."""
    scope = {term.term for term in content_terms(text[one.end : one.scope_end])}
    return len(scope) > 1 and 2 * len(scope & {term.term for term in mine}) > len(scope)


def _denied(claim: str, source: str) -> Difference:
    return Difference("denial", claim.strip(), source.strip(), DENIED)


def modality_difference(claim: str, clause: SourceClause) -> Difference | None:
    """Something that one of the two says is so and the other only may be, is planned, is wanted."""
    text = clause.text
    mine, theirs = content_terms(claim), content_terms(text)
    kinds = {one.modality for one in modals(claim)}, {one.modality for one in modals(text)}
    for one in (*modals(text), *_wishes(text)):
        if one.modality not in kinds[0] and (found := _change(one, text, claim, mine)):
            return found
    for one in modals(claim):
        if one.modality not in kinds[1] and (found := _change(one, claim, text, theirs)):
            return Difference("modality", found.found, found.said, found.reason)
    return _lost_condition(claim, text, mine)


def _wishes(text: str) -> list[Modal]:
    """'Faces calls to resign' tells of no resignation."""
    return [
        Modal(one.start(), one.start("head"), "wanted", one["head"].lower())
        for one in _WISH.finditer(text)
        if re.match(r"\w+\s+to\s", one[0]) and not is_denied(text, one.start())
    ]


def _change(one: Modal, text: str, other: str, others: Sequence[Term]) -> Difference | None:
    """What the other text says of the word that this one qualifies, where that differs."""
    words = text[one.start : one.end]
    if one.modality == "conditional" or not one.head:
        return None
    if words.lower() in ("can", "could") and _CAN_BE.search(text, one.start):
        return None  # what is done can be done
    lexical = {term.term for term in content_terms(words)}
    if lexical & {term.term for term in others}:
        return None
    head = term_of(folded(one.head).removesuffix("'s"))
    for place in others:
        if place.term != head:
            continue
        there = modality_at(other, 0, place.start)
        if there == one.modality or _may_stand_for(one.modality, there, place.word):
            return None
        reason = f"the cited words and it differ in how sure it is: {words!r}"
        return Difference("modality", other.strip(), words, reason)
    return None


def _may_stand_for(modality: str, there: str, word: str) -> bool:
    """'Will begin in June', 'is to begin in June' and 'begins in June' are one."""
    if {modality, there} <= {"future", "expected"}:
        return modality == there
    if modality == "future" and there == "asserted":
        low = word.lower()
        return term_of(low) == low or low.endswith("s")
    return False


def _lost_condition(claim: str, text: str, mine: Sequence[Term]) -> Difference | None:
    condition = _IF.search(text)
    if condition is None or _WHETHER.search(text) or _IF.search(claim) or "would have" in claim:
        return None
    # Told is what hangs on the condition; the condition alone is another claim.
    end = text.find(",", condition.end())
    first, last = condition.end(), end if end > 0 else len(text)
    depends = {term.term for term in content_terms(text[: condition.start()] + text[last:])}
    inside = {term.term for term in content_terms(text[first:last])}
    told = {term.term for term in mine}
    if told & inside - depends or 2 * len(told & depends) < len(told):
        return None
    reason = f"the cited words say it only on a condition: {text[condition.start() : last]!r}"
    return Difference("modality", claim.strip(), text[condition.start() : last], reason)

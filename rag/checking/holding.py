"""Which clause of the source carries a claim, and what it says otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.content.names import same_name
from corpus.content.speech import statements
from rag.checking.certainty import denial_difference, modality_difference
from rag.checking.claims import Claim, Difference
from rag.checking.roles import exchanged_roles, exchanged_word
from rag.checking.source import SourceClause
from rag.claims.facts import facts_of
from rag.claims.terms import Term, content_terms, holds

SPEAKER_LOST = "the cited words say who says so, and the sentence does not"
_UNNAMED = frozenset({
    "he", "she", "they", "it", "we", "i", "who", "that", "this",
})  # fmt: skip
_FIRST = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|you|your|yours)\b")
_CITING = re.compile(r"\b(?:citing|quoting|cited|quoted|according to)\b[^,;]*")
_MALE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)


def carried(
    claim: Claim,
    terms: Sequence[Term],
    clauses: Sequence[SourceClause],
    everything: frozenset[str],
) -> list[Difference]:
    """What differs between a claim and the clause that has most of it; the least of those tied.

    Args:
        claim: with who says it.
        terms: its words of content that count.
        clauses: of all spans.
        everything: all terms of the spans.
    """
    scores = [sum(holds(one.known, term) for term in terms) for one in clauses]
    own = [sum(term.term in {t.term for t in one.terms} for term in terms) for one in clauses]
    ranks = list(zip(scores, own, strict=True))
    best = max(ranks)
    tied = [one for one, rank in zip(clauses, ranks, strict=True) if rank == best]
    found = [_against(claim, terms, one, clauses, everything) for one in tied]
    return min(found, key=len)


def _against(
    claim: Claim,
    terms: Sequence[Term],
    clause: SourceClause,
    clauses: Sequence[SourceClause],
    everything: frozenset[str],
) -> list[Difference]:
    text = claim.text
    checks = (
        _joined(text, terms, clause, clauses),
        _speaker(claim, clause),
        denial_difference(text, clause),
        modality_difference(text, clause),
        exchanged_roles(text, clause),
        exchanged_word(text, clause, everything),
        _pronoun(text, clause),
        _lost_speaker(claim, clause),
    )
    return [one for one in checks if one is not None]


def _joined(
    claim: str,
    terms: Sequence[Term],
    clause: SourceClause,
    clauses: Sequence[SourceClause],
) -> Difference | None:
    """Words of the claim that stand only in another clause: two facts made one."""
    for one in terms:
        if holds(clause.known, one):
            continue
        for other in clauses:
            if other is not clause and holds(frozenset(t.term for t in other.terms), one):
                reason = (
                    f"it joins parts of two statements: the cited words have {one.word!r} elsewhere"
                )
                return Difference("merged", claim.strip(), other.text.strip(), reason)
    return None


def _speaker(claim: Claim, clause: SourceClause) -> Difference | None:
    """Another speaker than the one whom the cited words name."""
    said = claim.speaker
    theirs = [one for one in clause.speakers if one.lower() not in _UNNAMED]
    if said is None or said.lower() in _UNNAMED or not theirs:
        return None
    words = {term.term for term in content_terms(said)}
    for passed_on in _CITING.finditer(clause.text):
        if words & {term.term for term in content_terms(passed_on[0])}:
            return None  # 'the agency reported, citing the coastguard'
    described = all(other[:1].islower() for other in theirs)
    if described and said[:1].isupper() and words <= _around_the_said(clause.text):
        return None  # 'Okafor, the head of the port,' is described and named in one
    for other in theirs:
        if same_name(said, other) or words & {term.term for term in content_terms(other)}:
            return None
    reason = f"the cited words name another speaker: {theirs[0]}"
    return Difference("speaker", said, theirs[0], reason)


def _around_the_said(text: str) -> set[str]:
    """The terms that stand outside what somebody says: there its speaker is named."""
    spans = [(one.start, one.end) for one in statements(text)]
    return {
        term.term
        for term in content_terms(text)
        if not any(start <= term.start < end for start, end in spans)
    }


def _lost_speaker(claim: Claim, clause: SourceClause) -> Difference | None:
    attributed = bool(clause.speakers) or facts_of(clause.text).attributes
    if not attributed or claim.speaker or facts_of(claim.text).attributes:
        return None
    speaker = clause.speakers[0] if clause.speakers else ""
    return Difference("attribution", "", speaker, SPEAKER_LOST)


def _pronoun(claim: str, clause: SourceClause) -> Difference | None:
    """'She' of whom the cited words have only 'he'."""
    text = clause.text
    spoken = _FIRST.search(claim)
    if spoken and not _FIRST.search(clause.span.text) and spoken[0] != "us":
        reason = f"the cited words do not have {spoken[0]!r}"
        return Difference("name", spoken[0], "", reason)
    for mine, other in ((_MALE, _FEMALE), (_FEMALE, _MALE)):
        said = mine.search(claim)
        found = other.search(text)
        if said and found and not other.search(claim) and not mine.search(text):
            reason = f"the cited words have {found[0]!r} where it has {said[0]!r}"
            return Difference("name", said[0], found[0], reason)
    return None

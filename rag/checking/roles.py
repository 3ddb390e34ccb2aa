"""Who did what to whom, as far as the order of words tells it, and which word was exchanged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from corpus.content.speech import statements
from corpus.content.words import near_spelling
from rag.checking.claims import Difference
from rag.checking.source import SourceClause
from rag.claims.clauses import is_verb
from rag.claims.lexicon import opposites
from rag.claims.terms import Term, content_terms, holds

_PASSIVE = re.compile(
    r"\b(?:(?:is|are|was|were|been|being|be|got)(?:\s+(?:\w+ly|not|also|then|later|being))*\s+"
    r"(?P<verb>[a-z]+)\b(?P<middle>[^.;]*?)|(?P<bare>[a-z]+(?:ed|wn|en|lt|ught)))\s+by\s+"
    r"(?P<agent>[^.;]*)"
)
_AFTER_AGENT = re.compile(
    r"\s(?:in|at|on|to|from|for|with|after|before|during|near|over|under|while|when|because|that"
    r"|who|which|as|and\s(?=[a-z]))\s?|,\s(?=[a-z])"
)
_MUTUAL = frozenset({
    "meet", "talk", "marri", "agre", "border", "match", "clash", "negoti", "discuss", "be",
    "reach",
})  # fmt: skip
"""Verbs of which both sides are alike, and some that take no object."""
_ORDERING = frozenset(("befor", "after"))


def exchanged_roles(claim: str, clause: SourceClause) -> Difference | None:
    """A verb around which the claim has the two sides the other way than the clause has."""
    said, source = _active(_said_part(claim)), _active(_said_part(clause.text))
    shared = {one.term for one in said} & {one.term for one in source}
    for at, verb in enumerate(said):
        if verb.term not in shared or verb.term in _MUTUAL:
            continue
        if verb.term not in _ORDERING and not is_verb(claim, verb.word):
            continue
        left, right = _sides(said, at)
        places = [to for to, one in enumerate(source) if one.term == verb.term]
        turned = [_turned(left, right, *_sides(source, to)) for to in places]
        if all(turned):
            first, second = turned[0] or ("", "")
            words = {one.term: one.word for one in said}
            reason = f"the cited words have {words[first]} and {words[second]} the other way round"
            return Difference("speaker", claim.strip(), clause.text.strip(), reason)
    return None


def _turned(
    left: set[str], right: set[str], source_left: set[str], source_right: set[str]
) -> tuple[str, str] | None:
    first = sorted((left - right) & (source_right - source_left))
    second = sorted((right - left) & (source_left - source_right))
    return (first[0], second[0]) if first and second else None


def _sides(terms: Sequence[Term], at: int) -> tuple[set[str], set[str]]:
    return {one.term for one in terms[:at]}, {one.term for one in terms[at + 1 :]}


def _said_part(text: str) -> str:
    """What is said, without who says it: that may stand before or after."""
    found = statements(text)
    if not found:
        return text
    longest = max(found, key=lambda one: one.end - one.start)
    part = text[longest.start : longest.end]
    return part if len(part) * 3 > len(text) else text


def _active(text: str) -> list[Term]:
    """The terms of a text in the order of the active voice: 'sued by Okafor' begins with him."""
    terms = list(content_terms(text))
    passive = _PASSIVE.search(text)
    if passive is None:
        return terms
    agent_end = passive.end("agent")
    if stop := _AFTER_AGENT.search(text, passive.start("agent") + 1, agent_end):
        agent_end = stop.start()
    agent = [one for one in terms if passive.start("agent") <= one.start < agent_end]
    group = "verb" if passive["verb"] else "bare"
    verb = [one for one in terms if passive.start(group) <= one.start < passive.end(group)]
    subject = [one for one in terms if one.start < passive.start()]
    rest = [one for one in terms if one not in agent and one not in verb and one not in subject]
    return [*agent, *verb, *subject, *rest]


def exchanged_word(
    claim: str, clause: SourceClause, everything: frozenset[str]
) -> Difference | None:
    """A word of the claim for which the clause has the contrary, or another in the same place."""
    terms = content_terms(claim)
    mine = frozenset(one.term for one in terms)
    foreign = [one for one in terms if not holds(everything, one)]
    theirs = {one.term: one for one in clause.terms}
    for one in terms:
        if one.term in theirs:
            continue
        against = [theirs[other] for other in _contraries(one.term, theirs) if other not in mine]
        if against:
            return _difference(one, against[0])
    if 2 * len(terms) < len(clause.terms):
        return None  # too little of it to tell what stands in a word's place
    if exchanged := _in_line(terms, clause.terms):
        return _difference(*exchanged)
    if len(foreign) != 1 or len(terms) < 3 or foreign[0].is_name:
        return None
    if instead := _in_its_place(terms, foreign[0], clause.terms, mine):
        return _difference(foreign[0], instead)
    return None


def _contraries(term: str, theirs: dict[str, Term]) -> list[str]:
    found = [other for other in opposites(term) if other in theirs]
    for prefix in ("un", "in", "im", "dis", "non"):
        if term.startswith(prefix) and term[len(prefix) :] in theirs:
            found.append(term[len(prefix) :])
        if prefix + term in theirs:
            found.append(prefix + term)
    return [other for other in found if len(other) > 2]


def _in_line(terms: Sequence[Term], theirs: Sequence[Term]) -> tuple[Term, Term] | None:
    """Where the claim runs along with the clause but for one word: that word and the clause's."""
    rows = [one.term for one in terms], [one.term for one in theirs]
    steps = [
        step
        for step in SequenceMatcher(None, *rows, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    if len(steps) != 1 or steps[0][0] != "replace" or len(terms) < 5:
        return None
    _, first, last, to, until = steps[0]
    if last - first > 1 or until - to > 2:
        return None
    said, found = terms[first], theirs[until - 1]
    alike = near_spelling(said.term, found.term) or said.term[:4] == found.term[:4]
    named = said.is_name and found.is_name
    return None if alike or (said.is_name != found.is_name and not named) else (said, found)


def _in_its_place(
    terms: Sequence[Term], foreign: Term, theirs: Sequence[Term], mine: frozenset[str]
) -> Term | None:
    """The one word of the source that stands between the words between which the foreign stands."""
    row = iter(one.term for one in theirs)
    if not all(one.term in row for one in terms if one is not foreign):
        return None  # it does not run along with the source
    at = terms.index(foreign)
    before = terms[at - 1].term if at else None
    after = terms[at + 1].term if at + 1 < len(terms) else None
    for to, one in enumerate(theirs):
        if one.term in mine:
            continue
        left = theirs[to - 1].term if to else None
        right = theirs[to + 1].term if to + 1 < len(theirs) else None
        if left == before and (right == after or after is None):
            return one
        if right == after and before is None:
            return one
    return None


def _difference(said: Term, found: Term) -> Difference:
    reason = f"the cited words have {found.word!r} where it has {said.word!r}"
    return Difference("wording", said.word, found.word, reason)

"""Which sentences of a draft state nothing that could be checked: headings, questions, opinions."""

from __future__ import annotations

import re

from embeddings.terms import TermReader
from rag.claims.facts import facts_of
from rag.drafts.draft import Written

_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_QUESTION = re.compile(r"\?[\"”’'»)\]]*$")
_OPINION = re.compile(
    r"\b(?:in (?:my|our) (?:own )?(?:view|opinion|judge?ment)|to (?:my|our) mind|it seems to me"
    r"|(?:I|we) (?:\w+ ){0,2}?(?:think|believe|feel|hope|fear|doubt|wish|suspect|suppose|guess"
    r"|should|must|ought|need to|want))\b",
    re.IGNORECASE,
)
"""Words with which writers speak for themselves. In another's quotation they are his."""
_OUGHT = re.compile(r"\b(?:should|ought to|must)\b", re.IGNORECASE)
_FEWEST_TERMS = 2


def nothing_to_check(sentence: Written) -> str:
    """Why a sentence states nothing that could be checked ('a question'); '' where it does.

    What somebody else says, asks or wants is a claim that he does.
    """
    if sentence.role == "heading":
        return "a heading"
    own = _QUOTED.sub(" ", sentence.text).strip()
    told = any(character.isalnum() for character in own)
    if _QUESTION.search(own if told else sentence.text):
        return "a question"
    if _OPINION.search(own):
        return "an opinion"
    facts = facts_of(own)
    bare = not (facts.figures or facts.names or facts.days or facts.attributes)
    if bare and _OUGHT.search(own):
        return "an opinion"
    if len(TermReader().terms(sentence.text)) < _FEWEST_TERMS:
        return "too few words"
    return ""

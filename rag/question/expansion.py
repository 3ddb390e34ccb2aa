"""A question's words and other words for the same: 'killed' finds 'deaths', 'rose' finds 'rise'.

Words are compared by their family: one verb's forms, and the words that news has for one thing, as
`rag.claims.lexicon` knows them. Both sides are read alike, so nothing is added to the question and
no word counts twice. It finds the day of an event (`rag.finding.event_days`); for ranking sentences
it is a switch, off: see `rag.finding.evidence.EvidenceOptions.families`.
"""

from __future__ import annotations

import re

from corpus.content.words import folded
from embeddings.terms import STOP_WORDS
from rag.claims.lexicon import term_of

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W\d_]+)*")


def families(text: str) -> list[str]:
    """The words of a text by their families, in order, with repeats, without stop words."""
    words = (folded(word) for word in _WORD.findall(text))
    return [term_of(word) for word in words if word not in STOP_WORDS]

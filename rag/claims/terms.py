"""The words of content of a text, each with its place, as terms that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.content.names import names
from corpus.content.nations import nation_of
from corpus.content.quantities import designations, quantities
from corpus.content.words import folded, near_spelling
from corpus.days import days_in
from embeddings.terms import STOP_WORDS
from rag.claims.lexicon import term_of

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*")
_KEPT = frozenset({
    "against", "before", "after", "up", "down", "first", "last", "right", "new", "old", "more",
    "less", "fewer", "inside", "outside", "above", "below", "north", "south", "east", "west",
    "said", "say", "says", "told", "tell", "tells", "face",
})  # fmt: skip
"""Stop words of search that carry a fact here."""
_EMPTY = frozenset({
    "say", "said", "says", "tell", "told", "tells", "add", "added", "adds", "state", "stated",
    "announce", "announced", "according", "reported", "claimed", "who", "which", "that", "also",
    "however", "meanwhile", "later", "earlier", "today", "yesterday", "tomorrow", "now",
    "still", "already", "just", "even", "percent", "per", "cent", "pounds", "dollars", "euros",
    "year", "years", "day", "days", "week", "weeks", "month", "months", "hour", "hours",
    "minute", "minutes", "mr", "mrs", "ms", "dr", "sir", "more", "than", "about", "nearly",
    "almost", "some", "around", "least", "most", "over", "under", "fewer", "less", "total",
    "including", "included", "include", "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "never", "nobody", "none", "would", "could",
    "may", "might", "must",
    "should", "shall", "will", "can", "though", "while", "whereas", "cannot", "half", "third",
    "quarter", "percentage", "lrb", "rrb", "lsb", "rsb",
})  # fmt: skip
"""Words of attribution, time and measure: each is checked by its own rule."""
_UNDATED = date(2000, 1, 5)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of content.

    Attributes:
        start, end: character offsets of the word.
        term: its stem or group; of a name its folded word, of a nation's people the nation.
        is_name: it stands in a name.
        word: as written.
    """

    start: int
    end: int
    term: str
    is_name: bool
    word: str


# The same sentences are held against one claim after the other.
@lru_cache(maxsize=4096)
def content_terms(text: str, *, saying: bool = False) -> tuple[Term, ...]:
    """The words of content of a text, in order: no figures, no days, no words that only join.

    `saying` keeps the verbs of attribution.
    """
    taken = _taken(text)
    named = [(one.start, one.end) for one in names(text) if one.kind != "opener"]
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if any(first < end and start < last for first, last in taken):
            continue
        is_name = any(first <= start and end <= last for first, last in named)
        low = folded(match[0]).replace(".", "")
        low = re.sub(r"'s?$", "", low)
        if len(low) < 2 and not is_name:
            continue
        if saying and low in ("said", "says", "say", "told", "tell", "tells"):
            found.append(Term(start, end, "say", False, match[0]))
            continue
        if not is_name and (low in _EMPTY or (low in STOP_WORDS and low not in _KEPT)):
            continue
        if is_name and low in ("al", "of", "for", "the", "bin", "el", "ibn", "and"):
            continue
        if nation := nation_of(low):
            found.append(Term(start, end, nation, True, match[0]))
        elif term := term_of(low):
            found.append(Term(start, end, term, is_name, match[0]))
    return tuple(found)


def _taken(text: str) -> list[tuple[int, int]]:
    """Where figures and days stand, without the nouns that figures count."""
    spans = [(one.start, one.end) for one in designations(text)]
    spans += [(one.start, one.end) for one in days_in(text, _UNDATED) if one.rule != "lately"]
    for one in quantities(text):
        end = one.end
        if one.counted:
            length = len(one.counted)
            end = max(one.start, one.end - length)
        spans.append((one.start, end))
    return spans


def holds(terms: frozenset[str], term: Term) -> bool:
    """Whether a set of terms holds this one, in another spelling if it is a name."""
    if term.term in terms:
        return True
    return term.is_name and any(near_spelling(term.term, other) for other in terms)

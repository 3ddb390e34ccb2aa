"""Names of a claim, held against those of its source and of the headers around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.content.names import Name, names, same_name
from corpus.content.words import TITLES, folded, near_spelling
from rag.checking.claims import Difference
from rag.checking.source import Span
from rag.claims.terms import content_terms


def name_differences(
    claim: str, spans: Sequence[Span], headers: Sequence[str]
) -> tuple[list[Difference], set[str]]:
    """Names of the claim that neither the spans nor the headers have; and terms of those they have.

    The terms of a name that was found stand in the spans under another spelling or in another
    form: 'UN' for 'United Nations'.
    """
    theirs = [one for span in spans for one in span.names]
    around = [one for line in headers for one in names(line)]
    found: list[Difference] = []
    matched: set[str] = set()
    words = {word for span in spans for word in _words(span.text)}
    outside = {word for line in headers for word in _words(line)}
    for said in names(claim):
        if said.kind == "opener":
            continue
        alike = [other for other in theirs if same_name(said.text, other.text)]
        if alike:
            matched.update(one.term for one in content_terms(said.text))
            if given := _new_given(said, alike, words | outside):
                reason = f"no such name in the cited words: {', '.join(given)}"
                found.append(Difference("name", said.text, alike[0].text, reason))
        elif any(same_name(said.text, other.text) for other in around):
            continue
        elif lost := _lost(said, theirs, words, outside):
            reason = f"no such name in the cited words: {', '.join(lost)}"
            found.append(Difference("name", said.text, _nearest_name(said, theirs), reason))
    return found, matched


def _new_given(said: Name, alike: Sequence[Name], known: set[str]) -> list[str]:
    """Given names that nothing vouches for: of 'Reyes' it is not known that she is 'Ellen'."""
    if said.kind in ("organisation", "place") or any(one.key != said.key for one in alike):
        return []
    parts = [part for part in _words(said.text) if part not in TITLES and part not in _JOINTS]
    return [
        part
        for part in parts[:-1]
        if part not in known and not any(near_spelling(part, word) for word in known)
    ]


def _lost(said: Name, theirs: Sequence[Name], words: set[str], outside: set[str]) -> list[str]:
    """The words of a name that nothing vouches for; its last, where somebody else bears it."""
    parts = [part for part in _words(said.text) if part not in TITLES and part not in _JOINTS]
    lost = [
        part
        for part in parts
        if part not in words | outside and not any(near_spelling(part, word) for word in words)
    ]
    if lost or len(parts) < 2 or said.kind == "organisation":
        return lost
    bearers = [other for other in theirs if other.key == said.key and " " in other.text.strip()]
    return [parts[-1]] if bearers else []


_JOINTS = frozenset({
    "of", "the", "for", "and", "al", "el", "bin", "ibn", "in",
})  # fmt: skip


def _words(text: str) -> list[str]:
    # 'U.S.' is one word, 'Reyes’s' is 'reyes'.
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", folded(text))
    return re.findall(r"[^\W_]+", re.sub(r"'s?\b", "", plain))


def _nearest_name(said: Name, theirs: Sequence[Name]) -> str:
    own = set(_words(said.text))
    alike = [other.text for other in theirs if own & set(_words(other.text))]
    same_kind = [other.text for other in theirs if other.kind == said.kind]
    return next(iter([*alike, *same_kind]), "")

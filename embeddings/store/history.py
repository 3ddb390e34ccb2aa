"""What changed from one version of an article to the next, sentence by sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Literal

from corpus import Article, sentence_spans
from corpus.copies import words
from embeddings.store.rows import SELECT_VERSIONS, to_article

ChangeKind = Literal["added", "removed", "changed", "field"]

# Two sentences are one that was changed from this share of common words (2·M/T, in order) on;
# below it the one went and the other came. 0.6 is what difflib itself calls a close match:
# https://docs.python.org/3/library/difflib.html#difflib.get_close_matches
_SAME_SENTENCE = 0.6
_FIELDS = ("title", "outlet", "published", "updated", "url", "language", "kind", "withdrawn")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between a version of an article and the next.

    Attributes:
        step: which step: 1 from the oldest version to the second.
        on: the last day that the later version states, or None where it states none.
        kind: 'added', 'removed' or 'changed' for a sentence, 'field' for anything else.
        field: the name of the field of `Article`; 'text' for a sentence.
        before: the sentence, or the field's value; '' where there was none.
        after: the same in the later version.
    """

    step: int
    on: date | None
    kind: ChangeKind
    field: str
    before: str
    after: str


def changes(versions: Sequence[Article]) -> tuple[Change, ...]:
    """What came, went and changed, from the oldest version to the last, in the text's order.

    Where several sentences in a row differ, those that went come first.
    A sentence that only moved to another place is none, and neither is a line that was taken out
    of one of the two as page furniture.
    """
    found: list[Change] = []
    for step, (older, newer) in enumerate(pairwise(versions), start=1):
        for name in _FIELDS:
            before, after = _told(getattr(older, name)), _told(getattr(newer, name))
            if before != after:
                found.append(Change(step, newer.as_of, "field", name, before, after))
        found += (
            Change(step, newer.as_of, kind, "text", before, after)
            for kind, before, after in _sentence_changes(older, newer)
        )
    return tuple(found)


def versions_of(connection: sqlite3.Connection, folder: Path, article_id: str) -> list[Article]:
    """What an article said before the version that is there, oldest first.

    Raises:
        LibraryDamaged: one is not what was stored.
    """
    kept = connection.execute(SELECT_VERSIONS, (article_id,)).fetchall()
    return in_order([to_article(row, folder) for row in kept])


def in_order(versions: Sequence[Article]) -> list[Article]:
    """Versions, oldest first: by the day that they state, else in the order in which they came."""
    ordered: list[Article] = []
    for version in versions:
        at = len(ordered)
        while at and _is_before(version, ordered[at - 1]):
            at -= 1
        ordered.insert(at, version)
    return ordered


def _is_before(version: Article, other: Article) -> bool:
    return version.as_of is not None and other.as_of is not None and version.as_of < other.as_of


def _sentence_changes(older: Article, newer: Article) -> Iterator[tuple[ChangeKind, str, str]]:
    before, after = _sentences(older), _sentences(newer)
    still, already = {*after, *_dropped_sentences(newer)}, {*before, *_dropped_sentences(older)}
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = [sentence for sentence in before[i1:i2] if sentence not in still]
        come = [sentence for sentence in after[j1:j2] if sentence not in already]
        yield from _paired(gone, come)


def _paired(gone: list[str], come: list[str]) -> Iterator[tuple[ChangeKind, str, str]]:
    """Each sentence that came with the one that it replaces, if it is like one of those left."""
    left = list(gone)
    paired: list[tuple[ChangeKind, str, str]] = []
    for sentence in come:
        best = max(left, key=lambda other: _alike(other, sentence), default=None)
        if best is None or _alike(best, sentence) < _SAME_SENTENCE:
            paired.append(("added", "", sentence))
        else:
            left.remove(best)
            paired.append(("changed", best, sentence))
    yield from (("removed", sentence, "") for sentence in left)
    yield from paired


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, words(one), words(other), autojunk=False).ratio()


def _sentences(article: Article) -> list[str]:
    spans = sentence_spans(article.text, article.language)
    return [" ".join(article.text[start:end].split()) for start, end in spans]


def _dropped_sentences(article: Article) -> list[str]:
    """The sentences of the lines that were taken out of an article as page furniture."""
    return [
        " ".join(line[start:end].split())
        for line in article.dropped
        for start, end in sentence_spans(line, article.language)
    ]


def _told(value: str | date | None) -> str:
    return "" if value is None else str(value)

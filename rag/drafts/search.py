"""Searching the library for what it says to a sentence of a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.protocol import LibraryLike
from embeddings.terms import TermReader
from rag.finding.answerable import rarity_of
from rag.finding.hit import Hit
from rag.finding.retrieve import RetrieveOptions, retrieve
from rag.question.query import LONGEST_QUESTION, Query

_LEANS = re.compile(
    r"^\W*(?:[\w’'-]+\W+){0,4}?(?:he|she|they|it|his|her|their|its|that|this|these|those|same)\b",
    re.IGNORECASE,
)

_ASKS = re.compile(r"\?[\"”’'»)\]]*$")
_MOST_LEADS = 3
"""Sentences before one that may tell whom it speaks of; farther back 'he' is another."""


def leans(sentence: str) -> bool:
    """Whether one of the first five words points back at the sentence before."""
    return _LEANS.match(sentence) is not None


class Desk(Protocol):
    """What a draft is checked against; every `Newsroom` is one."""

    @property
    def library(self) -> LibraryLike:
        """Where the articles are."""
        ...

    @property
    def embedder(self) -> Embedder:
        """What made the library's vectors."""
        ...


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How much is looked at for one sentence.

    Attributes:
        retrieve: how passages are found.
        spans: sentences of articles that each claim is held against, best first.
        likeness: share of the likeness in meaning in a sentence's score; the rest is the share of
            the claim's terms that it holds, rare ones weighing more. Half and half is judgement.
    """

    retrieve: RetrieveOptions = field(default_factory=RetrieveOptions)
    spans: int = 10
    likeness: float = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of an article: `hit.article.text[start:end]`.

    Attributes:
        before: where the sentence before it in its passage begins; `start` where there is none.
        around: where the words that it leans on begin: that sentence, and those before it while
            they begin with a pronoun too.
        score: how near it is to what was searched for; higher is nearer.
    """

    hit: Hit
    start: int
    end: int
    before: int
    around: int
    score: float = 0.0

    @property
    def text(self) -> str:
        """The sentence, as it stands in the article."""
        return self.hit.article.text[self.start : self.end]

    @property
    def with_lead(self) -> Span:
        """The span together with the sentence before it."""
        return replace(self, start=self.before)

    @property
    def in_context(self) -> str:
        """The span with the sentences that it leans on."""
        return self.hit.article.text[self.around : self.end]


class Searcher:
    """Finds spans of the library's articles for sentences of a draft."""

    def __init__(
        self, desk: Desk, embedder: Embedder, query: Query, options: SearchOptions
    ) -> None:
        self._library = desk.library
        self._embedder = embedder
        self._query = query
        self._options = options

    def find(self, texts: Sequence[str]) -> list[Span]:
        """The spans nearest to any of the texts, best first, each once.

        Args:
            texts: a sentence, and its claims where it has several.
        """
        best: dict[tuple[str, int], Span] = {}
        for text in dict.fromkeys(texts):
            for span in self._near(text):
                key = (span.hit.article.id, span.start)
                if key not in best or span.score > best[key].score:
                    best[key] = span
        return sorted(best.values(), key=lambda one: (-one.score, one.hit.rank, one.start))

    def _near(self, text: str) -> list[Span]:
        asked = text[:LONGEST_QUESTION]
        vector = self._embedder.embed([asked])[0]
        query = replace(self._query, text=asked)
        hits = retrieve(self._library, query, vector, self._options.retrieve)
        spans = _spans(hits)
        if not spans:
            return []
        scores = self._scores(asked, vector, spans)
        order = np.argsort(-scores, kind="stable")[: self._options.spans]
        return [replace(spans[row], score=float(scores[row])) for row in order]

    def _scores(self, text: str, vector: Vectors, spans: Sequence[Span]) -> Vectors:
        reader = TermReader()
        mine = set(reader.terms(text))
        terms = [reader.terms(span.text) for span in spans]
        rarity = rarity_of(mine, terms)
        total = sum(rarity.values()) or 1.0
        held = [sum(rarity[term] for term in mine & set(theirs)) / total for theirs in terms]
        likeness = self._embedder.embed([span.text for span in spans]) @ vector
        share = self._options.likeness
        return np.asarray(
            share * likeness + (1 - share) * np.asarray(held, dtype=np.float32), dtype=np.float32
        )


def _spans(hits: Sequence[Hit]) -> list[Span]:
    seen: set[tuple[str, int]] = set()
    spans = []
    for hit in hits:
        text, first = hit.article.text, hit.passage.start
        places = [
            (first + start, first + end)
            for start, end in sentence_spans(hit.text, hit.article.language)
        ]
        for number, (start, end) in enumerate(places):
            # What an article asks it does not say.
            asks = _ASKS.search(text, start, end) is not None
            if (hit.article.id, start) not in seen and not asks:
                seen.add((hit.article.id, start))
                before = places[max(0, number - 1)][0]
                spans.append(Span(hit, start, end, before, _around(text, places, number)))
    return spans


def _around(text: str, places: Sequence[tuple[int, int]], number: int) -> int:
    """Where the words begin that a sentence leans on."""
    at = max(0, number - 1)
    while at > 0 and number - at < _MOST_LEADS and leans(text[slice(*places[at])]):
        at -= 1
    return places[at][0]

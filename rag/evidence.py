"""The sentences of the hits, ordered by how well each may answer the question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.passages import header
from corpus.sentences import sentence_spans
from embeddings.embedder import Embedder, Vectors
from embeddings.terms import TermReader
from rag.facts import facts_of
from rag.hit import Hit
from rag.period import Timing, named_period, timing

_REMEMBERED = 20_000
"""Sentence vectors kept in memory: 30 MB at 384 float32 dimensions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a hit: `hit.article.text[start:end]`.

    Attributes:
        hit: the passage that it stands in.
        start, end: character offsets into the article's text; end is exclusive.
        score: in [0, 1], relative to the other sentences of the same question.
        likeness: inner product of its vector and the question's.
        answerable: in [0, 1], comparable between questions: see `answerability`.
    """

    hit: Hit
    start: int
    end: int
    score: float
    likeness: float
    answerable: float

    @property
    def text(self) -> str:
        """The sentence, as it stands in the article."""
        return self.hit.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class EvidenceOptions:
    """How sentences are weighed.

    Attributes:
        dense_weight: share of likeness in the score; the rest is BM25 over the candidates.
            Same source as `RetrieveOptions.dense_weight`.
        outside_period: taken from the score of a sentence whose article is dated outside the
            days that the question names, unless the sentence names them itself. Judgement: enough
            to let a sentence of the right month pass one that only sounds a little nearer.
    """

    dense_weight: float = 0.5
    outside_period: float = 0.25


class EvidenceRanker:
    """Splits hits into sentences and orders them. Remembers the vectors of those it has seen."""

    def __init__(self, embedder: Embedder, options: EvidenceOptions | None = None) -> None:
        self._embedder = embedder
        self._options = options or EvidenceOptions()
        self._vectors: dict[str, Vectors] = {}

    def rank(self, question: str, vector: Vectors, hits: Sequence[Hit]) -> list[Evidence]:
        """Every sentence of the hits once, best first.

        Args:
            question: in plain words.
            vector: shape (dimensions,), the embedded question.
            hits: the passages to read.
        """
        places = _sentences(hits)
        if not places:
            return []
        texts = [hit.article.text[start:end] for hit, start, end in places]
        reader = TermReader()
        asked = set(reader.terms(question))
        terms = [reader.terms(text) for text in texts]
        around = [set(reader.terms(_surroundings(hit))) for hit, _, _ in places]
        likeness = self._embedded(texts) @ vector
        weight = self._options.dense_weight
        score = weight * _scaled(likeness) + (1 - weight) * _scaled(_bm25(terms, sorted(asked)))
        score -= self._options.outside_period * _outside(question, places)
        rarity = _rarity(asked, terms)
        found = [
            Evidence(
                hit,
                start,
                end,
                float(score[row]),
                float(likeness[row]),
                answerability(float(likeness[row]), asked, set(terms[row]), around[row], rarity),
            )
            for row, (hit, start, end) in enumerate(places)
        ]
        return sorted(found, key=lambda one: (-one.score, one.hit.rank, one.start))

    def _embedded(self, texts: list[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if len(self._vectors) + len(new) > _REMEMBERED:
            self._vectors.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])


def answerability(
    likeness: float,
    asked: set[str],
    sentence: set[str],
    around: set[str],
    rarity: dict[str, float],
) -> float:
    """How likely it is that a sentence answers the question at all, in [0, 1].

    The mean of three: likeness of the vectors, the share of the question's terms that the
    sentence holds, and the share that its passage with title, outlet and date holds; rare terms
    weigh more. `docs/measurements.md` says how well it tells questions whose article is there
    from those whose article was taken away, and where the threshold comes from.

    Args:
        likeness: inner product of the question's vector and the sentence's.
        asked, sentence, around: terms of the question, the sentence, and its surroundings.
        rarity: weight of each asked term.
    """
    total = sum(rarity.values())
    if not total:
        return max(0.0, likeness)
    held = sum(rarity[term] for term in asked & sentence) / total
    held_around = sum(rarity[term] for term in asked & (sentence | around)) / total
    return (max(0.0, likeness) + held + held_around) / 3


def _sentences(hits: Sequence[Hit]) -> list[tuple[Hit, int, int]]:
    seen: set[tuple[str, int]] = set()
    places = []
    for hit in hits:
        for start, end in sentence_spans(hit.text, hit.article.language):
            first, last = hit.passage.start + start, hit.passage.start + end
            if (hit.article.id, first) not in seen:
                seen.add((hit.article.id, first))
                places.append((hit, first, last))
    return places


def _outside(question: str, places: Sequence[tuple[Hit, int, int]]) -> NDArray[np.float32]:
    """1 for each sentence that is dated outside the days that the question names, else 0."""
    period = named_period(question)
    if period is None:
        return np.zeros(len(places), dtype=np.float32)
    named = facts_of(question)
    outside = []
    for hit, start, end in places:
        said = facts_of(hit.article.text[start:end])
        names_them = bool(named.days & said.days) or bool(named.figures & said.figures)
        late = timing(hit.article.published, period) is Timing.OUTSIDE
        outside.append(float(late and not names_them))
    return np.asarray(outside, dtype=np.float32)


def _surroundings(hit: Hit) -> str:
    day = hit.article.published
    return f"{header(hit.article)} {day:%d %B %Y %A} {hit.text}" if day else (
        f"{header(hit.article)} {hit.text}"
    )  # fmt: skip


def _bm25(terms: list[list[str]], asked: list[str]) -> NDArray[np.float32]:
    if not any(terms) or not asked:
        return np.zeros(len(terms), dtype=np.float32)
    index = bm25s.BM25()
    index.index(terms, show_progress=False)
    known = [term for term in asked if term in index.vocab_dict]
    if not known:
        return np.zeros(len(terms), dtype=np.float32)
    return np.asarray(index.get_scores(known), dtype=np.float32)


def _rarity(asked: set[str], terms: list[list[str]]) -> dict[str, float]:
    """The usual BM25 inverse document frequency, a sentence being the document."""
    holding = Counter(term for sentence in terms for term in set(sentence) & asked)
    return {term: math.log(1 + len(terms) / (holding[term] + 0.5)) for term in asked}


def _scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = float(scores.min()), float(scores.max())
    if high == low:
        return np.zeros_like(scores)
    return np.asarray((scores - low) / (high - low), dtype=np.float32)

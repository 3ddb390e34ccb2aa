"""The sentences of the hits, ordered by how well each may answer the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.store.window import DateWindow
from embeddings.terms import TermReader
from rag.claims.facts import facts_of
from rag.finding.answerable import answerability, rarity_of
from rag.finding.hit import Hit
from rag.question.expected import expected, is_of_kind
from rag.question.period import Timing, named_period, timing, without_period

_REMEMBERED = 20_000
"""Sentence vectors kept in memory: 30 MB at 384 float32 dimensions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a hit: `hit.article.text[start:end]`.

    Attributes:
        hit: the passage that it stands in.
        start, end: character offsets into the article's text; end is exclusive.
        score: relative to the other sentences of the same question; higher is better.
        likeness: inner product of its vector and the question's.
        answerable: in [0, 1], comparable between questions: see `rag.finding.answerable`.
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
    """How sentences are weighed; each part is scaled to [0, 1] over the candidates.

    The first four were chosen from fifteen mixtures on two dev sets: with them the sentence that
    holds the answer came first for 63 % of 52 questions on the sample library and 76 % of 80 XQuAD
    questions; likeness and BM25 alone, half and half, gave 50 % and 71 %.

    Attributes:
        likeness: of the question's vector and the sentence's.
        in_context: of the question's vector and that of the sentence with the one before it.
        lexical: BM25 over the candidates.
        passage: the score of the passage that it stands in.
        outside_period: taken from the score of a sentence whose article is dated outside the
            days that the question names, unless the sentence names them itself. Judgement: enough
            to let a sentence of the right month pass one that only sounds a little nearer.
        wrong_kind: taken from the score of a sentence without a figure, a day or a name where
            the question asks for one.
    """

    likeness: float = 0.4
    in_context: float = 0.3
    lexical: float = 0.3
    passage: float = 0.2
    outside_period: float = 0.5
    wrong_kind: float = 0.15


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
        places = _places(hits)
        if not places:
            return []
        period = named_period(question)
        reader = TermReader()
        terms = [reader.terms(place.text) for place in places]
        asked = set(reader.terms(without_period(question)))
        likeness = self._embedded([place.text for place in places]) @ vector
        options = self._options
        score = (
            options.likeness * _scaled(likeness)
            + options.in_context * _scaled(self._embedded(_in_context(places)) @ vector)
            + options.lexical * _scaled(_bm25(terms, sorted(asked)))
            + options.passage * np.asarray([place.hit.score for place in places], dtype=np.float32)
            - options.outside_period * _outside(question, period, places)
            - options.wrong_kind * _of_wrong_kind(question, places)
        )
        # Words for the days count where the article's own date holds them, and nowhere else.
        asked_dated = set(reader.terms(question))
        rarity = rarity_of(asked_dated, terms)
        around = {hit.passage.id: set(reader.terms(hit.in_context)) for hit in hits}
        found = [
            Evidence(
                place.hit,
                place.start,
                place.end,
                float(score[row]),
                float(likeness[row]),
                answerability(
                    float(likeness[row]),
                    asked_dated if _is_within(place.hit, period) else asked,
                    set(terms[row]),
                    around[place.hit.passage.id],
                    rarity,
                ),
            )
            for row, place in enumerate(places)
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


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence that has no score yet: `hit.article.text[start:end]`."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.hit.article.text[self.start : self.end]


def _places(hits: Sequence[Hit]) -> list[_Place]:
    seen: set[tuple[str, int]] = set()
    places = []
    for hit in hits:
        for start, end in sentence_spans(hit.text, hit.article.language):
            place = _Place(hit, hit.passage.start + start, hit.passage.start + end)
            if (hit.article.id, place.start) not in seen:
                seen.add((hit.article.id, place.start))
                places.append(place)
    return places


def _in_context(places: Sequence[_Place]) -> list[str]:
    """Each sentence with the one before it in its passage, if there is one."""
    texts = [places[0].text]
    for before, place in pairwise(places):
        same = before.hit.passage.id == place.hit.passage.id
        texts.append(place.hit.article.text[before.start if same else place.start : place.end])
    return texts


def _is_within(hit: Hit, period: DateWindow | None) -> bool:
    return period is not None and timing(hit.article.published, period) is Timing.WITHIN


def _outside(
    question: str, period: DateWindow | None, places: Sequence[_Place]
) -> NDArray[np.float32]:
    """1 for each sentence that is dated outside the days that the question names, else 0."""
    if period is None:
        return np.zeros(len(places), dtype=np.float32)
    named = facts_of(question)
    outside = []
    for place in places:
        said = facts_of(place.text)
        names_them = bool(named.days & said.days) or bool(named.figures & said.figures)
        late = timing(place.hit.article.published, period) is Timing.OUTSIDE
        outside.append(float(late and not names_them))
    return np.asarray(outside, dtype=np.float32)


def _of_wrong_kind(question: str, places: Sequence[_Place]) -> NDArray[np.float32]:
    """1 for each sentence without the kind of words that the question asks for, else 0."""
    kind = expected(question)
    return np.asarray(
        [not is_of_kind(place.text, kind, question) for place in places], dtype=np.float32
    )


def _bm25(terms: list[list[str]], asked: list[str]) -> NDArray[np.float32]:
    if not any(terms) or not asked:
        return np.zeros(len(terms), dtype=np.float32)
    index = bm25s.BM25()
    index.index(terms, show_progress=False)
    known = [term for term in asked if term in index.vocab_dict]
    if not known:
        return np.zeros(len(terms), dtype=np.float32)
    return np.asarray(index.get_scores(known), dtype=np.float32)


def _scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = float(scores.min()), float(scores.max())
    if high == low:
        return np.zeros_like(scores)
    return np.asarray((scores - low) / (high - low), dtype=np.float32)

"""The sentences of the hits, ordered by how well each may answer the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import bm25s
import numpy as np
from numpy.typing import NDArray

from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.store.window import DateWindow
from embeddings.terms import TermReader
from rag.claims.facts import facts_of
from rag.finding.answerable import answerability, rarity_of
from rag.finding.event_days import wrong_side
from rag.finding.evidence import Evidence
from rag.finding.fits import sought
from rag.finding.hit import Hit
from rag.finding.places import Place, in_context, places_in
from rag.finding.recency import recency
from rag.finding.rerank import Reads, RerankOptions, reranked
from rag.question.expansion import families
from rag.question.period import Timing, named_period, timing, without_period
from rag.question.understanding import Understanding, understand

_REMEMBERED = 20_000
"""Sentence vectors kept in memory: 30 MB at 384 float32 dimensions."""


@dataclass(frozen=True, slots=True)
class EvidenceOptions:
    """How sentences are weighed; each part is scaled to [0, 1] over the candidates.

    Chosen by coordinate search on five dev sets at once: questions on the sample library (52 and
    59), on five real reports (64), on time and conflict (58), and of XQuAD (240). With them the
    sentence that holds the answer comes first for 67, 68, 70, 55 and 85 of 100 questions; with
    the weights before (0.4, 0.3, 0.3, 0.2, 0.5, 0.15, and no `newest`) it did for 63, 61, 69, 43
    and 85. On 240 questions of SQuADshifts' new Wikipedia, which nothing was chosen on, it was 72
    against 73 (with `wrong_kind` at 0.5, before it was set to 0.4). A sentence with its title
    before it, the question less its frame, and whether the one who is asked about is the speaker
    each moved these by less than chance does, and are left out.

    Attributes:
        likeness: of the question's vector and the sentence's.
        in_context: of the question's vector and that of the sentence with the one before it.
        lexical: BM25 over the candidates.
        passage: the score of the passage that it stands in.
        outside_period: taken from the score of a sentence whose article is dated outside the
            days that the question names, unless the sentence names them itself.
        wrong_kind: taken from the score of a sentence without the sort of words that the question
            asks for: see `rag.finding.fits`.
        newest: given to a sentence of the newest article where the newest state is asked for,
            less to older ones, nothing to one without a date.
        wrong_side: taken from the score of a sentence on the wrong side of the event that bounds
            the question ('before the truce ended'): see `rag.finding.event_days`. Of 36 questions
            with such an event on the articles of the suite 'time' it puts the right sentence first
            for 17 instead of 13; of 473 on the five sets, for one less. Set on the first 18 of
            the 36, where 0.1 to 0.3 did nearly the same.
        families: whether BM25 counts a word by its family ('died' for 'deaths') and not by its
            stem. With it the right sentence is first for 4 more of 473 on the five sets and for 2
            less of 52 paraphrased questions, and as many lose their place among seven as gain
            one: chance, so it is off. Terms of the best passages or sentences added to the
            question, and other spellings of its names, gained nothing either.
        rerank: how the trained reader weighs the best of them once more, where there is one.
    """

    likeness: float = 0.3
    in_context: float = 0.4
    lexical: float = 0.3
    passage: float = 0.2
    outside_period: float = 0.1
    wrong_kind: float = 0.4
    newest: float = 0.3
    wrong_side: float = 0.2
    families: bool = False
    rerank: RerankOptions = field(default_factory=RerankOptions)


class EvidenceRanker:
    """Splits hits into sentences and orders them. Remembers the vectors of those it has seen."""

    def __init__(
        self,
        embedder: Embedder,
        options: EvidenceOptions | None = None,
        reader: Callable[[], Reads | None] = lambda: None,
    ) -> None:
        """`reader` is asked for the trained reader when there is something to read."""
        self._embedder = embedder
        self._options = options or EvidenceOptions()
        self._reader = reader
        self._vectors: dict[str, Vectors] = {}

    def rank(
        self,
        question: str,
        vector: Vectors,
        hits: Sequence[Hit],
        understanding: Understanding | None = None,
    ) -> list[Evidence]:
        """Every sentence of the hits once, best first.

        Args:
            question: in plain words.
            vector: shape (dimensions,), the embedded question.
            hits: the passages to read.
            understanding: of the question; read from its words alone if None.
        """
        places = places_in(hits)
        if not places:
            return []
        asks = understanding or understand(question)
        period = named_period(question)
        reader = TermReader()
        terms = [reader.terms(place.text) for place in places]
        asked = set(reader.terms(without_period(question)))
        likeness = self._embedded([place.text for place in places]) @ vector
        options = self._options
        score = (
            options.likeness * _scaled(likeness)
            + options.in_context * _scaled(self._embedded(in_context(places)) @ vector)
            + options.lexical * _scaled(self._shared_words(question, places, terms, asked))
            + options.passage * np.asarray([place.hit.score for place in places], dtype=np.float32)
            - options.outside_period * _outside(question, asks.period, places)
            - options.wrong_side * wrong_side(asks, places, self._embedded)
            - options.wrong_kind * _of_wrong_kind(question, places)
            + options.newest * _newness(asks, places)
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
        found.sort(key=lambda one: (-one.score, one.hit.rank, one.start))
        if not options.rerank.weight or (trained := self._reader()) is None:
            return found
        return reranked(question, found, trained, options.rerank)

    def _shared_words(
        self, question: str, places: Sequence[Place], terms: list[list[str]], asked: set[str]
    ) -> NDArray[np.float32]:
        if not self._options.families:
            return _bm25(terms, sorted(asked))
        told = [families(place.text) for place in places]
        return _bm25(told, sorted(set(families(without_period(question)))))

    def _embedded(self, texts: list[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if len(self._vectors) + len(new) > _REMEMBERED:
            self._vectors.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])


def _is_within(hit: Hit, period: DateWindow | None) -> bool:
    return period is not None and timing(hit.article.published, period) is Timing.WITHIN


def _outside(
    question: str, period: DateWindow | None, places: Sequence[Place]
) -> NDArray[np.float32]:
    """1 for each sentence that is dated outside the days that the question names, else 0."""
    if period is None:
        return np.zeros(len(places), dtype=np.float32)
    named = facts_of(question)
    outside = []
    for place in places:
        said = facts_of(place.text)
        names_them = bool(named.days & said.days) or bool(named.figures & said.figures)
        late = timing(place.published, period) is Timing.OUTSIDE
        outside.append(float(late and not names_them))
    return np.asarray(outside, dtype=np.float32)


def _of_wrong_kind(question: str, places: Sequence[Place]) -> NDArray[np.float32]:
    """1 for each sentence without the sort of words that the question asks for, else 0."""
    words = sought(question)
    return np.asarray([not words.is_in(place.text) for place in places], dtype=np.float32)


def _newness(asks: Understanding, places: Sequence[Place]) -> NDArray[np.float32]:
    """1 for each sentence of the newest article where that is asked for; 0 where it is not."""
    if not (asks.latest or asks.kind == "latest"):
        return np.zeros(len(places), dtype=np.float32)
    newness = recency([place.hit.article.as_of for place in places])
    return np.asarray(newness, dtype=np.float32)


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

"""Finding measured alone: where do the right sentence and the right article come, and how soon?

No language model. A question whose gold evidence is marked is searched for and its sentences are
ranked; then it is looked up where the gold stands. Questions that are to be refused have no gold
to find, and follow-ups mean nothing by themselves: both are left out.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.article import Article
from evals.ablation.bare import Bare
from evals.metrics.ranks import ndcg, overlap, places_of
from evals.runner import by_world, questions
from evals.sample import EACH_NEEDED, Kind, Sample, is_named
from evals.statistics import Estimate, all_or_nothing, bootstrap
from evals.suite import Suite
from evals.worlds import Worlds
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit
from rag.finding.ranking import EvidenceOptions, EvidenceRanker
from rag.finding.retrieve import RetrieveOptions, retrieve
from rag.newsroom import Newsroom
from rag.question.query import read_question

SHOWN = 7
"""Sentences among which the right one is looked for: as many as a prompt holds by default."""

RANKED = 10
"""Sentences whose order nDCG looks at: the depth that BEIR (Thakur et al., 2021) reports."""

_ALL: frozenset[Kind] = EACH_NEEDED | {"change", "disagreement"}
"""Kinds whose answer needs each part of the gold, whatever the citation metrics ask for."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of finding.

    Attributes:
        headers: whether passages are indexed with title, outlet and date before them.
    """

    retrieve: RetrieveOptions = field(default_factory=RetrieveOptions)
    evidence: EvidenceOptions = field(default_factory=EvidenceOptions)
    headers: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """Where the gold of one question came; each 1.0 or 0.0, but for the last two.

    Attributes:
        first: a gold sentence is ranked first.
        among_seven: one is among the first `SHOWN`.
        all_among_seven: all that are needed are; the same as `among_seven` where one is enough.
        article_first: the first hit is of a gold article.
        hit: the passage of a gold sentence is among the hits.
        ndcg: of the gold sentences among the first ten, in [0, 1].
        milliseconds: of searching and ranking, the vectors of what was seen before at hand.
    """

    sample: Sample
    first: float
    among_seven: float
    all_among_seven: float
    article_first: float
    hit: float
    ndcg: float
    milliseconds: float


MEASURES = ("first", "ndcg", "among_seven", "all_among_seven", "article_first", "hit")
"""The measures of `Found` in [0, 1], in the order of tables."""


def measure_finding(
    suite: Suite, home: Newsroom, ways: Mapping[str, Way], *, progress: bool = True
) -> dict[str, tuple[Found, ...]]:
    """Each way over every question of a suite that has gold to find, in the same order.

    Args:
        home: the library for questions without a world of their own, and the embedder for all.

    Raises:
        DatelineError: a world cannot be built, or the embedder fails.
    """
    asked = [one for one in by_world(suite.samples) if _has_gold(one)]
    found: dict[str, list[Found]] = {name: [] for name in ways}
    with (
        Worlds(suite, home) as worlds,
        questions(suite.name, len(asked), show=progress) as bar,
    ):
        searchers: dict[str, _Searcher] = {}
        for sample in asked:
            newsroom = worlds.newsroom(sample.world)
            if not searchers or searchers[next(iter(searchers))].newsroom is not newsroom:
                searchers = {name: _Searcher(newsroom, way) for name, way in ways.items()}
            for name, searcher in searchers.items():
                found[name].append(searcher.ask(sample))
            bar.update()
    return {name: tuple(ones) for name, ones in found.items()}


def share(found: Sequence[Found], measure: str) -> Estimate:
    """One measure over all questions, with its interval."""
    values = np.array([getattr(one, measure) for one in found], dtype=np.float64)
    if not len(values):
        return Estimate(None, None, None, 0)
    mean = float(values.mean())
    if mean in (0.0, 1.0):
        low, high = all_or_nothing(len(values), all_right=mean == 1.0)
    else:
        low, high = bootstrap(values, lambda rows: np.asarray(np.mean(rows, axis=-1)))
    return Estimate(mean, low, high, len(values))


def gap(ours: Sequence[Found], theirs: Sequence[Found], measure: str) -> Estimate:
    """Our share less theirs over the same questions, with a paired interval."""
    values = np.array(
        [getattr(a, measure) - getattr(b, measure) for a, b in zip(ours, theirs, strict=True)],
        dtype=np.float64,
    )
    if not len(values):
        return Estimate(None, None, None, 0)
    low, high = bootstrap(values, lambda rows: np.asarray(np.mean(rows, axis=-1)))
    if not values.any():
        # Every draw is alike: at most so large a share of all questions may differ.
        high = all_or_nothing(len(values), all_right=False)[1]
        low = -high
    return Estimate(float(values.mean()), low, high, len(values))


def _has_gold(sample: Sample) -> bool:
    target = sample.target
    return bool(target.quotes) and not target.refuse and not sample.before


class _Searcher:
    """One way of finding in one world."""

    def __init__(self, newsroom: Newsroom, way: Way) -> None:
        self.newsroom = newsroom
        self._way = way
        self._ranker = EvidenceRanker(newsroom.embedder, way.evidence, lambda: newsroom.reader)
        self._library = (
            newsroom.library if way.headers else Bare(newsroom.library, newsroom.embedder)
        )

    def ask(self, sample: Sample) -> Found:
        query = read_question(sample.question, as_of=sample.as_of)
        vector = self.newsroom.embedder.embed([query.text])[0]
        began = time.perf_counter()
        hits = retrieve(self._library, query, vector, self._way.retrieve)
        evidence = self._ranker.rank(query.text, vector, hits)
        spent = (time.perf_counter() - began) * 1000
        return _found(sample, hits, evidence, spent)


def _found(
    sample: Sample, hits: Sequence[Hit], evidence: Sequence[Evidence], milliseconds: float
) -> Found:
    target = sample.target
    named = [one for one in evidence if _is_gold(one.hit.article, sample)]
    ranks = {id(one): rank for rank, one in enumerate(evidence, start=1)}
    best: list[int] = []
    for quote in target.quotes:
        places = [
            ranks[id(one)]
            for one in named
            if any(
                overlap(one.hit.article, (one.start, one.end), place)
                for place in places_of(one.hit.article, quote)
            )
        ]
        best.append(min(places, default=0))
    there = [rank for rank in best if rank]
    first = min(there, default=0)
    shown = [0 < rank <= SHOWN for rank in best]
    every = all(shown) if sample.kind in _ALL else any(shown)
    return Found(
        sample,
        float(first == 1),
        float(0 < first <= SHOWN),
        float(every),
        float(bool(hits) and _is_gold(hits[0].article, sample)),
        float(bool(there)),
        ndcg([rank or None for rank in best], RANKED),
        milliseconds,
    )


def _is_gold(article: Article, sample: Sample) -> bool:
    return any(is_named(article, key) for key in sample.target.articles)

"""Hybrid retrieval: passages near in meaning and passages that share words, fused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.article import Passage
from embeddings.embedders.embedder import Vectors
from rag.finding.hit import Hit, Why
from rag.finding.searchable import Searchable
from rag.finding.sources import other_outlets
from rag.question.period import Timing, timing
from rag.question.query import Query
from rag.question.understanding import understand

_RRF_K = 60
"""The constant of reciprocal rank fusion: Cormack, Clarke and Buettcher (2009) fixed it at 60 in a
pilot and left it there."""


@dataclass(frozen=True, slots=True)
class RetrieveOptions:
    """How passages are found.

    Attributes:
        hits: how many passages are read for one question.
        candidates: how many each index proposes before they are fused.
        dense_weight: the dense index's share of the fused score, in [0, 1]; the rest is BM25's.
            On the five dev sets (473 questions) 0.4, 0.5 and 0.6 are alike in the right sentence
            first (within 1 question) and 0.5 and 0.4 in all that is needed among the first seven;
            0.3 and 0.7 lose 2 and 3 first places, meaning alone 9 and words alone 6.
        fusion: 'convex', or 'rrf' for reciprocal ranks, which on the same 473 put the right
            article first for 14 fewer (XQuAD, n 240: 90 instead of 95 of 100; difference 1 to 8
            points), the right sentence for 9 fewer, and were better at it on none of the five.
        neighbours: of how many of the best hits the passages before and after are read too. With 3
            nothing moved on five sets of 52 to 240 questions: what answers was found already.
        one_copy: whether the copies of one report take one place among the hits. On the suite
            'time', which holds copies, all that an answer needs is among the first seven sentences
            for 81 of 100 questions with it and 76 without (n 58); elsewhere it changes nothing.
        in_period: given to a passage whose article is dated within the days that are asked about.
            With 0.1 the right article is first for 3 more of 233 questions about news and for none
            less, which chance may explain; with 0.2 a right sentence lost its first place.
    """

    hits: int = 8
    candidates: int = 40
    dense_weight: float = 0.5
    fusion: Literal["convex", "rrf"] = "convex"
    neighbours: int = 0
    one_copy: bool = True
    in_period: float = 0.1


Finder = Callable[[Query, Vectors], tuple[Hit, ...]]
"""Gives the passages to read for a question and its vector of shape (dimensions,), best first."""


def retrieve(
    library: Searchable,
    query: Query,
    vector: Vectors,
    options: RetrieveOptions,
    k: int | None = None,
) -> tuple[Hit, ...]:
    """The passages to read for a question, best first.

    The score is a convex combination of the two indexes' scores, each scaled to [0, 1] over
    its own candidates (Bruch, Gai & Ingber 2022, "An Analysis of Fusion Functions for Hybrid
    Retrieval", found it better than reciprocal ranks).

    Args:
        vector: shape (dimensions,), the embedded question.
        k: how many; `options.hits` if None. Neighbours come on top of them.
    """
    wanted = k or options.hits
    depth = max(options.candidates, wanted)
    with library.reading():
        dense = dict(library.dense(vector, depth, query.window, outlets=query.outlets))
        lexical = dict(library.lexical(query.text, depth, query.window, outlets=query.outlets))
        scores = (
            fuse(dense, lexical, options.dense_weight)
            if options.fusion == "convex"
            else fuse_ranks(dense, lexical)
        )
        scores = _timed(library, query, scores, options.in_period)
        order = sorted(scores, key=lambda name: (-scores[name], name))
        passages = _best(library, order, wanted, options.one_copy)
        passages += _around(library, passages[: options.neighbours], passages)
        articles = {
            name: library.article(name) for name in {passage.article_id for passage in passages}
        }
        also_in = {
            name: other_outlets(library, article, query.window)
            for name, article in articles.items()
        }
    least = min(scores.values(), default=0.0)
    return tuple(
        Hit(
            passage,
            articles[passage.article_id],
            scores.get(passage.id, least),
            rank,
            Why(dense.get(passage.id), lexical.get(passage.id)),
            also_in[passage.article_id],
        )
        for rank, passage in enumerate(passages, start=1)
    )


def _timed(
    library: Searchable, query: Query, scores: dict[str, float], in_period: float
) -> dict[str, float]:
    """The scores, with more for passages of the days that are asked about."""
    if not in_period:
        return scores
    period = understand(query.text, today=query.window.until or date.today()).period
    if period is None:
        return scores
    articles = {name: library.passage(name).article_id for name in scores}
    within = {
        article: timing(library.article(article).published, period) is Timing.WITHIN
        for article in set(articles.values())
    }
    return {name: score + in_period * within[articles[name]] for name, score in scores.items()}


def _best(library: Searchable, order: Iterable[str], wanted: int, one_copy: bool) -> list[Passage]:
    """The first passages in that order; of each report those of its first copy alone."""
    kept: list[Passage] = []
    speaking: dict[str, str] = {}
    for name in order:
        if len(kept) == wanted:
            break
        passage = library.passage(name)
        if one_copy:
            group = library.group(passage.article_id).id
            if speaking.setdefault(group, passage.article_id) != passage.article_id:
                continue
        kept.append(passage)
    return kept


def _around(library: Searchable, best: Sequence[Passage], kept: Sequence[Passage]) -> list[Passage]:
    """The passages right before and after some, without those that are there already."""
    known = {passage.id for passage in kept}
    found: list[Passage] = []
    for one in best:
        for passage in library.passages(one.article_id):
            if abs(passage.ordinal - one.ordinal) == 1 and passage.id not in known:
                known.add(passage.id)
                found.append(passage)
    return found


def fuse(
    dense: dict[str, float], lexical: dict[str, float], dense_weight: float
) -> dict[str, float]:
    """One score in [0, 1] a passage; a passage that one index did not propose gets 0 from it."""
    near, shared = _scaled(dense), _scaled(lexical)
    return {
        name: dense_weight * near.get(name, 0.0) + (1 - dense_weight) * shared.get(name, 0.0)
        for name in near.keys() | shared.keys()
    }


def fuse_ranks(dense: dict[str, float], lexical: dict[str, float]) -> dict[str, float]:
    """Reciprocal rank fusion, scaled so that the best a passage can have is 1."""
    fused: dict[str, float] = {}
    for scores in (dense, lexical):
        order = sorted(scores, key=lambda name: (-scores[name], name))
        for rank, name in enumerate(order, start=1):
            fused[name] = fused.get(name, 0.0) + (_RRF_K + 1) / (_RRF_K + rank) / 2
    return fused


def _scaled(scores: dict[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {name: (score - low) / (high - low) for name, score in scores.items()}

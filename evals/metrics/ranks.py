"""Where the gold stands among the hits: what every metric of retrieval starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log2
from typing import Literal

from corpus.article import Article
from evals.sample import Sample, is_named
from rag.answer import Answer
from rag.finding.hit import Hit

By = Literal["article", "passage"]


def places_of(article: Article, quote: str) -> Iterator[tuple[int, int]]:
    """Each place where the quote stands in the article, as (start, end) character offsets."""
    start = article.text.find(quote) if quote else -1
    while start >= 0:
        yield start, start + len(quote)
        start = article.text.find(quote, start + 1)


def overlap(article: Article, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans of an article share a character that is not white space."""
    low, high = max(first[0], second[0]), min(first[1], second[1])
    return low < high and bool(article.text[low:high].strip())


def gold_ranks(sample: Sample, answer: Answer, by: By) -> tuple[int | None, ...] | None:
    """The rank, from 1, of the first hit that shows each gold; None for a gold that no hit shows.

    By article, each article that the target names is a gold, and ranks count articles: an
    article stands where its best passage stands, its other passages are passed over. By passage,
    each quote of the target is a gold; a hit shows it when its passage overlaps, in an article
    that the target names, a place where the quote stands.

    Returns:
        None where there is nothing to score: the library does not answer the question and the
        target has no correction either, the target names no gold, or the system did not search.
    """
    target = sample.target
    golds = target.articles if by == "article" else target.quotes
    searched = bool(answer.hits) or "retrieve" in answer.usage.seconds
    if not golds or not searched or (target.refuse and not target.answers):
        return None
    hits = sorted(answer.hits, key=lambda hit: hit.rank)
    if by == "article":
        articles = list({hit.article.id: hit.article for hit in hits}.values())
        return tuple(
            _first([is_named(article, key) for article in articles]) for key in target.articles
        )
    named = [any(is_named(hit.article, key) for key in target.articles) for hit in hits]
    return tuple(
        _first([right and _shows(hit, quote) for hit, right in zip(hits, named, strict=True)])
        for quote in target.quotes
    )


def best_rank(ranks: tuple[int | None, ...]) -> int | None:
    """The rank of the first gold; None where no gold was found."""
    return min((rank for rank in ranks if rank is not None), default=None)


def ndcg(ranks: Sequence[int | None], k: int) -> float:
    """The gain of the golds among the first k, in [0, 1]; `evals.metrics.ndcg_at` has the formula.

    Args:
        ranks: of each gold, from 1; None for one that is not there. At least one gold.
    """
    found = {rank for rank in ranks if rank is not None}
    whole = len(found) + sum(rank is None for rank in ranks)
    return _gain(rank for rank in found if rank <= k) / _gain(range(1, min(k, whole) + 1))


def hits_listed(answer: Answer, by: By) -> int:
    """How many ranks the hits take up: passages, or articles, of which each counts once."""
    return len(answer.hits if by == "passage" else {hit.article.id for hit in answer.hits})


def listed(ranks: tuple[int | None, ...]) -> str:
    """The ranks in words, for the person who reads the failures."""
    return "gold at " + ", ".join("none" if rank is None else f"rank {rank}" for rank in ranks)


NOTHING_TO_FIND = "no gold is named, or nothing was searched"


def shown(answer: Answer) -> str:
    """The titles of the hits, best first."""
    return " | ".join(hit.article.title for hit in sorted(answer.hits, key=lambda hit: hit.rank))


def _first(found: list[bool]) -> int | None:
    return found.index(True) + 1 if True in found else None


def _shows(hit: Hit, quote: str) -> bool:
    span = (hit.passage.start, hit.passage.end)
    return any(overlap(hit.article, span, place) for place in places_of(hit.article, quote))


def _gain(ranks: Iterable[int]) -> float:
    # Sorted, so that the same ranks add up to the same bits.
    return sum(1 / log2(1 + rank) for rank in sorted(ranks))

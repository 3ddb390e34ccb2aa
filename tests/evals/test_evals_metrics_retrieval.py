"""Metrics of retrieval: gold articles and gold passages among the hits. By hand."""

from __future__ import annotations

from dataclasses import replace
from math import log2

import pytest

from corpus.article import Article, Passage
from evals.fakes import make_answer, make_article, make_refusal
from evals.metrics.base import Metric
from evals.metrics.hit_at import HitAt
from evals.metrics.ndcg_at import NdcgAt
from evals.metrics.ranks import By, gold_ranks
from evals.metrics.recall_at import RecallAt
from evals.metrics.reciprocal_rank import ReciprocalRank
from evals.sample import Kind, Sample, Target
from rag.answer import Answer, Usage
from rag.finding.hit import Hit, Why

FIRST, SECOND = "Some 130 were left in March.", "In September 97 remain."
COUNTS = make_article(f"{FIRST} {SECOND}", "Counts")
COPY = make_article(f"{FIRST} {SECOND}", "Copy")
NAMES = make_article("None of them are named. The list is kept.", "Names")


def searched(*found: tuple[Article, str]) -> Answer:
    """An answer whose hits are passages with exactly these words, best first."""
    hits = []
    for rank, (article, words) in enumerate(found, 1):
        start = article.text.index(words)
        passage = Passage(f"{article.id}:{start}", article.id, 0, start, start + len(words))
        hits.append(Hit(passage, article, 1 / rank, rank, Why(None, None)))
    return replace(make_answer("Words.", [("named", NAMES)]), hits=tuple(hits))


def gold(*quotes: str, articles: tuple[str, ...] = ("Counts",), kind: Kind = "fact") -> Sample:
    return Sample("s", "q", kind, Target(answers=("a",), articles=articles, quotes=quotes))


MIXED = searched((NAMES, NAMES.text), (COUNTS, SECOND), (COUNTS, FIRST), (COPY, FIRST))


def value(metric: Metric, sample: Sample, answer: Answer = MIXED) -> float | None:
    return metric(sample, answer).value


@pytest.mark.parametrize(
    ("sample", "by", "expected"),
    [
        (gold("97 remain"), "article", (2,)),
        (gold("97 remain"), "passage", (2,)),
        # 130 stands in the second passage of its article; the copy is not named.
        (gold("130 were left"), "passage", (3,)),
        (gold("130 were left", "97 remain"), "passage", (3, 2)),
        # Names, Counts, Copy: the second passage of Counts takes no rank among articles.
        (gold("x", articles=("Copy", "Counts")), "article", (3, 2)),
        (gold("x", articles=("Counts.md", "Nowhere")), "article", (2, None)),
        (gold("no such words"), "passage", (None,)),
        (gold("130 were left", articles=("Nowhere",)), "passage", (None,)),
        # a quote over two passages is shown by the better of the two
        (gold("in March. In September"), "passage", (2,)),
    ],
)
def test_the_rank_of_each_gold(sample: Sample, by: By, expected: tuple[int | None, ...]) -> None:
    assert gold_ranks(sample, MIXED, by) == expected


def test_white_space_alone_shows_no_gold() -> None:
    assert gold_ranks(gold("March. "), searched((COUNTS, " " + SECOND)), "passage") == (None,)


def test_a_gold_quote_that_stands_twice_counts_at_its_better_place() -> None:
    twice = make_article("97 remain. And later: 97 remain.", "Counts")

    assert gold_ranks(gold("97 remain"), searched((twice, "later: 97")), "passage") == (1,)


def test_hit_at_k() -> None:
    assert value(HitAt(1, "article"), gold("97 remain")) == 0.0
    assert value(HitAt(3, "article"), gold("97 remain")) == 1.0
    assert value(HitAt(3, "passage"), gold("130 were left")) == 1.0
    assert value(HitAt(2, "passage"), gold("130 were left")) == 0.0
    assert value(HitAt(8, "passage"), gold("no such words")) == 0.0
    assert HitAt(1, "passage").name == "passage_hit@1"


def test_recall_at_k_is_the_share_of_the_golds() -> None:
    both = gold("130 were left", "97 remain", "no such words")

    assert value(RecallAt(2, "passage"), both) == pytest.approx(1 / 3)
    assert value(RecallAt(3, "passage"), both) == pytest.approx(2 / 3)
    assert value(RecallAt(2, "article"), gold("x", articles=("Counts", "Copy"))) == 0.5
    assert value(RecallAt(3, "article"), gold("x", articles=("Counts", "Copy"))) == 1.0


def test_reciprocal_rank_of_the_first_gold() -> None:
    assert value(ReciprocalRank("passage"), gold("130 were left")) == pytest.approx(1 / 3)
    assert value(ReciprocalRank("passage"), gold("130 were left", "97 remain")) == 0.5
    assert value(ReciprocalRank("article"), gold("x", articles=("Nowhere",))) == 0.0


def test_ndcg_at_k() -> None:
    # ranks 3 and 2: DCG = 1/log2(4) + 1/log2(3) = 0.5 + 0.6309; ideal = 1 + 0.6309
    both = gold("130 were left", "97 remain")
    assert value(NdcgAt(8, "passage"), both) == pytest.approx(
        (0.5 + 1 / log2(3)) / (1 + 1 / log2(3))
    )
    # cut at 2, rank 3 gains nothing, and two places are still ideal
    assert value(NdcgAt(2, "passage"), both) == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))
    # one of two golds is found, at rank 2
    assert value(NdcgAt(8, "article"), gold("x", articles=("Counts", "No"))) == pytest.approx(
        (1 / log2(3)) / (1 + 1 / log2(3))
    )
    assert value(NdcgAt(8, "article"), gold("x", articles=("Names",))) == 1.0
    assert value(NdcgAt(8, "article"), gold("x", articles=("Nowhere",))) == 0.0


def test_two_quotes_in_one_passage_are_one_thing_to_find() -> None:
    both = gold("130 were left", "97 remain")

    assert value(NdcgAt(8, "passage"), both, searched((COUNTS, COUNTS.text))) == 1.0
    # at rank 2 it is 1/log2(3), not more for holding two
    later = searched((NAMES, NAMES.text), (COUNTS, COUNTS.text))
    assert value(NdcgAt(8, "passage"), both, later) == pytest.approx(1 / log2(3))


def test_ndcg_that_is_held_against_published_figures_needs_a_whole_list() -> None:
    assert value(NdcgAt(10, "article", least=10), gold("x")) is None
    assert value(NdcgAt(4, "passage", least=4), gold("97 remain")) == pytest.approx(1 / log2(3))
    # four passages of three articles are a list of three articles
    assert value(NdcgAt(4, "article", least=4), gold("x")) is None
    assert value(NdcgAt(4, "article", least=3), gold("x")) == pytest.approx(1 / log2(3))


EVERY = [
    HitAt(8, "passage"),
    RecallAt(8, "passage"),
    ReciprocalRank("passage"),
    NdcgAt(8, "passage"),
]


@pytest.mark.parametrize("metric", EVERY)
def test_what_cannot_be_scored_is_unscored(metric: Metric) -> None:
    refuse = Sample("s", "q", "unanswerable", Target((), (), ("Counts",), ("97",), refuse=True))
    correct = Sample(
        "s", "q", "false_premise", Target(("97",), (), ("Counts",), ("97 remain",), refuse=True)
    )

    assert value(metric, gold()) is None  # the target names no gold
    assert value(metric, refuse) is None  # nothing answers it
    assert value(metric, correct) is not None  # the correction can be found
    assert value(metric, gold("97 remain"), make_refusal()) is None  # no search


@pytest.mark.parametrize("metric", EVERY)
def test_a_search_that_finds_nothing_scores_nothing(metric: Metric) -> None:
    empty = replace(make_refusal(), usage=Usage(seconds={"embed": 0.1, "retrieve": 0.1}))

    assert value(metric, gold("97 remain"), empty) == 0.0


def test_hits_are_read_by_rank_whatever_their_order() -> None:
    shuffled = replace(MIXED, hits=tuple(reversed(MIXED.hits)))

    assert gold_ranks(gold("97 remain"), shuffled, "passage") == (2,)

"""Two indexes, one order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.finding.retrieve import RetrieveOptions, fuse, fuse_ranks, retrieve
from rag.newsroom import Newsroom
from rag.question.query import read_question
from tests.rag.desks import HARBOUR_QUESTION, make_newsroom


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with make_newsroom(tmp_path_factory.mktemp("retrieve")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("dense", "lexical", "weight", "fused"),
    [
        ({}, {}, 0.5, {}),
        # Each index is scaled to [0, 1] over its own candidates.
        ({"a": 0.9, "b": 0.5, "c": 0.1}, {}, 1.0, {"a": 1.0, "b": 0.5, "c": 0.0}),
        ({}, {"a": 30.0, "b": 10.0}, 0.5, {"a": 0.5, "b": 0.0}),
        # What one index did not propose gets nothing from it.
        ({"a": 0.9, "b": 0.1}, {"c": 8.0, "b": 4.0}, 0.5, {"a": 0.5, "b": 0.0, "c": 0.5}),
        ({"a": 0.9, "b": 0.1}, {"b": 8.0, "a": 4.0}, 0.75, {"a": 0.75, "b": 0.25}),
        # A single candidate, or equal ones, are all the best there is.
        ({"a": 0.2}, {"a": 3.0}, 0.5, {"a": 1.0}),
        ({"a": 0.2, "b": 0.2}, {}, 0.5, {"a": 0.5, "b": 0.5}),
        ({"a": -0.5, "b": -0.1}, {}, 1.0, {"a": 0.0, "b": 1.0}),
    ],
)
def test_the_fused_score(
    dense: dict[str, float], lexical: dict[str, float], weight: float, fused: dict[str, float]
) -> None:
    assert fuse(dense, lexical, weight) == pytest.approx(fused)


SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(-1, 50))


@given(SCORES, SCORES, st.floats(0, 1))
def test_a_fused_score_lies_between_nothing_and_one(
    dense: dict[str, float], lexical: dict[str, float], weight: float
) -> None:
    fused = fuse(dense, lexical, weight)
    assert fused.keys() == dense.keys() | lexical.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())


def test_hits_come_best_first_with_ranks_and_reasons(newsroom: Newsroom) -> None:
    query = read_question(HARBOUR_QUESTION)
    vector = newsroom.embedder.embed([query.text])[0]
    hits = retrieve(newsroom.library, query, vector, RetrieveOptions())
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    best = hits[0]
    assert best.article.title == "Council approves the harbour plan"
    assert "12.5 million" in best.text
    assert best.text == best.article.text[best.passage.start : best.passage.end]
    assert best.why.dense is not None
    assert best.why.lexical is not None
    assert best.why.lexical > 0


@pytest.mark.parametrize("k", [1, 2])
def test_so_many_hits_and_no_more(newsroom: Newsroom, k: int) -> None:
    query = read_question(HARBOUR_QUESTION)
    vector = newsroom.embedder.embed([query.text])[0]
    assert len(retrieve(newsroom.library, query, vector, RetrieveOptions(hits=k))) == k
    assert len(retrieve(newsroom.library, query, vector, RetrieveOptions(), k)) == k


def test_reciprocal_ranks_count_the_place_in_each_index_and_not_the_score() -> None:
    fused = fuse_ranks({"a": 0.9, "b": 0.1}, {"b": 30.0, "c": 1.0})
    assert fused == pytest.approx({"a": 0.5, "b": 61 / 62 / 2 + 0.5, "c": 61 / 62 / 2})
    assert fuse_ranks({}, {}) == {}
    assert fuse_ranks({"a": -1.0}, {"a": 0.0}) == {"a": 1.0}


COPIES = {
    "agency.md": """---
title: Ferry runs aground
outlet: Nordane Press
published: 2024-05-02
---
The ferry Alma ran aground off Skerrin on Thursday with 60 people on board. Nobody was hurt, the
harbour master said, and a tug was on its way from the mainland to pull her free at high water.
""",
    "copy.md": """---
title: Ferry aground off Skerrin
outlet: Skerrin Gazette
published: 2024-05-02
---
The ferry Alma ran aground off Skerrin on Thursday with 60 people on board. Nobody was hurt, the
harbour master said, and a tug was on its way from the mainland to pull her free at high water.
""",
    "later.md": """---
title: Ferry Alma afloat again
outlet: Belmont Herald
published: 2024-06-07
---
The ferry Alma was pulled free. Her captain said that 60 people had waited on board for a day.
""",
}
FERRY = "How many people were on board the ferry Alma?"


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with make_newsroom(tmp_path_factory.mktemp("copies"), files=COPIES) as opened:
        yield opened


def found(newsroom: Newsroom, question: str, options: RetrieveOptions) -> list[str]:
    query = read_question(question)
    vector = newsroom.embedder.embed([query.text])[0]
    hits = retrieve(newsroom.library, query, vector, options)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.passage.id for hit in hits}) == len(hits)
    return [hit.article.outlet_name for hit in hits]


def test_copies_of_one_report_take_one_place_and_leave_room_for_another(copies: Newsroom) -> None:
    every = found(copies, FERRY, RetrieveOptions(one_copy=False))
    one = found(copies, FERRY, RetrieveOptions())
    assert len(every) == 3
    assert len(one) == 2
    assert one == [outlet for outlet in every if outlet in one]
    assert "Belmont Herald" in found(copies, FERRY, RetrieveOptions(hits=2))


def test_an_article_of_the_days_that_are_asked_about_comes_sooner(copies: Newsroom) -> None:
    question = "What of the ferry Alma and the people on board in June 2024?"
    assert found(copies, question, RetrieveOptions(in_period=1.0))[0] == "Belmont Herald"
    assert set(found(copies, question, RetrieveOptions(in_period=0.0))) == set(
        found(copies, question, RetrieveOptions(in_period=1.0))
    )


def test_the_passages_around_the_best_are_read_too_each_once(tmp_path: Path) -> None:
    sentences = [
        f"Witness {at} spoke of the {at}th crate on the quay at Ostrow." for at in range(60)
    ]
    page = f"---\ntitle: Crates\noutlet: A\npublished: 2024-05-02\n---\n{' '.join(sentences)}\n"
    with make_newsroom(tmp_path, files={"crates.md": page}) as newsroom:
        (article,) = newsroom.library.articles()
        ordinals = {one.id: one.ordinal for one in newsroom.library.passages(article.id)}
        assert len(ordinals) > 3
        query = read_question("Who spoke of the 30th crate?")
        vector = newsroom.embedder.embed([query.text])[0]
        options = RetrieveOptions(hits=1)
        (best,) = retrieve(newsroom.library, query, vector, options)
        around = retrieve(newsroom.library, query, vector, replace(options, neighbours=1))
    assert around[0].passage == best.passage
    assert {ordinals[hit.passage.id] - best.passage.ordinal for hit in around} <= {-1, 0, 1}
    assert len(around) in (2, 3)
    assert all(hit.score <= best.score for hit in around)

"""Two indexes, one order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.finding.retrieve import RetrieveOptions, fuse, retrieve
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

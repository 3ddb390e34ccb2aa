"""The gate: Dateline with its real models is no worse than when the floors were recorded.

And the gate shuts: with a part broken on purpose the same assertion fails.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from embeddings.embedders.embedder import Vectors
from evals import assert_no_drop
from rag.answer import Answer
from rag.finding.hit import Hit
from rag.finding.retrieve import RetrieveOptions, retrieve
from rag.newsroom import Newsroom
from rag.question.query import Query
from tests.evals.record_floors import FLOORS, HELD, measure

pytestmark = pytest.mark.model


def test_dateline_is_no_worse_than_recorded(sample_newsroom: Newsroom) -> None:
    assert_no_drop(measure(sample_newsroom, sample_newsroom), FLOORS, *HELD)


def test_the_gate_shuts_when_retrieval_breaks(sample_newsroom: Newsroom) -> None:
    def worst(query: Query, vector: Vectors) -> tuple[Hit, ...]:
        """The hits from the far end of the list."""
        far = retrieve(sample_newsroom.library, query, vector, RetrieveOptions(), 40)[-3:]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(far, start=1))

    report = measure(sample_newsroom, sample_newsroom.variant(finder=worst))
    with pytest.raises(AssertionError, match=r"gold_quote: 0\.\d+, was 0\.\d+"):
        assert_no_drop(report, FLOORS, *HELD)


class _Misquoting:
    """Dateline, with the quotes of some answers cut a word short."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        answer = self._newsroom.ask(question, as_of=as_of)
        if len(question) % 3 or not answer.citations:
            return answer
        cut = tuple(replace(one, start=one.start + 7, end=one.end + 7) for one in answer.citations)
        return replace(answer, citations=cut)


def test_the_gate_shuts_when_a_few_quotes_are_off(sample_newsroom: Newsroom) -> None:
    report = measure(sample_newsroom, _Misquoting(sample_newsroom))
    with pytest.raises(AssertionError, match="quote_fidelity"):
        assert_no_drop(report, FLOORS, "quote_fidelity")

"""The gate: Dateline with its real models is no worse than when the floors were recorded.

And the gate shuts: with a part broken on purpose the same assertion fails.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from embeddings.embedders.embedder import Vectors
from embeddings.embedders.models import DEFAULT_GENERATOR
from evals import System, assert_no_drop, load_suite
from rag.adapters.which import AUTO, NONE
from rag.answer import Answer
from rag.finding.hit import Hit
from rag.finding.retrieve import RetrieveOptions, retrieve
from rag.newsroom import Newsroom
from rag.question.query import Query
from rag.writing.answerers import answerer_name
from tests.evals.record_floors import FLOORS, HELD, measure

pytestmark = pytest.mark.model


class _Remembering:
    """Dateline, asked each question once."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._answers: dict[tuple[str, date | None], Answer] = {}

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        asked = (question, as_of)
        if asked not in self._answers:
            self._answers[asked] = self._newsroom.ask(question, as_of=as_of)
        return self._answers[asked]


@pytest.fixture(scope="module")
def dateline(sample_newsroom: Newsroom) -> System:
    return _Remembering(sample_newsroom)


def test_what_is_measured_is_what_ships(dateline: System) -> None:
    ships = answerer_name(AUTO, DEFAULT_GENERATOR)
    assert ships != NONE
    (first, *_) = load_suite("sample").samples
    assert dateline.ask(first.question, as_of=first.as_of).fingerprint["answerer"] == ships


def test_dateline_is_no_worse_than_recorded(sample_newsroom: Newsroom, dateline: System) -> None:
    assert_no_drop(measure(sample_newsroom, dateline), FLOORS, *HELD)


def test_the_gate_shuts_when_retrieval_breaks(sample_newsroom: Newsroom) -> None:
    def worst(query: Query, vector: Vectors) -> tuple[Hit, ...]:
        """The hits from the far end of the list."""
        far = retrieve(sample_newsroom.library, query, vector, RetrieveOptions(), 40)[-3:]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(far, start=1))

    report = measure(sample_newsroom, sample_newsroom.variant(finder=worst))
    with pytest.raises(AssertionError, match=r"gold_quote: 0\.\d+, was 0\.\d+"):
        assert_no_drop(report, FLOORS, *HELD)


class _Misquoting:
    """A system, with the quotes of some answers cut a word short."""

    def __init__(self, system: System) -> None:
        self._system = system

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        answer = self._system.ask(question, as_of=as_of)
        if len(question) % 3 or not answer.citations:
            return answer
        cut = tuple(replace(one, start=one.start + 7, end=one.end + 7) for one in answer.citations)
        return replace(answer, citations=cut)


def test_the_gate_shuts_when_a_few_quotes_are_off(
    sample_newsroom: Newsroom, dateline: System
) -> None:
    report = measure(sample_newsroom, _Misquoting(dateline))
    with pytest.raises(AssertionError, match="quote_fidelity"):
        assert_no_drop(report, FLOORS, "quote_fidelity")

"""When there is no answer, and what the reader is told instead."""

from __future__ import annotations

from datetime import date

import pytest

from embeddings.store.window import DateWindow
from rag.question.query import Query
from rag.refuse import RefuseOptions, missing_from, refusal_before_search, refusal_of
from tests.rag.desks import make_evidence, make_hit

TEXT = "Mayor Ellen Reyes said that the harbour work would cost 12.5 million pounds."
HIT = make_hit(TEXT)
ANY_TIME = DateWindow()
OPTIONS = RefuseOptions(least_answerable=0.3, least_answerable_missing=0.7)


def ask(question: str, window: DateWindow = ANY_TIME) -> Query:
    return Query(question, window)


def test_an_empty_library_is_said_before_the_search() -> None:
    refusal = refusal_before_search(0)
    assert refusal is not None
    assert (refusal.kind, refusal.message) == ("no_evidence", "The library holds no articles yet.")
    assert refusal_before_search(1) is None


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (DateWindow(date(2024, 1, 1), date(2024, 3, 31)), "from 2024-01-01 to 2024-03-31"),
        (DateWindow(date(2024, 1, 1), None), "since 2024-01-01"),
        (DateWindow(None, date(2024, 3, 31)), "up to 2024-03-31"),
    ],
)
def test_nothing_within_the_days_is_said_with_the_days(window: DateWindow, words: str) -> None:
    refusal = refusal_of(ask("What would it cost?", window), (), (), OPTIONS)
    assert refusal is not None
    assert refusal.kind == "outside_dates"
    assert words in refusal.message
    assert "without a date are left out" in refusal.message


def test_nothing_at_all_is_no_evidence() -> None:
    refusal = refusal_of(ask("What would it cost?"), (), (), OPTIONS)
    assert refusal is not None
    assert refusal.kind == "no_evidence"


def test_what_is_missing_is_named() -> None:
    question = "Did Tomas Okafor promise 14 boats in April?"
    refusal = refusal_of(ask(question), [HIT], make_evidence(TEXT, 0.5), OPTIONS)
    assert refusal is not None
    assert refusal.kind == "off_corpus"
    for word in ("“Tomas”", "“Okafor”", "“14”", "“April”"):
        assert word in refusal.message
    assert "Did" not in refusal.message


def test_good_evidence_outweighs_a_missing_word() -> None:
    question = "Did Tomas Okafor say what it would cost?"
    assert refusal_of(ask(question), [HIT], make_evidence(TEXT, 0.9), OPTIONS) is None


def test_thin_evidence_is_refused_even_when_nothing_is_missing() -> None:
    question = "What would the work cost?"
    refusal = refusal_of(ask(question), [HIT], make_evidence(TEXT, 0.2), OPTIONS)
    assert refusal is not None
    assert refusal.kind == "no_evidence"
    assert refusal_of(ask(question), [HIT], make_evidence(TEXT, 0.4), OPTIONS) is None


def test_an_undated_article_may_be_of_the_days_that_are_asked_for() -> None:
    question = "What would the work cost in April 2022?"
    undated = make_evidence(TEXT, 0.5, published=None)
    assert refusal_of(ask(question), [undated[0].hit], undated, OPTIONS) is None
    dated = make_evidence(TEXT, 0.5)
    refusal = refusal_of(ask(question), [dated[0].hit], dated, OPTIONS)
    assert refusal is not None
    assert refusal.kind == "off_corpus"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did Mayor Ellen Reyes say?", []),
        ("What did Tomas Okafor say?", ["Tomas", "Okafor"]),
        ("What did Okafor’s “Okafor” say?", ["Okafor"]),
        ("Who won the 2022 World Cup?", ["2022", "World", "Cup"]),
        # Title, outlet and date of the article count as mentioned.
        ("What did the Ashford Courier write on Tuesday, 5 March 2024?", []),
        ("Did it cost £12,500,000?", []),
        ("Did it cost 13 pounds?", ["13"]),
        ("Did it cost 41,252 pounds?", ["41,252"]),
        ("Did Reyes say so? Would Reyes? Has Ellen?", []),
        ("What happened in October?", ["October"]),
        ("what happened?", []),
    ],
)
def test_what_no_hit_mentions_is_told_in_the_questions_own_words(
    question: str, missing: list[str]
) -> None:
    assert missing_from(question, [HIT]) == missing


def test_the_days_that_are_asked_about_need_not_be_mentioned_by_an_article_of_them() -> None:
    asked = ask("What did the harbour work cost from 3 March to May 2024?")
    assert refusal_of(asked, [HIT], make_evidence(TEXT, 0.5), OPTIONS) is None
    late = ask("What did the harbour work cost from 3 June to July 2024?")
    refusal = refusal_of(late, [HIT], make_evidence(TEXT, 0.5), OPTIONS)
    assert refusal is not None
    assert refusal.missing == ("June", "July")

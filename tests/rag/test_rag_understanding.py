"""What a question asks for, on questions that were labelled before they were run."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.store.window import DateWindow
from rag.question.followup import made_whole
from rag.question.query import LONGEST_QUESTION
from rag.question.understanding import understand
from tests.rag.labelled_questions import LABELLED, TODAY, Labelled

FIELDS = ("kind", "speaker", "period", "after", "before", "latest", "parts", "claim")

_WORDS = (
    "What When Who How many did does Has Hamas the UN said say that before after truce ended in "
    "March 2024 and or , ? compare than from to last week said by according it he there why "
    "rejected deal people killed Gaza 's between 5 12 June was not any"
)
_LIKE_QUESTIONS = st.lists(st.sampled_from(sorted(set(_WORDS.split(" ")))), max_size=25).map(
    " ".join
)


def test_there_are_enough_questions_of_every_kind() -> None:
    assert len(LABELLED) >= 120
    assert len({label.question for label in LABELLED}) == len(LABELLED)
    kinds = [label.kind for label in LABELLED]
    assert all(kinds.count(kind) >= 7 for kind in set(kinds))
    assert len(set(kinds)) == 10


@pytest.mark.parametrize("label", LABELLED, ids=lambda label: label.question)
def test_a_question_is_understood(label: Labelled) -> None:
    understood = understand(label.question, today=TODAY)
    assert {name: getattr(understood, name) for name in FIELDS} == {
        name: getattr(label, name) for name in FIELDS
    }


@given(st.one_of(st.text(max_size=200), _LIKE_QUESTIONS), st.sampled_from([None, TODAY]))
def test_no_question_breaks_it(question: str, today: date | None) -> None:
    understood = understand(question, today=today)
    if any(character.isalnum() for character in question):
        assert understood.about or not question.strip()
    assert all(part.endswith("?") for part in understood.parts)
    period = understood.period
    if period is not None and period.since and period.until:
        assert period.since <= period.until
    for name in understood.names:
        assert name in question or all(word in question for word in name.split())


@given(_LIKE_QUESTIONS, _LIKE_QUESTIONS, _LIKE_QUESTIONS)
def test_no_follow_up_breaks_it(question: str, before: str, said: str) -> None:
    whole = made_whole(question, [before], [said], TODAY)
    assert bool(whole.strip(" ,?'")) or not question.strip(" ,?'")


@pytest.mark.parametrize(
    "piece",
    ["a ", "the ", "and ", "What did the ", "Hamas said ", "in March 2024 and ", ", ", "1 "],
)
def test_the_longest_question_is_read_in_no_time(piece: str) -> None:
    question = (piece * LONGEST_QUESTION)[:LONGEST_QUESTION]
    began = time.process_time()
    understand(question, today=TODAY)
    made_whole(question, [question], [question], TODAY)
    assert time.process_time() - began < 2.0


def test_days_that_cannot_both_be_are_no_period() -> None:
    assert understand("What happened before 2000 and from 2000 on?").period is None


def test_a_noun_that_could_be_a_verb_is_left_to_the_subject() -> None:
    assert understand("When did the dockers' strike end?").claim == "the dockers' strike ended"
    assert understand("When did the army strike bases?").claim == "the army struck bases"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How did the toll change from 8 March to May 2024?", date(2024, 3, 8)),
        ("How did the toll change from March to May 2024?", date(2024, 3, 1)),
    ],
)
def test_a_day_before_a_month_without_its_year_keeps_its_day(question: str, first: date) -> None:
    period = understand(question, today=date(2024, 6, 1)).period
    assert period == DateWindow(first, date(2024, 5, 31))

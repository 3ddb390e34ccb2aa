"""A question is checked before any model sees it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

import pytest

from corpus.errors import BadDate, EmptyQuestion, QuestionTooLong
from embeddings.store.window import DateWindow
from rag.question.query import LONGEST_QUESTION, read_question

QUESTION = "Who spoke to reporters?"
EARLY, LATE = date(2024, 1, 1), date(2024, 3, 31)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (QUESTION, QUESTION),
        ("  Who \n\t spoke   to reporters?\r\n", QUESTION),
        ("7", "7"),
        ("谁?", "谁?"),
        ("Who \ud800 spoke?", "Who ? spoke?"),
    ],
)
def test_a_question_is_trimmed_to_one_line_that_can_be_encoded(question: str, text: str) -> None:
    assert read_question(question).text == text


@pytest.mark.parametrize("question", ["", " \n\t", "?!…", "“”", "\0", "\u200b"])
def test_a_question_without_a_word_is_none(question: str) -> None:
    with pytest.raises(EmptyQuestion, match="empty") as caught:
        read_question(question)
    assert caught.value.bad_usage
    assert caught.value.next_step


def test_the_longest_question_is_read_and_one_longer_is_not() -> None:
    assert read_question("w" * LONGEST_QUESTION).text == "w" * LONGEST_QUESTION
    with pytest.raises(QuestionTooLong, match=r"2,001 characters and the limit is 2,000") as caught:
        read_question("w" * (LONGEST_QUESTION + 1))
    assert caught.value.bad_usage


def test_a_huge_question_is_turned_away_at_once_and_not_repeated() -> None:
    question = "why " * 250_000
    began = time.process_time()
    with pytest.raises(QuestionTooLong) as caught:
        read_question(question)
    assert time.process_time() - began < 0.1
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("days", "window"),
    [
        ({}, DateWindow()),
        ({"as_of": "2024-03-31"}, DateWindow(None, LATE)),
        ({"as_of": LATE}, DateWindow(None, LATE)),
        ({"as_of": datetime(2024, 3, 31, 18, 30, tzinfo=UTC)}, DateWindow(None, LATE)),
        ({"since": "2024-01-01"}, DateWindow(EARLY, None)),
        ({"since": EARLY, "until": LATE}, DateWindow(EARLY, LATE)),
        ({"until": "2024-03-31", "as_of": "2024-01-01"}, DateWindow(None, EARLY)),
        ({"until": "2024-01-01", "as_of": "2024-03-31"}, DateWindow(None, EARLY)),
        ({"since": LATE, "until": LATE}, DateWindow(LATE, LATE)),
    ],
)
def test_the_window_ends_at_the_earlier_of_until_and_as_of(
    days: dict[str, Any], window: DateWindow
) -> None:
    assert read_question(QUESTION, **days).window == window


@pytest.mark.parametrize("name", ["as_of", "since", "until"])
@pytest.mark.parametrize("day", ["soon", "31.03.2024", "2024-3-31", "2024-02-30", "", "2024"])
def test_a_day_that_is_no_day_is_told(name: str, day: str) -> None:
    with pytest.raises(BadDate, match="is not a date") as caught:
        read_question(QUESTION, **{name: day})
    assert caught.value.bad_usage
    assert "YYYY-MM-DD" in caught.value.next_step


@pytest.mark.parametrize("end", ["until", "as_of"])
def test_a_first_day_after_the_last_is_told(end: str) -> None:
    with pytest.raises(BadDate, match="2024-03-31, lies after the last, 2024-01-01"):
        read_question(QUESTION, since="2024-03-31", **{end: "2024-01-01"})

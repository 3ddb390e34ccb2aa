"""What kind of words would answer a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.expected import Kind, expected, is_of_kind, starts_of_kind

TEXT = "On Tuesday Mayor Ellen Reyes said that at least 14 beams cost about 12.5 million."


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many came?", "figure"),
        ("How much did it cost?", "figure"),
        ("What share of them came?", "figure"),
        ("When did it begin?", "day"),
        ("On what date did it begin?", "day"),
        ("Which month was it?", "day"),
        ("Who said so?", "name"),
        ("Whose plan was it?", "name"),
        ("What did she say?", None),
        ("Why did it begin?", None),
        ("", None),
    ],
)
def test_the_question_tells_what_kind_of_words_answer_it(question: str, kind: str | None) -> None:
    assert expected(question) == kind


@pytest.mark.parametrize(
    ("text", "kind", "holds"),
    [
        ("14 beams", "figure", True),
        ("twelve", "figure", True),
        ("many", "figure", False),
        ("Tuesday", "day", True),
        ("2024", "day", True),
        ("soon", "day", False),
        ("Ellen Reyes", "name", True),
        ("the mayor", "name", False),
        ("anything", None, True),
    ],
)
def test_a_text_holds_words_of_a_kind_or_not(text: str, kind: Kind | None, holds: bool) -> None:
    assert is_of_kind(text, kind) is holds


def test_the_questions_own_name_answers_nobody() -> None:
    assert not is_of_kind("Reyes", "name", "Who is Reyes?")
    assert is_of_kind("Reyes", "name", "Who is the mayor?")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("figure", ["at least 14", "14 beams", "about 12.5", "12.5"]),
        ("day", ["Tuesday"]),
    ],
)
def test_a_short_answer_begins_where_its_kind_does(kind: Kind, words: list[str]) -> None:
    starts = starts_of_kind(TEXT, kind)
    assert list(starts) == sorted(starts)
    assert set(starts) >= {TEXT.index(word) for word in words}


@given(st.text(max_size=80), st.sampled_from(["figure", "day"]))
def test_every_start_is_a_place_in_the_text(text: str, kind: Kind) -> None:
    for start in starts_of_kind(text, kind):
        assert 0 <= start < len(text)
        assert not text[start].isspace()

"""The short answer: words that stand in the quote, or none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.short import MOST_WORDS, short_answer

QUOTE = "Mayor Ellen Reyes said on Tuesday that the work would cost 12.5 million pounds."


@pytest.mark.parametrize(
    ("question", "draft", "short"),
    [
        ("What would the work cost?", "12.5 million pounds", "12.5 million pounds"),
        ("What would the work cost?", " “12.5 million pounds”. ", "12.5 million pounds"),
        ("What would the work cost?", "12.5 MILLION\n Pounds", "12.5 million pounds"),
        ("How much would the work cost?", "12.5 million pounds", "12.5 million pounds"),
        # Where no figure and no day is asked for, the quote alone is the answer.
        ("Who said so?", "mayor ellen reyes", None),
        ("What did she say?", "the work would cost", None),
        ("When did she say so?", "Tuesday", "Tuesday"),
        # Not in the quote, or not as whole words.
        ("What would the work cost?", "13 million pounds", None),
        ("What would the work cost?", "2.5 million pounds", None),
        ("What would the work cost?", "illion pounds", None),
        ("What would the work cost?", "The answer is 12.5 million pounds", None),
        # Half a figure is another figure.
        ("How much would the work cost?", "5 million pounds", None),
        ("How much would the work cost?", "12.5", None),
        ("How much would the work cost?", "12", None),
        # Not an answer.
        ("What would the work cost?", "the work would cost", None),
        ("What would the work cost?", "", None),
        ("What would the work cost?", " .,;“” ", None),
        ("What would the work cost?", QUOTE, None),
        # Not of the kind that is asked for.
        ("How much would it cost?", "Mayor Ellen Reyes", None),
        ("When was that said?", "Mayor Ellen Reyes", None),
        ("Who said so?", "12.5 million pounds", None),
        # Patterns are words like any other.
        ("What would the work cost?", ".*", None),
        ("What would the work cost?", "12.5 (million|pounds", None),
    ],
)
def test_the_short_answer_stands_in_the_quote(question: str, draft: str, short: str | None) -> None:
    assert short_answer(question, draft, QUOTE) == short


def test_a_long_answer_is_none() -> None:
    words = "12 " + " ".join(f"words{chr(97 + n)}" for n in range(25))
    most = " ".join(words.split()[:MOST_WORDS])
    assert short_answer("How many?", most, words) == most
    assert short_answer("How many?", " ".join(words.split()[: MOST_WORDS + 1]), words) is None


@given(
    st.sampled_from(["What would it cost?", "How much?", "Who said so?", "When was it?"]),
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(QUOTE.split()), max_size=15).map(" ".join),
    ),
)
def test_whatever_comes_back_stands_there_verbatim(question: str, draft: str) -> None:
    short = short_answer(question, draft, QUOTE)
    if short is not None:
        assert short in QUOTE
        assert re.search(r"\w", short)
        assert len(short.split()) <= MOST_WORDS


def test_a_figure_without_its_unit_is_no_short_answer() -> None:
    quote = (
        "The ship, which is 84 metres long and had 140 seats, belongs to Ada Linde, 58, of Tarn."
    )
    assert short_answer("How old is Ada Linde?", "140", quote) is None
    assert short_answer("How old is Ada Linde?", "84 metres", quote) is None

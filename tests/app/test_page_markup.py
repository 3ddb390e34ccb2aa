from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.markup import count, plain, shortened, time_tag
from tests.app.newsrooms import ARTICLES


@given(st.text())
def test_plain_text_can_open_no_tag_and_close_no_attribute(text: str) -> None:
    safe = plain(text)
    assert not set(safe) & set("<>\"'")


@given(st.text())
def test_plain_text_keeps_to_one_line(text: str) -> None:
    # A blank line would end the block of HTML, and Markdown would read what follows.
    assert len(plain(text).splitlines()) <= 1


@given(st.text(st.characters(categories=["L", "N", "P"])))
def test_plain_words_read_as_they_were_written(text: str) -> None:
    assert html.unescape(plain(text)) == text


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\U000e0041", "\x00", "\x1b"])
def test_characters_that_deceive_the_eye_are_left_out(hidden: str) -> None:
    assert plain(f"pay{hidden}day") == "payday"


def test_shortened_cuts_at_a_word() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two", 9) == "one two"
    assert shortened("x" * 50, 9) == "x" * 9 + "…"


def test_count_minds_its_number() -> None:
    assert (count(1, "word"), count(0, "word"), count(1200, "word")) == (
        "1 word",
        "0 words",
        "1,200 words",
    )


def test_a_date_says_how_it_was_found() -> None:
    assert "4 December 2023" in time_tag(ARTICLES[0])
    assert "metadata" in time_tag(ARTICLES[0])
    assert "undated" in time_tag(ARTICLES[2])

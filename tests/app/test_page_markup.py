from __future__ import annotations

import html
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.drawing.markup import age_of, count, in_quotes, plain, shortened, time_tag
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


@pytest.mark.parametrize(
    ("seen_from", "age"),
    [
        (date(2023, 12, 3), ""),
        (date(2023, 12, 4), "of the same day"),
        (date(2023, 12, 5), "1 day old"),
        (date(2024, 2, 2), "60 days old"),
        (date(2024, 3, 3), "2 months old"),
        (date(2024, 3, 4), "3 months old"),
        (date(2025, 12, 3), "23 months old"),
        (date(2025, 12, 4), "2 years old"),
    ],
)
def test_an_article_is_as_old_as_it_is_on_the_readers_day(seen_from: date, age: str) -> None:
    assert age_of(ARTICLES[0], seen_from) == age
    assert age_of(ARTICLES[2], seen_from) == "", "it is undated"


@given(st.text(min_size=1))
def test_quotation_marks_are_never_doubled(text: str) -> None:
    shown = in_quotes(in_quotes(text))
    assert shown == in_quotes(text)
    assert text in shown


def test_a_quote_that_only_begins_with_one_is_marked_at_both_ends() -> None:
    assert in_quotes('"It holds", he said.') == '“"It holds", he said.”'
    assert in_quotes('"It holds."') == '"It holds."'


def test_a_date_says_how_it_was_found() -> None:
    assert "4 December 2023" in time_tag(ARTICLES[0])
    assert "metadata" in time_tag(ARTICLES[0])
    assert "undated" in time_tag(ARTICLES[2])

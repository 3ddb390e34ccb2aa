from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import identify
from corpus.identity import (
    adds_nothing,
    completed,
    identified,
    is_earlier,
    plain_address,
    same_article,
)
from tests.corpus.copy_pairs import STORIES, article

LONG = "\n\n".join(STORIES[0].paragraphs)
NOTE = "Qtly div 12 cts vs 12 cts prior"


@pytest.mark.parametrize(
    "twin",
    [
        "https://example.com/news/ferry?id=3",
        "http://www.example.com/news/ferry/?id=3",
        "https://m.example.com/news/ferry?id=3#top",
        "https://amp.example.com/news/ferry/amp/?id=3",
        "https://example.com/amp/news/ferry?id=3",
        "https://www.example.com/news/ferry?utm_source=x&utm_medium=y&id=3&fbclid=Iw0",
        "https://example.com/news/ferry?amp=1&id=3",
        "https://example.com/news/ferry?id=3&outputType=amp",
        "https://www.google.com/amp/s/www.example.com/news/ferry?id=3",
        "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/news/ferry?id=3",
        "HTTPS://EXAMPLE.com:443/news/ferry?id=3",
    ],
)
def test_twins_of_one_address(twin: str) -> None:
    assert plain_address(twin) == "https://example.com/news/ferry?id=3"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/A", "https://example.com/a"),
        ("https://example.com/amp", "https://example.com/"),
        ("https://m.com/a", "https://www.com/a"),
        ("https://news.example.com/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com/a"),
        ("https://x.cdn.ampproject.org/c/s/example.com/a?id=1",
         "https://x.cdn.ampproject.org/c/s/example.com/a?id=2"),
    ],
)  # fmt: skip
def test_different_addresses(one: str, other: str) -> None:
    assert plain_address(one) != plain_address(other)


@pytest.mark.parametrize("odd", ["", "no address", "http://[bad", "ftp://x.org/a", "http://", "//"])
def test_what_is_no_web_address_stays(odd: str) -> None:
    assert plain_address(odd) == odd


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_plain_address_is_its_own(path: str, query: str) -> None:
    plain = plain_address(f"https://www.example.com/{path}?{query}")
    assert plain_address(plain) == plain


def test_an_id_follows_the_address_only_where_it_came_from_one() -> None:
    address = "https://www.example.com/a?utm_source=x"
    one = replace(article(LONG), url=address, id=identify(address))
    assert identified(one).id == identify("https://example.com/a")
    assert identified(replace(one, id="by-path")).id == "by-path"
    assert identified(article(LONG)) == article(LONG)


@pytest.mark.parametrize(
    ("outlet", "title", "day", "same"),
    [
        ("Harbour Post", "Another", None, True),
        ("harbour post", "Another", date(2020, 1, 1), True),
        (None, "Another", None, True),
        ("Valley Echo", "A headline", date(2024, 3, 5), False),
    ],
)
def test_long_texts_that_are_equal(
    outlet: str | None, title: str, day: date | None, same: bool
) -> None:
    assert same_article(article(LONG), article(LONG, outlet, title, day)) is same


@pytest.mark.parametrize(
    ("title", "day", "same"),
    [
        ("A headline", date(2024, 3, 5), True),
        ("A HEADLINE!", None, True),
        ("Briar Mills", date(2024, 3, 5), False),
        ("A headline", date(2024, 6, 5), False),
    ],
)
def test_a_short_note_may_be_true_of_two_things(title: str, day: date | None, same: bool) -> None:
    assert same_article(article(NOTE), article(NOTE, None, title, day)) is same


def test_a_reading_that_lacks_something_adds_nothing() -> None:
    full = replace(article(LONG), url="https://example.com/a", updated=date(2024, 3, 6))
    poor = replace(
        full, outlet=None, published=None, dated_by="none", url=None, updated=None, source="other"
    )
    assert adds_nothing(full, poor)
    assert adds_nothing(full, replace(full, url="https://m.example.com/a/"))
    assert not adds_nothing(poor, full)
    assert completed(poor, full) == replace(full, source="other")
    assert completed(full, poor) == full


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Another text."},
        {"title": "Another"},
        {"outlet": "Valley Echo"},
        {"withdrawn": date(2024, 4, 1)},
        {"published": date(2024, 3, 6)},
        {"url": "https://example.com/b"},
    ],
)
def test_a_reading_that_says_something_else(change: dict[str, object]) -> None:
    full = replace(article(LONG), url="https://example.com/a")
    assert not adds_nothing(full, replace(full, **change))  # type: ignore[arg-type]


def test_a_lost_mark_is_something_new() -> None:
    marked = replace(article(LONG), withdrawn=date(2024, 4, 1))
    assert not adds_nothing(marked, article(LONG))


def test_earlier_needs_two_days() -> None:
    one = article(LONG)
    later = replace(one, updated=date(2024, 3, 9))
    assert is_earlier(one, later)
    assert not is_earlier(later, one)
    assert not is_earlier(one, one)
    assert not is_earlier(one, replace(one, published=None))

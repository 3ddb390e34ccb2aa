"""The day of an article, and the rule that gave it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.dates import CERTAINTY, FINDERS, RULES, Clues, find
from corpus.errors import BadDate
from corpus.written_dates import as_date, date_head, html_date, parse_date, stamp, url_date

MAY_4 = date(2021, 5, 4)


def test_every_rule_has_its_finder_in_the_same_order() -> None:
    assert [*(name for name, _ in FINDERS), "none"] == list(RULES)


def test_the_most_trusted_rule_wins() -> None:
    clues = Clues(
        metadata=date(2021, 5, 1),
        published_line=date(2021, 5, 2),
        date_head=date(2021, 5, 3),
        url="https://example.org/2021/05/04/x",
        page="<html><body><time datetime='2021-05-05'>5 May</time></body></html>",
    )
    assert find(clues) == (date(2021, 5, 1), "metadata")
    assert find(Clues(published_line=date(2021, 5, 2), date_head=MAY_4)) == (
        date(2021, 5, 2),
        "published-line",
    )
    assert find(Clues(date_head=date(2021, 5, 3), url=clues.url)) == (date(2021, 5, 3), "date-head")
    assert find(Clues(url=clues.url, page=clues.page)) == (MAY_4, "url")
    assert find(Clues(page=clues.page)) == (date(2021, 5, 5), "html")
    assert find(Clues()) == (None, "none")
    structured = Clues(structured=date(2021, 5, 2), published_line=date(2021, 5, 3))
    assert find(structured) == (date(2021, 5, 2), "structured-data")


def test_every_rule_says_how_sure_it_is() -> None:
    assert list(CERTAINTY) == list(RULES)


@pytest.mark.parametrize("day", [date(1599, 12, 31), date(2021, 5, 7), date(9999, 1, 1)])
def test_a_day_that_cannot_be_is_not_believed(day: date) -> None:
    latest = date(2021, 5, 5)
    assert find(Clues(metadata=day, latest=latest)) == (None, "none")
    assert find(Clues(metadata=day, date_head=MAY_4, latest=latest)) == (MAY_4, "date-head")


def test_tomorrow_is_today_somewhere() -> None:
    assert find(Clues(metadata=MAY_4, latest=date(2021, 5, 3))) == (MAY_4, "metadata")


def test_a_day_after_the_articles_own_update_gives_way_to_another() -> None:
    late = date(2021, 6, 1)
    assert find(Clues(metadata=late, date_head=MAY_4, updated=MAY_4)) == (MAY_4, "date-head")
    assert find(Clues(metadata=late, updated=MAY_4)) == (late, "metadata")


def article(**given: object) -> Article:
    fields: dict[str, object] = {
        "id": "0" * 16, "title": "T", "outlet": None, "published": MAY_4, "dated_by": "metadata",
        "text": "Text.", "source": "a.txt",
    }  # fmt: skip
    return Article(**(fields | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "sure"),
    [("metadata", "certain"), ("structured-data", "certain"), ("published-line", "certain"),
     ("date-head", "probable"), ("url", "probable"), ("html", "guessed"), ("other", "guessed")],
)  # fmt: skip
def test_certainty(rule: str, sure: str) -> None:
    assert article(dated_by=rule).certainty == sure
    assert article(dated_by="none", published=None).certainty == "none"


def test_as_of_is_the_last_day_that_the_article_states() -> None:
    assert article().as_of == MAY_4
    assert article(updated=date(2021, 5, 6)).as_of == date(2021, 5, 6)
    assert article(updated=date(2021, 5, 1)).as_of == MAY_4
    assert article(published=None, updated=date(2021, 5, 1)).as_of == date(2021, 5, 1)
    assert article(published=None).as_of is None


def test_as_date_takes_one_form_only() -> None:
    assert as_date("2021-05-04") == MAY_4
    assert as_date(" 2021-05-04 ") == MAY_4


@pytest.mark.parametrize(
    "text",
    ["", "today", "2021-5-4", "20210504", "2021-W18-2", "2021-02-30", "04/05/2021",
     "2021-05-04T10:00", "٢٠٢١-٠٥-٠٤", "2021-05-04\n2021-05-05"],
)  # fmt: skip
def test_as_date_refuses_everything_else(text: str) -> None:
    with pytest.raises(BadDate, match="YYYY-MM-DD"):
        as_date(text)


@pytest.mark.parametrize(
    "value",
    [
        MAY_4, datetime(2021, 5, 4, 23, 59, tzinfo=UTC), "2021-05-04", "20210504", "2021/05/04",
        "2021-05-04T23:30:00-05:00", "20210504T101500Z", "Tue, 04 May 2021 10:15:00 +0000",
        "4 May 2021", "May 4, 2021", "Tuesday, May 4th, 2021", "Tue 4 May 2021, 5:01 PM",
        "May 4, 2021, 5 p.m.", "4 May 2021 18.01 BST", "4th of May 2021", 1620129600, "1620129600",
        1620129600000, 1620129600.5,
    ],
)  # fmt: skip
def test_whole_days_are_read(value: object) -> None:
    assert parse_date(value) == MAY_4


@pytest.mark.parametrize("text", ["13/05/2021", "05/13/2021", "13.05.2021"])
def test_a_day_past_twelve_tells_day_from_month(text: str) -> None:
    assert parse_date(text) == date(2021, 5, 13)


@pytest.mark.parametrize(
    "value",
    [
        None, "", True, [], {}, "yesterday", "Tuesday", "October 7", "May 2021", "2021", "2021-05",
        "04/05/2021", "31 February 2021", "2021-13-01", "9 months ago", "in May 2021 or so",
        float("nan"), 99999999999999999, "4 May",
    ],
)  # fmt: skip
def test_less_than_a_whole_day_is_none(value: object) -> None:
    assert parse_date(value) is None


@given(
    st.one_of(st.text(), st.integers(), st.floats(), st.text(alphabet="0123456789-/:T. MayPm,Z+"))
)
def test_no_value_breaks_the_parser(value: object) -> None:
    found = parse_date(value)
    assert found is None or isinstance(found, date)
    if isinstance(value, str):
        stamp(value)
        date_head(value)
        url_date("https://example.org/" + value)


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("Published: Tue 4 May 2021, 5:01 PM", "published"),
        ("Published 4 May 2021", "published"),
        ("First published on Tue 4 May 2021 18.01 BST", "published"),
        ("Posted May 4, 2021 at 5:01 p.m. ET", "published"),
        ("Date: 2021-05-04", "published"),
        ("Last updated: Tue 4 May 2021, 5:02 PM", "updated"),
        ("Updated 5:02 p.m. EDT, May 4, 2021", "updated"),
        ("4 May 2021 Last updated at 08:58 GMT", "updated"),
        ("May 4, 2021", "bare"),
        ("2021-05-04 17:01", "bare"),
    ],
)
def test_date_lines(block: str, kind: str) -> None:
    found = stamp(block)
    assert found is not None
    assert (found.kind, found.day, found.rest) == (kind, MAY_4, "")


@pytest.mark.parametrize(
    "block",
    [
        "Posted on 4 May 2021, the film shows the dock.",
        "Published in 2021, the book sold well.",
        "4 May 2021 was a Tuesday.",
        "On 4 May 2021 the council met.",
        "Updated rules took effect on 4 May 2021.",
        "Published: Tuesday",
        "9 months ago",
    ],
)
def test_a_sentence_is_no_date_line(block: str) -> None:
    assert stamp(block) is None


def test_a_labelled_date_may_stand_before_more() -> None:
    found = stamp("Published: 4 May 2021 Last updated: 5 May 2021")
    assert found is not None
    assert found.rest == "Last updated: 5 May 2021"


def test_a_line_whose_day_is_ambiguous_is_a_line_without_a_day() -> None:
    found = stamp("Published: 04/05/2021")
    assert found is not None
    assert found.day is None


def test_the_collectors_mark() -> None:
    assert date_head(" date 2021-05-04 The dock has reopened.") == (MAY_4, "The dock has reopened.")
    assert date_head("date 2021-05-99 nonsense") is None
    assert date_head("Date set for the vote") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2021/05/04/dock", MAY_4),
        ("https://example.org/world/2021/may/04/dock", MAY_4),
        ("https://example.org/dock-2021-05-04.html", MAY_4),
        ("https://example.org/dock-20210504", MAY_4),
        ("https://example.org/2021/05/dock", None),
        ("https://example.org/item/20219904", None),
        ("https://example.org/item/9920210504", None),
        ("https://example.org/?on=2021-05-04", None),
        ("https://[broken", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert url_date(url) == day


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>On 4 May 2021 the dock reopened.</p></body></html>",
        "<html><body><p>Text.</p><footer>Copyright 2021</footer></body></html>",
        "<html><head><meta name='date' content='2021'></head><body><p>Text.</p></body></html>",
    ],
)
def test_a_page_is_not_dated_by_what_it_reports_nor_by_a_year(page: str) -> None:
    assert html_date(page) is None

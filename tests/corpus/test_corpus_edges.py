"""Lines that an outlet repeats: a site's go, a running story's stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.edges import (
    EDGE_WORDS,
    FOOT_LINES,
    HEAD_LINES,
    EdgeOptions,
    edge_lines,
    is_boilerplate,
    line_hash,
    without_lines,
)

STRAP = "The Harbour's Own Voice"
ADDRESS = "Write to our desk if you know more about the harbour."
ABOUT = "The Monitor is owned by a trust and has no shareholders."
BACKGROUND = "The islands have no other link to the mainland."


def story(*lines: str) -> Article:
    return Article(
        id="0" * 16, title="T", outlet="Monitor", published=None, dated_by="none",
        text="\n\n".join(lines), source="a.txt", dropped=("Advertisement",),
    )  # fmt: skip


BODY = tuple(f"Paragraph {number} of the report." for number in range(20))


@pytest.mark.parametrize(
    "line",
    [
        "More than 39,100 people have been killed.",
        "Dozens of houses were damaged.",
        "The ministry said that it would not answer.",
        "“We have waited for a month.”",
        "'We have waited,' one of them added.",
        "The war began in October.",
        "The talks broke off on Tuesday.",
        "The bridge has been shut since last year.",
        "According to the ministry, all is well.",
        "word " * (EDGE_WORDS + 1),
    ],
)
def test_what_marks_reporting_is_never_taken(line: str) -> None:
    line = line.strip()
    assert line not in edge_lines(story(line, *BODY))
    assert not is_boilerplate(line, 1_000, 1_000)


@pytest.mark.parametrize(
    ("line", "carrying", "articles", "taken"),
    [
        (STRAP, 5, 25, True),
        (STRAP, 4, 4, False),
        (STRAP, 5, 26, False),
        (ADDRESS, 5, 25, True),
        (ADDRESS, 5, 26, False),
        (ABOUT, 20, 25, True),
        (ABOUT, 19, 19, False),
        (ABOUT, 79, 100, False),
        (BACKGROUND, 60, 100, False),
        ("Total", 100, 100, False),
    ],
)
def test_how_often_is_often(line: str, carrying: int, articles: int, taken: bool) -> None:
    assert is_boilerplate(line, carrying, articles) is taken


def test_limits_can_be_set() -> None:
    strict = EdgeOptions(articles=10, share_of_label=1.0)
    assert not is_boilerplate(STRAP, 9, 9, strict)
    assert is_boilerplate(STRAP, 10, 10, strict)
    for wrong in ({"articles": 1}, {"share_of_label": 0.0}, {"share_of_address": 1.5}):
        with pytest.raises(ValueError, match=r"repeated|share"):
            EdgeOptions(**wrong)


def test_only_the_edges_are_looked_at() -> None:
    lines = [f"A plain line with the name {name * 3}" for name in "abcdefghijklmnop"]
    found = edge_lines(story(*lines))
    assert found == (*lines[:HEAD_LINES], *lines[-FOOT_LINES:])
    assert edge_lines(story(STRAP, "Text", STRAP)) == (STRAP, "Text")


def test_lines_are_taken_out_at_the_edges_and_kept_as_dropped() -> None:
    article = story(STRAP, *BODY[:4], STRAP, *BODY[4:], ADDRESS)
    gone = frozenset((line_hash(STRAP), line_hash(ADDRESS), line_hash(BODY[0])))
    left = without_lines(article, gone)
    assert left.text == "\n\n".join((*BODY[:4], STRAP, *BODY[4:]))
    assert left.dropped == ("Advertisement", STRAP, ADDRESS)
    assert replace(left, text=article.text, dropped=article.dropped) == article


def test_an_article_is_never_emptied_and_nothing_to_take_changes_nothing() -> None:
    assert without_lines(story(STRAP), frozenset((line_hash(STRAP),))) == story(STRAP)
    assert without_lines(story(STRAP, *BODY), frozenset()) == story(STRAP, *BODY)


def test_letter_case_and_spaces_do_not_part_a_line() -> None:
    assert line_hash("Follow  the STRAND") == line_hash("follow the strand ")
    assert line_hash(STRAP) != line_hash(ADDRESS)
    assert len(line_hash("\ud800")) == 16


@given(st.lists(st.sampled_from([STRAP, ADDRESS, ABOUT, *BODY[:5]]), min_size=1, max_size=20))
def test_no_line_vanishes(lines: list[str]) -> None:
    article = story(*lines)
    left = without_lines(article, {line_hash(line) for line in (STRAP, ADDRESS, ABOUT)})
    assert sorted((*left.text.split("\n\n"), *left.dropped)) == sorted((*lines, *article.dropped))
    assert all(line in left.text.split("\n\n") for line in lines if line in BODY)

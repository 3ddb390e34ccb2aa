"""What an extraction left behind: reporting goes back to its place, the rest is kept aside."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from corpus.readers.prepare import prepare
from corpus.readers.recover import recover

FIRST = "The harbour master said on Monday that two ferries would stay in dock."
SECOND = "Fuel has run short since the storm, and no tanker is due."
THIRD = "The next meeting of the harbour council is on Thursday."


def tree(body: str) -> HtmlElement:
    return document_fromstring(f"<html><body>{body}</body></html>")


def story(inner: str) -> HtmlElement:
    return tree(
        f"<div class='story'><h1>Ferries stay</h1><p>{FIRST}</p>{inner}<p>{THIRD}</p></div>"
    )


@pytest.mark.parametrize(
    "lost",
    [
        f"<p>{SECOND}</p>",
        f"<div><div>{SECOND}</div></div>",
        f"<ul><li>{SECOND}</li></ul>",
        f"<blockquote>{SECOND}</blockquote>",
        f"<section class='body-2'><p>Fuel has <a href='#'>run short</a>{SECOND[18:]}</p></section>",
    ],
)
def test_a_lost_sentence_goes_back_to_its_place(lost: str) -> None:
    lines, dropped = recover(story(lost), f"{FIRST}\n{THIRD}")
    assert lines == [FIRST, SECOND, THIRD]
    assert dropped == []


@pytest.mark.parametrize(
    "boxed",
    [
        f"<aside><p>{SECOND}</p></aside>",
        f"<div class='related-posts'><p>{SECOND}</p></div>",
        f"<div id='comments'><div><p>{SECOND}</p></div></div>",
        f"<div class='c-newsletter'><p>{SECOND}</p></div>",
        f"<figure><figcaption>{SECOND}</figcaption></figure>",
        f"<p><a href='#'>{SECOND}</a></p>",
    ],
)
def test_what_stands_in_a_box_is_dropped_and_told(boxed: str) -> None:
    lines, dropped = recover(story(boxed), f"{FIRST}\n{THIRD}")
    assert lines == [FIRST, THIRD]
    assert dropped == [SECOND]


@pytest.mark.parametrize("silent", ["script", "style", "template", "button", "noscript"])
def test_what_no_browser_shows_is_nothing(silent: str) -> None:
    assert recover(story(f"<{silent}>{SECOND}</{silent}>"), f"{FIRST}\n{THIRD}") == (
        [FIRST, THIRD],
        [],
    )


def test_the_next_article_of_an_endless_page_is_another_article() -> None:
    page = tree(
        f"<div><article><h1>One</h1><p>{FIRST}</p><p>{THIRD}</p></article>"
        f"<article><h1>Two</h1><p>{SECOND}</p></article></div>"
    )
    assert recover(page, f"{FIRST}\n{THIRD}") == ([FIRST, THIRD], [SECOND])


def test_a_subheading_goes_back_with_what_stands_under_it() -> None:
    lost = f"<h2>Fuel</h2><p>{SECOND}</p><h2>Alone</h2>"
    assert recover(story(lost), f"{FIRST}\n{THIRD}")[0] == [FIRST, "Fuel", SECOND, THIRD]


def test_without_a_scope_nothing_is_put_back() -> None:
    page = tree(f"<p>{FIRST}</p><p>{SECOND}</p>")
    assert recover(page, FIRST) == ([FIRST], [SECOND])
    assert recover(page, "Words of nowhere.") == (["Words of nowhere."], [FIRST, SECOND])
    assert recover(page, "") == ([], [])


def test_what_a_browser_draws_is_said_in_letters() -> None:
    page = tree("<p>It <q>regrets <b>this</b></q>, in <del>two</del> three weeks"
                "<sup><a href='#n'>1</a></sup>, on 40 m<sup>2</sup>.</p>")  # fmt: skip
    assert prepare(page) == ("two", "1")
    assert page.text_content() == "It “regrets this”, in  three weeks, on 40 m2."


def test_a_table_that_lays_out_the_page_is_boxes_and_one_of_figures_stays() -> None:
    figures = "<table><tr><td>Year</td><td>2020</td></tr></table>"
    page = tree(f"<table><tr><td><p>{FIRST}</p>{figures}</td></tr></table>")
    prepare(page)
    assert [each.text_content() for each in page.iter("table")] == ["Year2020"]
    assert len(list(page.iter("td"))) == 2

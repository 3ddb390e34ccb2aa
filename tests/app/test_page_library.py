"""The tab of the library: what it holds, and what a search of it finds."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest

import rag
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from page import library_html
from page.library_html import holdings_html, holdings_of
from page.library_tab import opened, search
from page.places import Place
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.newsrooms import StandIn, answered, article
from tests.app.test_page_evidence import ATTACKS, OWN_ATTRIBUTES, OWN_TAGS, Markup


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return rag.open(
        tmp_path_factory.mktemp("sample") / "library",
        add=[sample_paths()],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator([""]),
        progress=False,
    )


def test_every_article_is_counted_by_month_and_by_outlet(newsroom: Newsroom) -> None:
    held = holdings_of(newsroom.library)
    stats = newsroom.library.stats()
    assert held.articles == held.counted == stats.articles
    assert sum(held.months.values()) + held.undated == stats.articles
    assert held.undated == stats.undated
    assert sum(held.outlets.values()) == stats.articles
    assert len(held.outlets) == stats.outlets
    assert list(held.months) == sorted(held.months)


def test_the_newest_stand_first_and_each_opens(newsroom: Newsroom) -> None:
    held = holdings_of(newsroom.library)
    days = [one.date_label for one in held.newest if one.published]
    assert days == sorted(days, reverse=True)
    rendered = holdings_html(held)
    links = re.findall(r'href="#([^"]+)"', rendered)
    assert links == [str(Place(one.id)) for one in held.newest]
    assert "December 2023" in rendered


def test_what_is_not_counted_is_said(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_html, "MOST_COUNTED", 5)
    rendered = holdings_html(holdings_of(newsroom.library))
    assert f"{newsroom.library.stats().articles - 5} more are not counted here" in rendered


def test_an_empty_library_says_so() -> None:
    shown, outlets = opened(StandIn(answered, articles=()).newsroom)
    assert "This library is empty" in shown
    assert outlets["visible"] is False


def test_a_search_shows_what_the_newsroom_finds_and_where(newsroom: Newsroom) -> None:
    hits = newsroom.search("flour and water by way of Rafah", 20)
    rendered = search(newsroom, "flour and water by way of Rafah", "", "", [])
    links = [Place.read(link) for link in re.findall(r'href="#([^"]+)"', rendered)]
    assert links == [
        Place.in_article(hit.article, hit.passage.start, hit.passage.end) for hit in hits
    ]
    assert hits


def test_a_search_keeps_to_its_days_and_outlets(newsroom: Newsroom) -> None:
    rendered = search(newsroom, "talks in Doha", "2024-03-01", "2024-03-31", [])
    assert "March 2024" in rendered
    assert "September 2024" not in rendered
    assert "No passage was found" in search(newsroom, "talks", "", "", ["Nobody's Paper"])


@pytest.mark.parametrize(
    ("words", "since", "told"),
    [("", "", "question is empty"), ("talks", "soon", "is not a date")],
)
def test_what_cannot_be_searched_for_is_told(
    newsroom: Newsroom, words: str, since: str, told: str
) -> None:
    assert told in html.unescape(search(newsroom, words, since, "", None))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_an_article_holds_becomes_markup(tmp_path: Path, attack: str) -> None:
    hostile = article(attack, attack, date(2021, 5, 6), f"{attack} was said in Solane.")
    with Library.open(tmp_path / "library", HashEmbedder(64), create=True) as library:
        library.add([hostile])
        rendered = holdings_html(holdings_of(library))
    found = Markup()
    found.feed(rendered)
    assert found.tags <= OWN_TAGS
    assert found.attributes <= OWN_ATTRIBUTES
    assert all(link.startswith("#") for link in found.links)

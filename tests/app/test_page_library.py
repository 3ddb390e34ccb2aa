"""The tab of the library: what it holds, its articles a page at a time, what a search finds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import rag
from corpus.errors import BadDate
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from page.desk.desk import Desk
from page.drawing.places import Place
from page.library import list as library_list
from page.library.html import holdings_html, list_html
from page.library.list import ON_A_PAGE, Catalogue, filtered, holdings_of, page_of
from page.library.plot import MOST_PERIODS, Period, periods_of, plot_html
from page.library.search import Asked, outlet_names, search
from page.library.tab import held_html
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.newsrooms import StandIn, answered, article
from tests.app.test_page_evidence import ATTACKS, OWN_ATTRIBUTES, OWN_TAGS, Markup


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with rag.open(
        tmp_path_factory.mktemp("sample") / "library",
        add=[sample_paths()],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as newsroom:
        yield newsroom


@pytest.fixture
def desk(newsroom: Newsroom) -> Iterator[Desk]:
    with Desk(newsroom) as desk:
        yield desk


def shown(desk: Desk, words: str = "", since: str = "", until: str = "", page: int = 0) -> str:
    return search(desk, Catalogue(desk), Asked(words, since, until, None), page)[0]


def test_every_article_is_counted_by_outlet(newsroom: Newsroom) -> None:
    held = holdings_of(newsroom.library)
    stats = newsroom.library.stats()
    assert held.articles == len(held.headings) == stats.articles
    assert sum(held.outlets.values()) == stats.articles
    assert len(held.outlets) == stats.outlets
    assert sum(one.published is None for one in held.headings) == stats.undated


def test_the_newest_stand_first_and_each_opens(newsroom: Newsroom, desk: Desk) -> None:
    held = holdings_of(newsroom.library)
    days = [one.published for one in held.headings]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days[: len(dated)] == dated, "undated ones stand last"
    links = re.findall(r'href="#([^"]+)"', shown(desk))
    assert links == [str(Place(one.id)) for one in held.headings]


def test_a_long_list_comes_a_page_at_a_time(
    newsroom: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_list, "ON_A_PAGE", 6)
    catalogue, everything = Catalogue(desk), Asked("", "", "", None)
    first, at, back, on = search(desk, catalogue, everything)
    assert "Articles 1 to 6 of 14" in first
    assert (at, back["interactive"], on["interactive"]) == (0, False, True)
    last, at, back, on = search(desk, catalogue, everything, 9)
    assert "Articles 13 to 14 of 14" in last
    assert (at, back["interactive"], on["interactive"]) == (2, True, False)
    links = [
        link
        for page in range(3)
        for link in re.findall(r'href="#([^"]+)"', search(desk, catalogue, everything, page)[0])
    ]
    assert len(set(links)) == len(links) == newsroom.library.stats().articles


@pytest.mark.parametrize(
    ("many", "wanted", "page"),
    [
        (0, 3, (0, 0, 0)),
        (1, -1, (0, 0, 1)),
        (ON_A_PAGE, 1, (0, 0, ON_A_PAGE)),
        (ON_A_PAGE + 1, 1, (1, ON_A_PAGE, ON_A_PAGE + 1)),
    ],
)
def test_there_is_always_a_page(many: int, wanted: int, page: tuple[int, int, int]) -> None:
    assert page_of(many, wanted) == page


def test_the_list_keeps_to_its_days_and_outlets(newsroom: Newsroom) -> None:
    headings = holdings_of(newsroom.library).headings
    march = filtered(headings, "2024-03-01", "2024-03-31", None)
    assert march
    assert all(one.published and one.published.month == 3 for one in march)
    outlet = headings[0].outlet_name
    assert {one.outlet_name for one in filtered(headings, None, "", [outlet])} == {outlet}
    assert filtered(headings, "", None, ["Nobody's Paper"]) == []
    with pytest.raises(BadDate, match="lies after the last"):
        filtered(headings, "2024-04-01", "2024-03-01", None)


def test_what_is_not_counted_is_said(
    newsroom: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_list, "MOST_COUNTED", 5)
    rendered = held_html(desk, Catalogue(desk))
    assert f"{newsroom.library.stats().articles - 5} more are not listed and counted" in rendered


def test_the_holdings_name_the_library_and_where_it_is(newsroom: Newsroom, desk: Desk) -> None:
    rendered = held_html(desk, Catalogue(desk))
    assert '<h2 dir="auto">library</h2>' in rendered
    assert str(newsroom.library.path) in rendered
    assert f"{newsroom.library.stats().articles} articles" in rendered


def test_the_catalogue_is_read_anew_when_the_library_changed(tmp_path: Path) -> None:
    with (
        rag.open(
            tmp_path / "library",
            add=[sample_paths()],
            embedder=HashEmbedder(64),
            generator=ScriptedGenerator([""]),
            progress=False,
        ) as newsroom,
        Desk(newsroom) as desk,
    ):
        catalogue = Catalogue(desk)
        before = catalogue.now()
        assert catalogue.now() is before
        newsroom.library.delete(before.headings[0].id)
        assert len(catalogue.now().headings) == len(before.headings) - 1


def test_an_empty_library_says_so() -> None:
    empty = StandIn(answered, articles=()).newsroom
    with Desk(empty) as desk:
        catalogue = Catalogue(desk)
        assert "This library is empty" in held_html(desk, catalogue)
        assert "No article was found" in shown(desk)
        assert outlet_names(catalogue) == []


def test_a_search_shows_what_the_newsroom_finds_and_where(newsroom: Newsroom, desk: Desk) -> None:
    words = "flour and water by way of Rafah"
    hits = newsroom.search(words, ON_A_PAGE)
    links = [Place.read(link) for link in re.findall(r'href="#([^"]+)"', shown(desk, words))]
    assert links == [
        Place.in_article(hit.article, hit.passage.start, hit.passage.end) for hit in hits
    ]
    assert hits


def test_a_search_keeps_to_its_days_and_outlets(desk: Desk) -> None:
    rendered = shown(desk, "talks in Doha", "2024-03-01", "2024-03-31")
    assert "March 2024" in rendered
    assert "September 2024" not in rendered
    nobody = Asked("talks", "", "", ["Nobody's Paper"])
    assert "No passage was found" in search(desk, Catalogue(desk), nobody)[0]


@pytest.mark.parametrize(
    ("words", "since", "told"),
    [
        ("talks " * 400, "", "the limit is 2,000"),
        ("talks", "soon", "is not a date"),
        ("", "soon", "not a date"),
    ],
)
def test_what_cannot_be_searched_for_is_told(desk: Desk, words: str, since: str, told: str) -> None:
    assert told in html.unescape(shown(desk, words, since))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 1, 31), date(2024, 1, 1), 1),
        (date(2022, 2, 1), date(2024, 1, 31), 1),
        (date(2022, 1, 31), date(2024, 1, 1), 3),
        (date(2018, 1, 1), date(2024, 1, 1), 12),
        (date(1900, 1, 1), date(2024, 1, 1), 12),
    ],
)
def test_months_are_put_together_where_there_are_many(first: date, last: date, months: int) -> None:
    periods = periods_of(first, last)
    assert {one.months for one in periods} == {months}
    assert len(periods) <= MOST_PERIODS
    assert periods[-1] == Period.of(max(first, last), months)
    assert all(one.next == other for one, other in pairwise(periods))


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(2024, 3, 1), "March 2024"),
        (Period(2024, 10, 3), "October to December 2024"),
        (Period(2024, 1, 12), "2024"),
    ],
)
def test_a_period_is_told_in_words(period: Period, words: str) -> None:
    assert str(period) == words


def test_the_plot_is_a_table_whose_figures_add_up(newsroom: Newsroom) -> None:
    held = holdings_of(newsroom.library)
    rendered = plot_html(held)
    (row,) = re.findall(r"<tr><th dir=\"auto\">All articles</th>(.*?)</tr>", rendered)
    cells = [int(one) for one in re.findall(r'dl-unseen">(\d+)</span>', row)]
    stats = newsroom.library.stats()
    assert sum(cells) == stats.articles - stats.undated
    assert f"<b>{sum(cells)}</b>" in row
    assert f"{stats.undated} undated not shown" in rendered


def test_outlets_have_rows_of_their_own_and_the_small_ones_share_one(tmp_path: Path) -> None:
    told = [
        article(f"Report {at} on the quarry", f"Paper {at % 11}" if at < 60 else None, day, text)
        for at in range(66)
        for day, text in [(date(2021, 1 + at % 12, 3), f"Pump {at} ran for {at * 3} hours.")]
    ]
    with Library.open(tmp_path / "library", HashEmbedder(64), create=True) as library:
        library.add(told)
        rendered = plot_html(holdings_of(library))
    rows = dict(re.findall(r'<tr><th dir="auto">(.*?)</th>.*?<b>(\d+)</b>', rendered))
    assert len(rows) == 1 + 8 + 1 + 1
    assert rows["All articles"] == "66"
    assert rows["3 other outlets"] == "15"
    assert rows["unknown outlet"] == "6"
    assert sum(int(many) for name, many in rows.items() if name != "All articles") == 66


def test_where_nothing_is_dated_there_is_no_plot(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", HashEmbedder(64), create=True) as library:
        library.add([article("Quarry", None, None, "The quarry of Solane is full.")])
        assert plot_html(holdings_of(library)) == ""


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_an_article_holds_becomes_markup(tmp_path: Path, attack: str) -> None:
    hostile = [
        article(attack, attack, date(2021, 5, 6), f"{attack} was said in Solane."),
        article(f"{attack} 2", f"2 {attack}", date(2021, 6, 6), f"{attack} was denied in Solane."),
    ]
    with Library.open(tmp_path / "library", HashEmbedder(64), create=True) as library:
        library.add(hostile)
        held = holdings_of(library)
    rendered = holdings_html(held, attack) + list_html(held.headings, 0, len(held.headings))
    found = Markup()
    found.feed(rendered)
    assert found.tags <= OWN_TAGS | {"small"}
    assert found.attributes <= OWN_ATTRIBUTES
    assert all(link.startswith("#") for link in found.links)

"""The reader view over a real library: the exact words, versions, copies, withdrawal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from page.drawing.places import Place
from page.reading import reader
from page.reading.reader import reader_html, shown_at
from tests.app.newsrooms import article
from tests.app.test_page_evidence import ATTACKS, OWN_ATTRIBUTES, OWN_TAGS, Markup

DAY = date(2021, 5, 6)
TEXT = (
    "The ferry to Solane Island will not sail on Friday, the harbour office said.\n\n"
    "Some 240 passengers hold tickets for it. “We pay each of them back,” the office wrote.\n\n"
    "The storm is expected to pass by the weekend."
)
FERRY = article("No ferry to Solane on Friday", "Solane Courier", DAY, TEXT)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", HashEmbedder(64), create=True) as made:
        made.add([FERRY])
        yield made


def place(words: str, of: Article = FERRY) -> Place:
    start = of.text.index(words)
    return Place.in_article(of, start, start + len(words))


def marked(rendered: str) -> str:
    return html.unescape(" ".join(re.findall(r"<mark[^>]*>(.*?)</mark>", rendered)))


def text(rendered: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", rendered))


def test_the_article_is_shown_whole_with_the_words_marked(library: Library) -> None:
    rendered = reader_html(library, str(place("Some 240 passengers hold tickets")))
    assert marked(rendered) == "Some 240 passengers hold tickets"
    assert rendered.count('id="dl-here"') == 1
    for paragraph in TEXT.split("\n\n"):
        assert paragraph in text(rendered)
    assert "6 May 2021" in rendered
    assert "Solane Courier" in rendered


def test_words_over_two_paragraphs_are_marked_in_both(library: Library) -> None:
    start, end = TEXT.index("the office wrote"), TEXT.index(" is expected")
    rendered = reader_html(library, str(Place.in_article(FERRY, start, end)))
    assert marked(rendered) == "the office wrote. The storm"
    assert rendered.count('id="dl-here"') == 1, "one place to go to"


@given(st.data())
def test_a_link_names_the_place_that_it_was_made_from(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, len(TEXT)))
    made = Place.in_article(FERRY, start, end)
    assert Place.read(str(made)) == made
    assert made.stands_in(FERRY)


@pytest.mark.parametrize(
    "link", ["", "close", "read-", "read-xyz", "read-0123456789abcdef-1-2", "<script>", "../etc"]
)
def test_what_names_no_place_closes_the_view(library: Library, link: str) -> None:
    assert reader_html(library, link) == ""


def test_an_article_that_was_removed_is_said_to_be(library: Library) -> None:
    library.delete(FERRY.id)
    assert "No longer in the library" in reader_html(library, str(place("The ferry")))


def test_words_that_were_changed_are_shown_in_the_version_that_has_them(library: Library) -> None:
    cited = place("Some 240 passengers")
    library.add([replace(FERRY, text=TEXT.replace("Some 240", "Some 260"), updated=DAY)])
    shown = shown_at(library, cited)
    assert shown.is_earlier
    assert marked(reader_html(library, str(cited))) == "Some 240 passengers"
    assert "An earlier version." in reader_html(library, str(cited))
    now = reader_html(library, str(Place(FERRY.id)))
    assert "What was changed in it" in now
    assert "− taken out:</span> Some 240 passengers" in now
    assert "+ put in:</span> Some 260 passengers" in now


def test_words_that_no_version_has_are_said_to_be_gone(library: Library) -> None:
    rendered = reader_html(library, str(replace(place("The ferry"), digest="0" * 8)))
    assert "The cited words are not there." in rendered
    assert "<mark" not in rendered


def test_a_withdrawn_article_says_so_and_when(library: Library) -> None:
    library.withdraw(FERRY.id, date(2021, 5, 9))
    assert "<b>Withdrawn</b> on 9 May 2021" in reader_html(library, str(Place(FERRY.id)))


def test_copies_are_listed_and_open_in_their_turn(library: Library) -> None:
    body = " ".join(
        f"Sentence {at} tells of the ferry and the storm off Solane." for at in range(9)
    )
    one = article("Ferry and storm", "Solane Courier", DAY, body)
    copy = article("Storm and ferry", "Corvane Post", DAY, body)
    library.add([one, copy])
    rendered = reader_html(library, str(Place(one.id)))
    assert "Copies of this report" in rendered
    assert f'href="#{Place(copy.id)}">Storm and ferry</a>' in rendered
    assert "Corvane Post" in rendered


def test_of_a_very_long_article_the_part_around_the_words_is_drawn(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MOST_SHOWN", 80)
    rendered = reader_html(library, str(place("We pay each of them back")))
    assert "We pay each of them back" in marked(rendered)
    assert rendered.count("are not drawn") == 2
    assert "The ferry to Solane" not in rendered


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_an_article_holds_becomes_markup(library: Library, attack: str) -> None:
    hostile = replace(
        article(attack, attack, DAY, f"{attack} was said.\n\nThen {attack} again."),
        url=attack,
        source=attack,
    )
    library.add([hostile])
    library.add([replace(hostile, text=f"{attack} was denied.", updated=DAY)])
    found = Markup()
    rendered = reader_html(library, str(Place(hostile.id)))
    found.feed(rendered)
    assert found.tags <= OWN_TAGS
    assert found.attributes <= OWN_ATTRIBUTES
    assert all(link.startswith("#") for link in found.links)
    assert "\n" not in rendered


@pytest.mark.parametrize(
    ("language", "side"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("FA_ir", "rtl"),
        ("en", "auto"),
        ("de", "auto"),
        ("", "auto"),
    ],
)
def test_lines_begin_on_the_side_of_the_articles_language(
    library: Library, language: str, side: str
) -> None:
    told = replace(article("Storm", None, DAY, "BBC: a storm.\n\nIt passed."), language=language)
    library.add([told])
    rendered = reader_html(library, str(Place(told.id)))
    assert re.findall(r'<p dir="(\w+)">', rendered) == [side, side]
    assert f'tabindex="-1" dir="{side}">Storm' in rendered

"""The page names the outlets that carry copies of what it shows, and lets none of them act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from page.conversation.evidence import panel_html
from page.conversation.message import answer_html
from page.conversation.turn import Turn
from rag.events import AnswerFinished, HitsFound
from rag.finding.sources import Report, Sources
from tests.app.newsrooms import ARTICLES, answered, hits
from tests.app.test_page_evidence import ATTACKS, Markup, words

FOUND = tuple(replace(hit, also_in=("Harbour Wire", "Belmont Herald")) for hit in hits(ARTICLES))


def finished(turn: Turn, outlet: str = "Harbour Wire") -> Turn:
    """The turn with an answer whose first cited article is a copy of that outlet's."""
    answer = answered("What happened?")
    cited = answer.citations[0].article
    original = replace(cited, id="b" * 16, outlet=outlet)
    report = Report("b" * 16, outlet, "the earliest", (original, cited), (cited.id,))
    return turn.after(AnswerFinished(replace(answer, hits=FOUND, sources=Sources((report,)))))


def test_a_hit_with_copies_says_who_else_has_it_before_and_after_the_answer() -> None:
    turn = Turn(1, "What happened?").after(HitsFound(FOUND))
    for one in (turn, finished(turn)):
        assert "also in: Harbour Wire and Belmont Herald" in words(panel_html((one,)))


def test_a_hit_without_copies_says_nothing_of_them() -> None:
    turn = Turn(1, "What happened?").after(HitsFound(hits(ARTICLES)))
    assert "also in" not in panel_html((turn,))


def test_of_many_outlets_a_few_are_named() -> None:
    many = tuple(f"Outlet {number}" for number in range(40))
    turn = Turn(1, "?").after(HitsFound(tuple(replace(hit, also_in=many) for hit in FOUND)))
    shown = words(panel_html((turn,)))
    assert "Outlet 4 and 35 more" in shown
    assert "Outlet 5" not in shown


def test_under_the_answer_its_sources_are_counted() -> None:
    turn = finished(Turn(1, "What happened?").after(HitsFound(FOUND)))
    assert "2 outlets, 1 report: Harbour Wire, also in " in words(answer_html(turn))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_outlets_name_is_words_and_nothing_else(attack: str) -> None:
    found = tuple(replace(hit, also_in=(attack,)) for hit in FOUND)
    panel, answer = Markup(), Markup()
    panel.feed(panel_html((Turn(1, "?").after(HitsFound(found)),)))
    answer.feed(answer_html(finished(Turn(1, "?").after(HitsFound(found)), attack)))
    for read in (panel, answer):
        assert not read.tags & {"script", "img", "svg", "iframe"}
        assert not {name for name in read.attributes if name.startswith("on")}
        assert all(link.startswith("#") for link in read.links)

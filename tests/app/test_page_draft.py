"""Checking a draft on the page: the same as one check of the whole, drawn as it goes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rag
from corpus.errors import BadDate
from embeddings.embedders.hashing import HashEmbedder
from page.conversation.turn import BROKEN
from page.desk.desk import Desk
from page.draft import events as draft_events
from page.draft.events import broke, check, stopped
from page.draft.html import draft_html, status_html
from page.draft.run import check_as_it_goes
from page.drawing.places import Place
from rag.drafts.reading import draft_of
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.test_page_evidence import ATTACKS, OWN_ATTRIBUTES, OWN_TAGS, Markup

REPORTS = {
    "2021-03-02": "The flood in Orsay killed 12 people, fire chief Lena Brandt said. She warned "
    "that the dam at Vell could break. The town of Orsay has 4,000 inhabitants.",
    "2021-03-06": "Mayor Tomas Ilk said on Thursday that the dam at Vell had held. The bridge over "
    "the Orn will stay closed until May.",
}
DRAFT = (
    "# After the flood\n\n"
    "The flood in Orsay killed 21 people, fire chief Lena Brandt said. She warned that the dam at "
    "Vell could break.\n\n"
    "It held, Mayor Tomas Ilk said on Thursday. The bridge over the Orn will stay closed until "
    "May. Who would have thought so?\n\n"
    "A circus comes to Larmont in autumn.\n"
)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("flood")
    for day, words in REPORTS.items():
        head = f"---\ntitle: Flood, {day}\noutlet: Orsay Post\npublished: {day}\n---\n\n"
        Path(folder / f"{day}.md").write_text(f"{head}{words}\n")
    with rag.open(
        folder / "library",
        add=[folder],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as made:
        yield made


def test_sentence_by_sentence_it_comes_to_what_one_check_of_the_whole_gives(
    newsroom: Newsroom,
) -> None:
    draft = draft_of(DRAFT, "markdown")
    steps = list(check_as_it_goes(newsroom, draft))
    assert [len(step.report.sentences) for step in steps] == list(range(steps[0].of + 1))
    assert [step.is_done for step in steps] == [False] * steps[0].of + [True]
    whole = newsroom.check(draft)
    assert steps[-1].report.to_dict() == whole.to_dict()
    assert {one.verdict for one in whole.sentences} >= {"supported", "silent", "not a claim"}


def test_articles_of_later_days_are_not_looked_at(newsroom: Newsroom) -> None:
    draft = draft_of(DRAFT, "markdown")
    *_, last = check_as_it_goes(newsroom, draft, as_of="2021-03-04")
    assert last.report.to_dict() == newsroom.check(draft, as_of="2021-03-04").to_dict()
    assert "articles up to 2021-03-04" in draft_html(last)
    with pytest.raises(BadDate):
        next(iter(check_as_it_goes(newsroom, draft, as_of="soon")))


def test_each_sentence_tells_its_verdict_by_sign_and_word_and_leads_to_its_words(
    newsroom: Newsroom,
) -> None:
    *_, last = check_as_it_goes(newsroom, draft_of(DRAFT, "markdown"))
    rendered = draft_html(last)
    shown = html.unescape(rendered)
    words = {
        "supported": "✓ supported", "contradicted": "≠ contradicted",
        "partly": "◐ partly supported", "silent": "○ library is silent",
    }  # fmt: skip
    for one in last.report.sentences:
        if one.verdict != "not a claim":
            assert words[one.verdict] in shown
    links = set(re.findall(r'class="dl-marker" href="#([^"]+)"', rendered))
    cited = {str(Place.of(one)) for one in last.report.citations}
    assert links
    assert links <= cited
    for one in last.report.sentences:
        for difference in one.differences:
            assert html.escape(difference.found) in rendered


def test_the_status_says_how_far_it_is_and_how_it_ended(newsroom: Newsroom) -> None:
    steps = list(check_as_it_goes(newsroom, draft_of(DRAFT, "markdown")))
    assert "Checking 1 of 7 sentences…" in status_html(steps[0])
    assert "7 sentences checked." in status_html(steps[-1])
    assert "Stopped after 2 of 7 sentences." in status_html(steps[2].stopped())


def files(drawn: tuple[Any, ...]) -> list[str]:
    return [update["value"] for update in drawn[-3:]]


def test_the_report_can_be_taken_along_when_it_is_done_or_stopped(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_events, "DRAWN_EVERY", 0)
    with Desk(newsroom) as desk:
        drawings = list(check(desk, DRAFT, None, ""))
        assert files(drawings[0]) == [None] * 3
        page, text, data = map(Path, files(drawings[-1]))
        report = drawings[-1][0].report
        assert page.read_text() == report.to_html()
        assert text.read_text() == report.to_text()
        assert json.loads(data.read_text()) == json.loads(json.dumps(report.to_dict()))
        half = stopped(desk, drawings[3][0])
        assert half[0].is_stopped
        assert not stopped(desk, drawings[-1][0])[0].is_stopped, "it was done"
        assert json.loads(Path(files(half)[2]).read_text())["sentences"]
        assert page.is_relative_to(desk.folder)
    assert not page.exists(), "it goes with the page"


def test_a_fault_is_told_and_the_report_of_a_stop_is_not_taken_for_one(
    newsroom: Newsroom,
) -> None:
    *_, one, _ = check_as_it_goes(newsroom, draft_of(DRAFT, "markdown"))
    assert BROKEN in broke(one)[0]
    assert BROKEN not in str(broke(one.stopped())[0])
    assert BROKEN not in str(broke(None)[0]), "it was cleared away"


def test_a_file_is_read_in_place_of_the_text(newsroom: Newsroom, tmp_path: Path) -> None:
    file = tmp_path / "My draft.md"
    file.write_text("The bridge over the Orn will stay closed until May.")
    with Desk(newsroom) as desk:
        *_, last = check(desk, "something else", str(file), "")
        assert last[0].report.draft.name == "My draft.md"
        assert Path(files(last)[0]).name == "checked-My-draft.html"


@pytest.mark.parametrize(
    ("text", "as_of", "words"),
    [("", "", "there is no word in it"), ("Rain fell.", "soon", "is not a date")],
)
def test_what_cannot_be_checked_is_told_in_the_words_of_the_error(
    newsroom: Newsroom, text: str, as_of: str, words: str
) -> None:
    with Desk(newsroom) as desk:
        (drawn,) = check(desk, text, None, as_of)
    assert words in drawn[1]
    assert "Not checked." in drawn[1]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_a_draft_holds_becomes_markup(newsroom: Newsroom, attack: str) -> None:
    text = f"The flood killed 77 people, {attack} said. {attack}"
    *_, last = check_as_it_goes(newsroom, draft_of(text, name=attack))
    rendered = draft_html(last)
    found = Markup()
    found.feed(rendered)
    assert found.tags <= OWN_TAGS
    assert found.attributes <= OWN_ATTRIBUTES
    assert all(link.startswith("#") for link in found.links)
    assert "\n" not in rendered

"""The page in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from rag.answer import Answer
from tests.app.conftest import NARROW, WIDE
from tests.app.newsrooms import ARTICLES, StandIn, answered, article, cite, hits, refused

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SMALL: ViewportSize = {"width": 320, "height": 640}


def ask(page: Page, question: str) -> None:
    box = page.locator("#dl-question textarea")
    expect(box).to_be_editable()
    box.fill(question)
    box.press("Enter")


def test_ask_read_and_follow_a_marker_to_its_words(visit: Visit, outside: list[str]) -> None:
    page = visit(StandIn(answered, pause=0.1, draft="unchecked " * 12))
    ask(page, "What is the state of the talks?")
    expect(page.locator(".dl-card")).to_have_count(3)
    assert page.locator(".dl-sentence").count() == 0, "evidence comes before the first word"
    expect(page.locator(".dl-status")).to_contain_text("Writing from 3 passages")
    assert "unchecked" not in page.locator("#dl-chat").inner_text()
    expect(page.locator(".dl-sentence")).to_have_count(3)
    expect(page.locator(".dl-colophon")).to_be_visible()
    expect(page.locator(".dl-status")).to_have_count(0)
    assert "unchecked" not in page.content()
    marks = page.locator("mark.dl-mark").all_inner_texts()
    assert "No team has pulled out of the negotiations" in marks
    page.locator("#dl-panel .dl-number").nth(2).click()
    assert page.evaluate("document.querySelector(':target').id") == "a1-2"
    assert outside == []


def test_a_marker_opens_the_article_at_its_words_and_escape_leads_back(
    visit: Visit, outside: list[str]
) -> None:
    page = visit(StandIn(answered))
    ask(page, "What is the state of the talks?")
    marker = page.locator("a.dl-marker", has_text="[2]")
    marker.focus()
    note = marker.locator("xpath=..").locator(".dl-tip")
    expect(note).to_be_visible()
    for words in ("The Gulf Record", "4 December 2023", " old", "Lines of communication remain"):
        expect(note).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("Enter")
    here = page.locator("#dl-here")
    expect(here).to_have_text("“Lines of communication remain open between all parties,”")
    expect(here).to_be_in_viewport()
    expect(here).to_be_focused()
    reader = page.locator("#dl-reader")
    expect(reader).to_contain_text("Qatar will continue its mediation")
    expect(reader).to_contain_text("the bombing had begun again the same morning")
    page.keyboard.press("Escape")
    expect(page.locator(".dl-reader")).to_have_count(0)
    expect(marker).to_be_focused()
    marker.click()
    expect(here).to_be_visible()
    reader.get_by_role("link", name="Close the article").click()
    expect(page.locator(".dl-reader")).to_have_count(0)
    assert outside == []


def test_stop_closes_the_stream_and_keeps_what_was_checked(visit: Visit) -> None:
    room = StandIn(answered, pause=0.05, draft="word " * 400)
    page = visit(room)
    ask(page, "What is the state of the talks?")
    expect(page.locator(".dl-status")).to_contain_text("Writing from 3 passages")
    page.locator("#dl-question .stop-button").click()
    expect(page.locator(".dl-stopped")).to_have_text("Stopped. Nothing was checked yet.")
    assert room.closed.wait(5)
    written = room.tokens
    time.sleep(0.5)
    assert room.tokens == written < 400
    assert room.finished == 0
    expect(page.locator("#dl-question .submit-button")).to_be_visible()
    room.draft, room.pause = "short", 0
    ask(page, "And now?")
    expect(page.locator(".dl-colophon")).to_have_count(1)


def test_leaving_the_page_closes_the_stream(visit: Visit) -> None:
    room = StandIn(answered, pause=0.05, draft="word " * 400)
    page = visit(room)
    ask(page, "What is the state of the talks?")
    expect(page.locator(".dl-status")).to_contain_text("Writing from 3 passages")
    page.close()
    assert room.closed.wait(10)
    assert room.finished == 0


def test_retry_asks_the_same_once_more_in_the_same_place(visit: Visit) -> None:
    room = StandIn(answered)
    page = visit(room)
    ask(page, "What is the state of the talks?")
    expect(page.locator(".dl-colophon")).to_have_count(1)
    page.get_by_role("button", name="Retry").click()
    deadline = time.monotonic() + 10
    while room.finished < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [question for question, _ in room.asked] == ["What is the state of the talks?"] * 2
    expect(page.locator(".dl-question")).to_have_count(1)
    expect(page.locator(".dl-colophon")).to_have_count(1)


def test_undo_takes_the_question_back(visit: Visit) -> None:
    page = visit(StandIn(answered))
    ask(page, "What is the state of the talks?")
    expect(page.locator(".dl-colophon")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".dl-question")).to_have_count(0)
    expect(page.locator("#dl-question textarea")).to_have_value("What is the state of the talks?")


def test_an_example_is_asked_with_one_click(visit: Visit) -> None:
    room = StandIn(answered)
    page = visit(room)
    expect(page.locator(".dl-holdings")).to_have_text(
        "3 articles · 2 outlets · 4 December 2023 to 26 March 2024 · 1 undated"
    )
    page.locator(".example").first.click()
    expect(page.locator(".dl-colophon")).to_be_visible()
    assert room.asked == [("What is behind “Qatar keeps lines of communication open”?", None)]


def test_a_refusal_is_a_card_that_leads_to_the_nearest_evidence(visit: Visit) -> None:
    page = visit(StandIn(refused))
    ask(page, "Who won the 2022 World Cup?")
    card = page.locator(".dl-refusal")
    expect(card).to_contain_text("Not in this library")
    expect(card).to_contain_text("What is missing")
    card.get_by_role("link").nth(2).click()
    expect(page.locator("#dl-reader-title")).to_have_text("Flour and water through Rafah")
    expect(page.locator("#dl-here")).to_contain_text("A limited amount of aid")


def test_numbers_hold_over_questions_and_earlier_evidence_stays_in_reach(visit: Visit) -> None:
    page = visit(StandIn(answered))
    ask(page, "Who left the talks?")
    expect(page.locator(".dl-colophon")).to_have_count(1)
    ask(page, "Who mediates in Doha?")
    expect(page.locator(".dl-colophon")).to_have_count(2)
    markers = page.locator("a.dl-marker")
    seen = [markers.nth(at).evaluate("one => one.firstChild.data") for at in range(8)]
    assert seen == ["[1]", "[2]", "[3]", "[1]"] * 2, "a span keeps its number"
    expect(page.locator("#e1-1")).to_be_hidden()
    page.locator("summary", has_text="Earlier: Who left the talks?").click()
    expect(page.locator("#e1-1")).to_be_visible()


def test_a_follow_up_says_what_it_was_understood_as(visit: Visit) -> None:
    room = StandIn(answered)
    page = visit(room)
    ask(page, "What did the spokesman say about the talks in March 2024?")
    expect(page.locator(".dl-colophon")).to_have_count(1)
    expect(page.locator(".dl-asked-as")).to_have_count(0)
    ask(page, "And in September?")
    expect(page.locator(".dl-colophon")).to_have_count(2)
    asked_as = room.asked[1][0]
    assert asked_as != "And in September?"
    expect(page.locator(".dl-asked-as")).to_have_text(f"understood as: {asked_as}")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("   ", "The question is empty."),
        ("why " * 1000, "The question has more than 2,000 characters."),
    ],
)
def test_what_cannot_be_asked_is_told_in_the_chat(visit: Visit, question: str, words: str) -> None:
    page = visit(StandIn(answered))
    ask(page, question)
    expect(page.locator(".dl-trouble")).to_contain_text(words)
    expect(page.locator("#dl-question textarea")).to_be_editable()


def test_the_day_is_set_with_the_browsers_own_calendar(visit: Visit) -> None:
    room = StandIn(answered)
    page = visit(room)
    day = page.get_by_label("As of")
    expect(day).to_have_attribute("type", "date")
    day.fill("2024-03-31")
    ask(page, "What is the latest on the talks?")
    expect(page.locator(".dl-question .dl-asof")).to_have_text("as of 2024-03-31")
    expect(page.locator(".dl-newest")).to_have_text(
        "As of 26 March 2024 · Wire Service · 5 days old"
    )
    assert room.asked[0][1] == "2024-03-31"


def test_a_fault_in_the_newsroom_leaves_no_answer_hanging(visit: Visit) -> None:
    def broken(_: str) -> Answer:
        raise RuntimeError("the model fell over")

    page = visit(StandIn(broken))
    ask(page, "What happened?")
    expect(page.locator(".dl-trouble")).to_contain_text("Something went wrong on this machine")
    assert "fell over" not in page.content()


ATTACKS = [
    "<script>document.title='run'</script>",
    '"><img src=http://evil.example/a onerror="document.title=\'run\'">',
    "<style>body{background:url(http://evil.example/b)}</style>",
    "![x](http://evil.example/c) [y](http://evil.example/d)",
    "\n\n<iframe src=http://evil.example/e></iframe>\n\n",
    "<svg onload=\"document.title='run'\"><image href=http://evil.example/f></svg>",
    "$$\\href{javascript:document.title='run'}{x}$$ `code` <https://evil.example/g>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_runs_nothing_and_fetches_nothing(
    visit: Visit, outside: list[str], attack: str
) -> None:
    hostile = article(f"{attack} title", attack, date(2024, 3, 26), f"{attack} was said in Doha.")
    hit = hits([hostile])[0]

    def answer(question: str) -> Answer:
        base = answered(question)
        sentence = replace(base.sentences[0], text=attack, citations=(cite(hit, attack, 1),))
        quoted = replace(sentence, verdict="quote")
        return replace(
            base,
            short=attack,
            sentences=(sentence, quoted),
            citations=sentence.citations,
            hits=(hit, *base.hits),
        )

    page = visit(StandIn(answer, draft=attack, articles=[hostile, *ARTICLES]))
    title = page.title()
    ask(page, attack)
    expect(page.locator(".dl-colophon")).to_be_visible()
    page.locator("a.dl-marker").first.hover()
    page.locator("a.dl-marker").first.click()
    expect(page.locator("#dl-here")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.title() == title
    assert outside == []
    links = page.locator("#dl-chat a, #dl-panel a, #dl-reader a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert links
    assert all(link.startswith("#") for link in links)
    if "\n" not in attack:
        assert attack in page.locator("#dl-chat .dl-question").inner_text()


def test_markup_that_got_in_anyway_would_not_run(visit: Visit) -> None:
    page = visit(StandIn(answered))
    page.evaluate(
        "document.querySelector('#dl-panel').innerHTML ="
        ' \'<img src="http://evil.example/x" onerror="document.title=1">\''
    )
    page.evaluate(
        "fetch('http://evil.example/y').catch(() => { document.body.dataset.blocked = 1 })"
    )
    page.wait_for_function("document.body.dataset.blocked === '1'")
    page.wait_for_timeout(200)
    assert page.title() != "1"


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL])
def test_nothing_is_wider_than_the_window(visit: Visit, size: ViewportSize) -> None:
    page = visit(StandIn(answered), size=size)
    ask(page, "What is the state of the " + "verylongword" * 20)
    expect(page.locator(".dl-colophon")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_question_box_stays_where_it_is_while_the_answer_grows(visit: Visit) -> None:
    page = visit(StandIn(answered, pause=0.05))
    box = page.locator("#dl-question")
    before = box.bounding_box()
    ask(page, "What is the state of the talks?")
    expect(page.locator(".dl-card")).to_have_count(3)
    during = box.bounding_box()
    expect(page.locator(".dl-colophon")).to_be_visible()
    assert before == during == box.bounding_box()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("narrow", NARROW)])
def test_screenshots(
    visit: Visit, screenshots: Path, scheme: str, name: str, size: ViewportSize
) -> None:
    page = visit(StandIn(answered), scheme=scheme, size=size)
    ask(page, "What is the state of the talks in Doha?")
    expect(page.locator(".dl-colophon")).to_be_visible()
    if name == "wide":
        page.locator("a.dl-marker", has_text="[2]").hover()
    page.wait_for_timeout(300)
    shot = screenshots / f"page-{name}-{scheme}.png"
    page.screenshot(path=shot)
    assert 10_000 < shot.stat().st_size < 250_000
    background = page.evaluate(
        "getComputedStyle(document.querySelector('.gradio-container')).backgroundColor"
    )
    light = sum(int(part) for part in re.findall(r"\d+", background)[:3]) > 3 * 128
    assert light == (scheme == "light")

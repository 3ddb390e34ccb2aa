"""Kept conversations, judgements, edits and suggestions in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from evals.suites import load_suite
from tests.app.conftest import NARROW, WIDE, served
from tests.app.newsrooms import StandIn, answered

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SUGGESTED = "What is behind “Flour and water through Rafah”?"


def ask(page: Page, question: str) -> None:
    box = page.locator("#dl-question textarea")
    expect(box).to_be_editable()
    answers = page.locator(".dl-colophon").count()
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".dl-colophon")).to_have_count(answers + 1)
    expect(box).to_be_editable()


def unfold(page: Page) -> None:
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#dl-kept-sought")).to_be_visible()


def take(page: Page, name: str, folder: Path) -> str:
    """The text of the file that a button downloads."""
    button = page.locator(f"#dl-take-{name}")
    expect(button).to_be_enabled()
    with page.expect_download() as begun:
        button.click()
    return _text(begun.value, folder)


def _text(download: Download, folder: Path) -> str:
    file = folder / download.suggested_filename
    download.save_as(file)
    return file.read_text(encoding="utf-8")


@contextmanager
def visiting(browser: Browser, file: Path) -> Iterator[Page]:
    """A page that keeps its conversations in a file, served anew."""
    with served(StandIn(answered), kept=file) as address:
        context = browser.new_context(viewport=WIDE, accept_downloads=True)
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#dl-question textarea")
        yield page
        context.close()


def test_a_conversation_outlives_the_server(
    browser: Browser, tmp_path: Path, screenshots: Path
) -> None:
    file = tmp_path / "conversations.sqlite"
    with visiting(browser, file) as page:
        ask(page, "What did the spokesman say about the talks in Doha?")
        ask(page, "Who mediates in Doha?")
        shown = page.locator("#dl-chat a.dl-marker").all_inner_texts()
    with visiting(browser, file) as page:
        unfold(page)
        expect(page.locator("#dl-kept-list label")).to_have_count(1)
        expect(page.locator("#dl-kept-list label")).to_contain_text("2 questions")
        page.locator("#dl-kept-list input").check()
        page.locator("#dl-kept-open").click()
        expect(page.locator(".dl-question")).to_have_count(2)
        assert page.locator("#dl-chat a.dl-marker").all_inner_texts() == shown
        page.screenshot(path=screenshots / "kept-conversation.png")
        told = take(page, "markdown", tmp_path)
        assert "[^1]: Wire Service, 2024-03-26, " in told
        assert json.loads(take(page, "json", tmp_path))["form"] == "dateline-conversation"
        assert "@article{" in take(page, "bibtex", tmp_path)
        unfold_again = page.get_by_role("button", name="Conversations")
        unfold_again.click()
        ask(page, "And in March?")
        expect(page.locator(".dl-asked-as")).to_contain_text("March")
        unfold_again.click()
        expect(page.locator("#dl-kept-list label")).to_have_count(1)
        expect(page.locator("#dl-kept-list label")).to_contain_text("3 questions")


def test_conversations_are_found_renamed_and_deleted(visit: Visit) -> None:
    page = visit(StandIn(answered), size=NARROW)
    ask(page, "Who left the talks?")
    page.locator("#dl-clear").click()
    expect(page.locator(".dl-question")).to_have_count(0)
    ask(page, "Who mediates in Zanzibar?")
    unfold(page)
    expect(page.locator("#dl-kept-list label")).to_have_count(2)
    sought = page.locator("#dl-kept-sought input, #dl-kept-sought textarea")
    sought.fill("zanzibar")
    expect(page.locator("#dl-kept-list label")).to_have_count(1)
    page.locator("#dl-kept-list input").check()
    title = page.locator("#dl-kept-title input, #dl-kept-title textarea")
    expect(title).to_have_value("Who mediates in Zanzibar?")
    title.fill("The island")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("#dl-kept-list label")).to_contain_text("The island")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#dl-kept-status")).to_contain_text("Press again")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator("#dl-kept-status")).to_contain_text("Deleted")
    sought.fill("")
    expect(page.locator("#dl-kept-list label")).to_have_count(1)
    expect(page.locator("#dl-kept-list label")).to_contain_text("Who left the talks?")


def test_a_thumb_a_note_and_a_press_make_an_eval_sample(
    visit: Visit, tmp_path: Path, screenshots: Path
) -> None:
    page = visit(StandIn(answered))
    ask(page, "Who left the talks?")
    page.locator("#dl-chat").get_by_role("button", name="Dislike").click()
    expect(page.locator("#dl-judge-status")).to_contain_text("Kept: wrong")
    page.locator("#dl-judge-note textarea, #dl-judge-note input").fill("Not so")
    page.locator("#dl-judge-should textarea, #dl-judge-should input").fill("nobody")
    page.get_by_role("button", name="Make an eval sample").click()
    expect(page.locator("#dl-judge-status")).to_contain_text("the suite has 1 sample")
    page.screenshot(path=screenshots / "judged-answer.png")
    with page.expect_download() as begun:
        page.locator("#dl-judge-suite").click()
    _text(begun.value, tmp_path)
    (sample,) = load_suite(tmp_path / begun.value.suggested_filename).samples
    assert (sample.question, sample.target.answers) == ("Who left the talks?", ("nobody",))
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#dl-judge-note")).to_be_hidden()
    page.get_by_role("tab", name="Evals").click()
    offered = page.locator("#dl-suite label", has_text="my judged answers")
    expect(offered).to_contain_text("1 question of this library")
    page.screenshot(path=screenshots / "judged-suite.png")


def test_an_earlier_question_is_edited_from_the_keyboard(visit: Visit) -> None:
    room = StandIn(answered)
    page = visit(room)
    ask(page, "Who left the talks?")
    ask(page, "Who mediates?")
    page.locator("a.dl-edit").first.focus()
    page.keyboard.press("Enter")
    box = page.locator("#dl-question textarea")
    expect(box).to_have_value("Who left the talks?")
    expect(box).to_be_focused()
    expect(page.locator("#dl-edit-note")).to_contain_text("and 1 question after it")
    page.get_by_role("button", name="Do not edit").click()
    expect(box).to_have_value("")
    expect(page.locator("#dl-edit-note")).to_be_hidden()
    page.locator("a.dl-edit").first.click()
    expect(box).to_have_value("Who left the talks?")
    box.fill("Who stayed?")
    box.press("Enter")
    expect(page.locator(".dl-question")).to_have_count(1)
    expect(page.locator(".dl-question")).to_contain_text("Who stayed?")
    expect(page.locator(".dl-colophon")).to_have_count(1)
    assert [question for question, _ in room.asked][-1] == "Who stayed?"


def test_what_is_offered_next_is_asked_with_one_click(visit: Visit, outside: list[str]) -> None:
    page = visit(StandIn(answered, suggestible={SUGGESTED}))
    ask(page, "Who left the talks?")
    offered = page.locator("#dl-suggestions button", has_text="Flour and water")
    expect(offered).to_be_visible()
    offered.click()
    expect(page.locator(".dl-question")).to_have_count(2)
    expect(page.locator(".dl-question").last).to_contain_text("Flour and water")
    expect(page.locator(".dl-colophon")).to_have_count(2)
    expect(page.locator("#dl-suggestions")).to_be_hidden()
    assert outside == []

"""What is opened while an answer is being written takes its place, and nothing mixes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evals.store import RunStore
from evals.suite_run import run_suite
from evals.suites import load_suite
from rag.newsroom import Newsroom
from tests.app.doors import FIGURE, newsroom
from tests.app.rooms import ask, tab
from tests.app.test_page_kept_browser import unfold

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PATIENCE = 20_000
ELSE = "Who won the 2022 World Cup?"
"""A question that is refused without the model."""


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom whose model writes a word each third of a second."""
    with newsroom(tmp_path, delay=0.3) as opened:
        yield opened


@pytest.fixture
def runs(slow: Newsroom, tmp_path: Path) -> Path:
    path = tmp_path / "runs.sqlite"
    with RunStore.open(path) as store:
        suite = load_suite("sample")
        run_suite(suite, "nearest-sentence", slow, store, limit=12, progress=False)
    return path


def writes(page: Page) -> None:
    """Ask what the model writes about, and wait until it does."""
    box = page.locator("#dl-question textarea")
    expect(box).to_be_editable(timeout=PATIENCE)
    box.fill(FIGURE)
    box.press("Enter")
    expect(page.locator(".dl-status")).to_contain_text("Writing", timeout=PATIENCE)


def stands_alone(page: Page, question: str) -> None:
    """The conversation is one question long, and stays so though the model had more to say."""
    expect(page.locator(".dl-question")).to_have_count(1, timeout=PATIENCE)
    for _ in range(2):
        expect(page.locator(".dl-question")).to_contain_text(question)
        expect(page.locator(".dl-status")).to_have_count(0)
        expect(page.locator("#dl-chat")).not_to_contain_text("went wrong")
        expect(page.locator("#dl-chat")).not_to_contain_text("Stopped")
        expect(page.locator("#dl-question textarea")).to_be_editable()
        page.wait_for_timeout(3000)


def test_a_failure_takes_the_place_of_an_answer_that_is_being_written(
    slow: Newsroom, runs: Path, visit: Visit
) -> None:
    page = visit(slow, runs=runs)
    tab(page, "Evals")
    card = page.locator(".dl-wrong", has_not_text=FIGURE).first
    expect(card).to_be_visible(timeout=PATIENCE)
    lines = card.locator("summary").first.inner_text().splitlines()
    question = next(line for line in lines if line.endswith("?"))
    card.locator("summary").first.click()
    tab(page, "Ask")
    writes(page)
    tab(page, "Evals")
    card.get_by_role("link", name="Open as a conversation").click()
    expect(page.locator("#dl-chat .dl-record")).to_be_visible(timeout=PATIENCE)
    stands_alone(page, question)
    expect(page.locator("#dl-chat .dl-record")).to_be_visible()
    ask(page, ELSE)
    expect(page.locator(".dl-question")).to_have_count(2)


def test_a_kept_conversation_takes_the_place_of_an_answer_that_is_being_written(
    slow: Newsroom, visit: Visit
) -> None:
    page = visit(slow)
    ask(page, ELSE)
    page.locator("#dl-clear").click()
    expect(page.locator(".dl-question")).to_have_count(0)
    unfold(page)
    page.locator("#dl-kept-list input").check()
    writes(page)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator(".dl-question")).to_contain_text(ELSE, timeout=PATIENCE)
    stands_alone(page, ELSE)

"""Newsrooms with something of everything, for tests that look at all views; the way to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Page, expect

import rag
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from evals.store import RunStore
from evals.suite_run import run_suite
from evals.suites import load_suite
from rag.answer import Answer
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.conftest import served
from tests.app.newsrooms import ARTICLES, StandIn, answered, refused
from tests.app.test_page_draft import DRAFT
from tests.app.test_page_draft import REPORTS as DAM
from tests.app.test_page_over_time import REPORTS as FLOOD

RUN_QUESTIONS = 12


@dataclass(frozen=True, slots=True)
class Rooms:
    """A real newsroom, one with set answers over the same articles, and a store with two runs."""

    real: Newsroom
    set_answers: StandIn
    runs: Path


def made_rooms(folder: Path) -> Iterator[Rooms]:
    """The sample articles, reports of a flood and a dam, and 12 questions asked of two systems."""
    reports = folder / "reports"
    reports.mkdir()
    told_of = [("Flood", day, outlet, words) for day, (outlet, words) in FLOOD.items()]
    told_of += [("Dam", day, "Orsay Post", words) for day, words in DAM.items()]
    for what, day, outlet, words in told_of:
        head = f"---\ntitle: {what} in Orsay\noutlet: {outlet}\npublished: {day[:10]}\n---\n\n"
        Path(reports / f"{what}-{day}.md").write_text(f"{head}{words}\n")
    with rag.open(
        folder / "harbour",
        add=[sample_paths(), reports],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator(lambda _: "A limited amount of aid reached Gaza."),
        progress=False,
    ) as real:
        runs = folder / "runs.sqlite"
        with RunStore.open(runs) as store:
            for system in ("nearest-sentence", "dateline"):
                suite = load_suite("sample")
                run_suite(suite, system, real, store, limit=RUN_QUESTIONS, progress=False)
        told = real.timeline("people killed in the flood in Orsay")

        def answer(question: str) -> Answer:
            if "World Cup" in question:
                return refused(question)
            if "toll" in question:
                return replace(answered(question), timeline=told, conflicts=told.conflicts)
            return answered(question)

        yield Rooms(real, StandIn(answer, articles=[*ARTICLES, *real.library.articles()]), runs)


def served_rooms(rooms: Rooms) -> Iterator[dict[str, str]]:
    """View → the address of the page that it is on; one page for each newsroom."""
    with (
        served(rooms.set_answers, rooms.runs, anywhere=True) as first,
        served(rooms.real, rooms.runs, anywhere=True) as second,
    ):
        yield dict.fromkeys(OF_SET_ANSWERS, first) | dict.fromkeys(OF_THE_REAL, second)


def ask(page: Page, question: str = "What is the state of the talks in Doha?") -> None:
    """Ask, and wait for the whole answer."""
    answers = page.locator(".dl-colophon").count()
    box = page.locator("#dl-question textarea")
    expect(box).to_be_editable()
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".dl-colophon")).to_have_count(answers + 1)
    expect(page.locator(".dl-status")).to_have_count(0)


def tab(page: Page, name: str) -> None:
    """Go to a tab."""
    page.get_by_role("tab", name=name, exact=True).click()


def refusal(page: Page) -> None:
    """A refusal card."""
    ask(page, "Who won the 2022 World Cup?")


def over_time(page: Page) -> None:
    """A plot, its table, and sources that differ."""
    ask(page, "How did the toll change?")
    page.locator(".dl-over-time summary").click()
    expect(page.locator(".dl-over-time tbody tr").first).to_be_visible()
    page.locator(".dl-axis").scroll_into_view_if_needed()


def note(page: Page) -> None:
    """A marker's note, shown by keyboard."""
    ask(page)
    page.locator("a.dl-marker").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".dl-tip:visible")).to_have_count(1)


def reader(page: Page) -> None:
    """The reader view over an answer."""
    ask(page)
    page.locator("a.dl-marker").first.click()
    expect(page.locator("#dl-here")).to_be_visible()


def draft(page: Page) -> None:
    """A draft that was checked."""
    tab(page, "Check")
    page.locator("#dl-draft-box textarea").fill(DRAFT)
    page.locator("#dl-check").click()
    # A sentence takes up to a second on a busy machine.
    expect(page.locator("#dl-draft-status")).to_contain_text("checked.", timeout=30_000)


def library(page: Page) -> None:
    """What the library holds, and what a search found."""
    tab(page, "Library")
    expect(page.locator("#dl-holds h2")).to_be_visible()


def evals(page: Page) -> None:
    """A report with its folds open."""
    tab(page, "Evals")
    expect(page.locator(".dl-report h2")).to_contain_text("dateline", timeout=20_000)
    for place in range(2):
        page.locator(".dl-wrong > summary").nth(place).click()
    page.locator(".dl-report > .dl-fold > summary").first.click()


def compared(page: Page) -> None:
    """Two runs side by side."""
    tab(page, "Evals")
    expect(page.locator(".dl-report h2")).to_contain_text("dateline", timeout=20_000)
    page.locator("#dl-versus > button").click()
    page.locator("#dl-rivals label").nth(1).click()
    expect(page.locator(".dl-compared")).to_be_visible()


def settings(page: Page) -> None:
    """The settings, with every field of one's own shown."""
    tab(page, "Settings")
    expect(page.locator("#dl-now table").first).to_be_visible()
    for name in ("reader", "verifier", "model", "answerer", "embedder"):
        choice = page.locator(f"#dl-set-{name} input[value=own]")
        if choice.is_enabled():
            choice.check()
            expect(page.locator(f"#dl-set-{name}-own")).to_be_visible()


OF_SET_ANSWERS: dict[str, Callable[[Page], None]] = {
    "empty": lambda _: None,
    "answer": ask,
    "note": note,
    "refusal": refusal,
    "over-time": over_time,
    "reader": reader,
}
"""View → how a fresh page comes to it, where answers are set."""

OF_THE_REAL: dict[str, Callable[[Page], None]] = {
    "draft": draft,
    "library": library,
    "evals": evals,
    "compared": compared,
    "settings": settings,
}
"""The same, where the newsroom is a real one."""

"""The pictures of the page in `docs/screenshots`: every view, wide and narrow, light and dark.

    python -m tests.app.pictures docs/screenshots

It needs no model: the answers are set, and the library is the sample articles with a few more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.app.conftest import NARROW, WIDE
from tests.app.rooms import (
    OF_SET_ANSWERS,
    OF_THE_REAL,
    ask,
    made_rooms,
    served_rooms,
    tab,
)
from tests.conftest import CHROMIUM, FLAGS

SIZES: dict[str, ViewportSize] = {"wide": WIDE, "narrow": NARROW}


def answer(page: Page) -> None:
    """An answer, with the note of a marker."""
    ask(page)
    if _is_wide(page):
        page.locator("a.dl-marker", has_text="[2]").hover()


def kept(page: Page) -> None:
    """The kept conversations, unfolded."""
    ask(page)
    page.locator("#dl-kept > button").click()
    expect(page.locator("#dl-kept-list label")).not_to_have_count(0)


def judged(page: Page) -> None:
    """An answer that is being judged."""
    ask(page)
    page.get_by_role("button", name="Dislike").first.click()
    expect(page.locator("#dl-judge")).to_be_visible()


def over_time(page: Page) -> None:
    """Figures over time."""
    ask(page, "How did the toll change?")
    page.locator(".dl-axis").scroll_into_view_if_needed()


def draft(page: Page) -> None:
    """A draft that was checked, scrolled to what came of it."""
    OF_THE_REAL["draft"](page)
    if not _is_wide(page):
        page.locator("#dl-draft-report").scroll_into_view_if_needed()


def evals(page: Page) -> None:
    """The report of a run."""
    tab(page, "Evals")
    expect(page.locator(".dl-report h2")).to_contain_text("dateline", timeout=20_000)
    if not _is_wide(page):
        page.locator("#dl-report").scroll_into_view_if_needed()


def compared(page: Page) -> None:
    """Two runs side by side."""
    OF_THE_REAL["compared"](page)
    if not _is_wide(page):
        page.locator(".dl-compared").scroll_into_view_if_needed()


def failure(page: Page) -> None:
    """A wrong answer of a run, opened as a conversation."""
    tab(page, "Evals")
    expect(page.locator(".dl-report h2")).to_contain_text("dateline", timeout=20_000)
    page.locator(".dl-wrong > summary").first.click()
    page.get_by_role("link", name="Open as a conversation").first.click()
    expect(page.locator("#dl-chat .dl-record")).to_be_visible()


VIEWS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "page": ("answer", answer),
    "empty": ("answer", OF_SET_ANSWERS["empty"]),
    "refusal": ("answer", OF_SET_ANSWERS["refusal"]),
    "over-time": ("answer", over_time),
    "reader": ("answer", OF_SET_ANSWERS["reader"]),
    "kept": ("answer", kept),
    "judged": ("answer", judged),
    "draft": ("draft", draft),
    "library": ("draft", OF_THE_REAL["library"]),
    "evals": ("draft", evals),
    "compared": ("draft", compared),
    "failure": ("draft", failure),
    "settings": ("draft", lambda page: tab(page, "Settings")),
}
"""Picture → a view that is on the same page as it, and the way to it."""


def take(browser: Browser, addresses: dict[str, str], folder: Path, view: str) -> Iterator[Path]:
    """The four pictures of a view, one after another."""
    beside, show = VIEWS[view]
    for name, size in SIZES.items():
        with _fresh(browser, size) as page:
            page.goto(addresses[beside])
            page.wait_for_selector("#dl-question textarea")
            show(page)
            for scheme in ("light", "dark"):
                # Gradio asks for the scheme once, when the page is loaded, and sets this class.
                is_dark = scheme == "dark"
                page.evaluate("is => document.body.classList.toggle('dark', is)", is_dark)
                if view != "page":
                    page.mouse.move(0, 0)
                page.wait_for_timeout(350)
                shot = folder / f"{view}-{name}-{scheme}.png"
                page.screenshot(path=shot)
                yield shot


@contextmanager
def _fresh(browser: Browser, size: ViewportSize) -> Iterator[Page]:
    context = browser.new_context(viewport=size, color_scheme="light")
    try:
        yield context.new_page()
    finally:
        context.close()


def _is_wide(page: Page) -> bool:
    size = page.viewport_size
    return size is not None and size["width"] > NARROW["width"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("views", nargs=-1, type=click.Choice([*VIEWS]))
def main(folder: Path, views: tuple[str, ...]) -> None:
    """Take the pictures of VIEWS, or of all, into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for rooms in made_rooms(Path(home)):
            for addresses in served_rooms(rooms):
                for view in views or VIEWS:
                    for shot in take(browser, addresses, folder, view):
                        click.echo(shot)
        browser.close()


if __name__ == "__main__":
    main()

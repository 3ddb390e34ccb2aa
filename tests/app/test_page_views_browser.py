"""The views beside the chat in a real browser: figures over time, a draft, the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

import rag
from embeddings.embedders.hashing import HashEmbedder
from rag.answer import Answer
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.conftest import NARROW, WIDE
from tests.app.newsrooms import ARTICLES, StandIn, answered
from tests.app.test_page_draft import DRAFT
from tests.app.test_page_draft import REPORTS as DAM
from tests.app.test_page_over_time import REPORTS as FLOOD

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SMALL: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("desk")
    reports = {f"flood-{day}": (day[:10], *told) for day, told in FLOOD.items()}
    reports |= {f"dam-{day}": (day, "Orsay Post", words) for day, words in DAM.items()}
    for name, (day, outlet, words) in reports.items():
        title = f"{name.partition('-')[0].title()} in Orsay"
        head = f"---\ntitle: {title}\noutlet: {outlet}\npublished: {day}\n---\n\n"
        Path(folder / f"{name}.md").write_text(f"{head}{words}\n")
    with rag.open(
        folder / "library",
        add=[folder],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as made:
        yield made


def with_figures(newsroom: Newsroom) -> StandIn:
    """A stand-in whose answers come with the flood's figures."""
    told = newsroom.timeline("people killed in the flood in Orsay")

    def answer(question: str) -> Answer:
        return replace(answered(question), timeline=told, conflicts=told.conflicts)

    return StandIn(answer, articles=[*ARTICLES, *newsroom.library.articles()])


def ask(page: Page) -> None:
    page.locator("#dl-question textarea").fill("How did the toll change?")
    page.locator("#dl-question textarea").press("Enter")
    expect(page.locator(".dl-colophon")).to_be_visible()


def check(page: Page, text: str = DRAFT) -> None:
    page.get_by_role("tab", name="Check").click()
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()


def test_a_point_of_the_plot_opens_the_words_that_state_it(
    visit: Visit, newsroom: Newsroom, outside: list[str]
) -> None:
    page = visit(with_figures(newsroom))
    ask(page)
    sides = page.locator(".dl-side .dl-value")
    assert set(sides.all_inner_texts()) == {"27 people", "31 people"}
    point = page.locator(".dl-point").last
    point.focus()
    note = point.locator("xpath=..").locator(".dl-tip")
    expect(note).to_be_visible()
    expect(note).to_contain_text("2021-03-06: ")
    page.keyboard.press("Enter")
    expect(page.locator("#dl-here")).to_contain_text("people")
    page.locator("#dl-reader").get_by_role("link", name="Close the article").click()
    page.locator(".dl-over-time summary").click()
    expect(page.locator(".dl-over-time tbody tr").first).to_be_visible()
    assert outside == []


def test_sources_that_differ_stand_side_by_side_and_each_opens_its_article(
    visit: Visit, newsroom: Newsroom, outside: list[str]
) -> None:
    page = visit(with_figures(newsroom))
    ask(page)
    sides = page.locator(".dl-conflict").first.locator(".dl-side")
    expect(sides).to_have_count(2)
    first, second = (sides.nth(place).bounding_box() for place in (0, 1))
    assert first is not None
    assert second is not None
    assert abs(first["y"] - second["y"]) < 2, "they lie side by side"
    assert first["x"] + first["width"] <= second["x"]
    opened = []
    for place in (0, 1):
        side = sides.nth(place)
        value = side.locator(".dl-value").inner_text()
        side.locator("a.dl-marker").click()
        here = page.locator("#dl-here")
        expect(here).to_contain_text(value.split()[0])
        expect(here).to_have_text(side.locator("> q").inner_text())
        opened.append(page.locator("#dl-reader").inner_text())
        page.keyboard.press("Escape")
        expect(page.locator("#dl-reader .dl-reader")).to_have_count(0)
    assert opened[0] != opened[1]
    assert outside == []


def test_a_draft_is_annotated_and_its_markers_open_the_articles(
    visit: Visit, newsroom: Newsroom, outside: list[str]
) -> None:
    page = visit(newsroom)
    check(page)
    expect(page.locator("#dl-draft-status")).to_contain_text("7 sentences checked.")
    expect(page.locator(".dl-s.dl-v-contradicted")).to_contain_text("killed 21 people")
    note = page.locator(".dl-draft-note.dl-v-contradicted")
    expect(note).to_contain_text("12 people")
    page.locator(".dl-draft-block a.dl-marker").first.click()
    expect(page.locator("#dl-here")).to_have_text(
        "The flood in Orsay killed 12 people, fire chief Lena Brandt said."
    )
    page.keyboard.press("Escape")
    with page.expect_download() as told:
        page.get_by_role("button", name="Download HTML").click()
    assert told.value.suggested_filename == "checked-pasted-text.html"
    assert "21 people" in Path(told.value.path()).read_text()
    page.get_by_role("button", name="Start over").last.click()
    expect(page.locator("#dl-draft-report")).to_contain_text("What the articles say to it")
    expect(page.get_by_label("Text")).to_have_value("")
    assert outside == []


def test_a_draft_can_be_a_file(visit: Visit, newsroom: Newsroom, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_text("The bridge over the Orn will stay closed until May.")
    page = visit(newsroom)
    page.get_by_role("tab", name="Check").click()
    page.locator("#dl-draft-file input[type=file]").set_input_files(file)
    expect(page.locator("#dl-draft-file")).to_contain_text("draft")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#dl-draft-report h2")).to_have_text("draft.md")
    expect(page.locator(".dl-s.dl-v-supported")).to_have_count(1)


def test_a_long_check_can_be_stopped_and_keeps_what_was_checked(
    visit: Visit, newsroom: Newsroom
) -> None:
    page = visit(newsroom)
    check(page, "\n\n".join(f"The dam at Vell had held for {at} days." for at in range(2, 900)))
    expect(page.locator(".dl-s").nth(2)).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).first.click()
    expect(page.locator("#dl-draft-status")).to_contain_text("Stopped after")
    expect(page.get_by_role("button", name="Check", exact=True)).to_be_enabled()
    expect(page.locator(".dl-s").nth(2)).to_be_visible()


def test_what_cannot_be_checked_is_told(visit: Visit, newsroom: Newsroom) -> None:
    page = visit(newsroom)
    check(page, "...")
    expect(page.locator("#dl-draft-report .dl-trouble")).to_contain_text("there is no word in it")


def test_the_library_is_counted_searched_and_read(
    visit: Visit, newsroom: Newsroom, outside: list[str]
) -> None:
    page = visit(newsroom)
    page.get_by_role("tab", name="Library").click()
    holds = page.locator("#dl-holds")
    expect(holds.locator("h2")).to_have_text("library")
    expect(holds).to_contain_text("6 articles")
    expect(holds).to_contain_text("March 2021")
    page.get_by_label("Words").fill("bridge over the Orn")
    page.get_by_role("checkbox", name="Orsay Post").check()
    page.get_by_label("From").fill("2021-03-03")
    page.get_by_role("button", name="Search").click()
    found = page.locator("#dl-found li")
    expect(found).to_have_count(1)
    found.get_by_role("link").click()
    expect(page.locator("#dl-here")).to_contain_text("stay closed until May")
    assert outside == []


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL])
def test_no_view_is_wider_than_the_window(
    visit: Visit, newsroom: Newsroom, size: ViewportSize
) -> None:
    page = visit(with_figures(newsroom), size=size)

    def fits() -> bool:
        wide: int = page.evaluate("document.documentElement.scrollWidth")
        return wide <= size["width"]

    ask(page)
    assert fits()
    page.locator("a.dl-marker").first.click()
    expect(page.locator("#dl-here")).to_be_in_viewport()
    assert fits()
    page.keyboard.press("Escape")
    expect(page.locator(".dl-reader")).to_have_count(0)
    for name in ("Check", "Library"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(200)
        assert fits(), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("narrow", NARROW)])
def test_screenshots_of_the_views(
    visit: Visit,
    newsroom: Newsroom,
    screenshots: Path,
    scheme: str,
    name: str,
    size: ViewportSize,
) -> None:
    page = visit(newsroom, scheme=scheme, size=size)

    def shoot(view: str) -> None:
        page.mouse.move(0, 0)
        page.wait_for_timeout(300)
        shot = screenshots / f"{view}-{name}-{scheme}.png"
        page.screenshot(path=shot)
        assert 10_000 < shot.stat().st_size < 250_000

    check(page)
    expect(page.locator("#dl-draft-status")).to_contain_text("7 sentences checked.")
    if name == "narrow":
        page.locator("#dl-draft-report").scroll_into_view_if_needed()
    shoot("draft")
    page.locator(".dl-draft-block a.dl-marker").first.click()
    expect(page.locator("#dl-here")).to_be_visible()
    shoot("reader")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#dl-holds h2")).to_be_visible()
    shoot("library")
    over = visit(with_figures(newsroom), scheme=scheme, size=size)
    ask(over)
    over.locator(".dl-axis").scroll_into_view_if_needed()
    page = over
    shoot("over-time")

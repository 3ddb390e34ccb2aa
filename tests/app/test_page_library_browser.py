"""The library in a real browser: put articles in and take them back, open another, read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Locator, Page, expect

import rag
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.conftest import NARROW
from tests.app.newsrooms import article

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PATIENCE = 20_000

QUARRY = "Rain filled the quarry of Solane on Thursday, mayor Ada Quill said. Nobody was hurt."
ARABIC = "Ada Quill قالت إن المطر ملأ المحجر يوم الخميس ولم يصب أحد بأذى."


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with rag.open(
        tmp_path / "harbour",
        add=[file_of(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY)],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as made:
        yield made


def file_of(folder: Path, name: str, title: str, text: str, language: str = "en") -> Path:
    file = folder / name
    head = f"title: {title}\noutlet: Solane Courier\npublished: 2021-05-06\nlanguage: {language}"
    file.write_text(f"---\n{head}\n---\n\n{text}\n")
    return file


def library(page: Page) -> Locator:
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#dl-holds h2")).to_be_visible()
    return page.locator("#dl-holds")


def test_files_go_in_with_a_report_and_can_be_taken_back(
    visit: Visit, newsroom: Newsroom, tmp_path: Path, outside: list[str]
) -> None:
    page = visit(newsroom)
    holds = library(page)
    expect(holds).to_contain_text("1 article")
    page.get_by_role("button", name="Put articles in").click()
    (tmp_path / "odd.bin").write_bytes(b"\0\1\2")
    files = [
        file_of(tmp_path, "ferry.md", "Ferry aground", "The ferry ran aground off the cape."),
        file_of(tmp_path, "again.md", "Quarry in Solane floods", QUARRY),
        tmp_path / "odd.bin",
    ]
    page.locator("#dl-files input[type=file]").set_input_files(files)
    expect(page.locator("#dl-files")).to_contain_text("ferry")
    page.get_by_role("button", name="Put in", exact=True).click()
    report = page.locator("#dl-upload-report")
    expect(report.locator("tr").filter(has_text="added")).to_contain_text("1")
    expect(report.locator("tr").filter(has_text="duplicates")).to_contain_text("1")
    expect(report.locator("li")).to_contain_text("odd.bin: not a form that Dateline reads")
    expect(holds).to_contain_text("2 articles")
    expect(page.locator("#dl-masthead")).to_contain_text("2 articles")
    expect(page.locator("#dl-found li").filter(has_text="Ferry aground")).to_be_visible()
    expect(page.locator("#dl-files")).not_to_contain_text("ferry")
    page.get_by_role("button", name="Take back 3 files").click()
    expect(page.locator("#dl-upload-status")).to_contain_text("1 article removed")
    expect(holds).to_contain_text("1 article")
    expect(page.locator("#dl-found")).not_to_contain_text("Ferry aground")
    expect(page.get_by_role("button", name="Take back")).to_be_disabled()
    assert outside == []


class Halted(HashEmbedder):
    """Embeds once it may."""

    def __init__(self) -> None:
        super().__init__(256)
        self.may = Event()
        self.may.set()

    def embed(self, texts: Sequence[str]) -> Vectors:
        assert self.may.wait(PATIENCE / 1000)
        return super().embed(texts)


def test_an_upload_can_be_stopped_and_what_went_in_can_be_taken_back(
    visit: Visit, tmp_path: Path
) -> None:
    embedder = Halted()
    first = file_of(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY)
    files = [
        file_of(tmp_path, f"{number}.md", f"Ferry {number}", f"Ferry {number} ran aground. " * 90)
        for number in range(60)
    ]
    with rag.open(
        tmp_path / "harbour",
        add=[first],
        embedder=embedder,
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as newsroom:
        page = visit(newsroom)
        holds = library(page)
        page.get_by_role("button", name="Put articles in").click()
        page.locator("#dl-files input[type=file]").set_input_files(files)
        expect(page.locator("#dl-files")).to_contain_text("59")
        embedder.may.clear()
        page.get_by_role("button", name="Put in", exact=True).click()
        told = page.locator("#dl-upload-status")
        expect(told).to_contain_text("dealt with", timeout=PATIENCE)
        page.locator("#dl-take-stop").click()
        expect(told).to_contain_text("Stopping")
        embedder.may.set()
        expect(told).to_contain_text("Stopped.", timeout=PATIENCE)
        went_in = newsroom.library.stats().articles - 1
        assert 0 < went_in < len(files)
        expect(holds).to_contain_text(f"{went_in + 1} articles")
        page.get_by_role("button", name="Take back").click()
        expect(holds).to_contain_text("1 article", timeout=PATIENCE)
        assert newsroom.library.stats().articles == 1


def test_a_whole_folder_goes_in(visit: Visit, newsroom: Newsroom, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    (folder / "deeper").mkdir(parents=True)
    file_of(folder, "index.md", "Ferry aground", "The ferry ran aground off the cape at noon.")
    file_of(folder / "deeper", "index.md", "Bridge shut", "The bridge over the Orn is shut.")
    page = visit(newsroom)
    holds = library(page)
    page.get_by_role("button", name="Put articles in").click()
    page.locator("#dl-dir input[type=file]").set_input_files(folder)
    expect(page.locator("#dl-dir")).to_contain_text("index")
    page.get_by_role("button", name="Put in", exact=True).click()
    expect(holds).to_contain_text("3 articles")
    expect(page.locator("#dl-found li")).to_have_count(3)


def test_nothing_chosen_and_a_bad_name_are_told(visit: Visit, newsroom: Newsroom) -> None:
    page = visit(newsroom)
    library(page)
    page.get_by_role("button", name="Put articles in").click()
    page.get_by_role("button", name="Put in", exact=True).click()
    expect(page.locator("#dl-upload-status")).to_contain_text("Nothing was chosen")
    page.get_by_role("button", name="Other libraries").click()
    page.get_by_label("A new library").fill("../elsewhere")
    page.get_by_role("button", name="Make").click()
    expect(page.locator("#dl-library-told")).to_contain_text("has a name, not a folder")


def test_another_library_is_made_opened_and_left_and_no_talk_goes_on_in_it(
    visit: Visit, newsroom: Newsroom
) -> None:
    page = visit(newsroom)
    page.locator("#dl-question textarea").fill("What filled the quarry of Solane?")
    page.locator("#dl-question textarea").press("Enter")
    expect(page.locator(".dl-colophon")).to_be_visible()
    holds = library(page)
    page.get_by_role("button", name="Other libraries").click()
    page.get_by_label("A new library").fill("quay")
    page.get_by_role("button", name="Make").click()
    expect(page.locator("#dl-library-told")).to_contain_text("Made and opened: quay.")
    expect(holds).to_contain_text("This library is empty")
    expect(page.locator("#dl-masthead")).to_contain_text("No articles yet")
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator(".dl-answer")).to_have_count(0)
    expect(page.locator("#dl-chat")).to_contain_text("This library is empty")
    library(page)
    page.locator("#dl-libraries label").filter(has_text="harbour").click()
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator("#dl-library-told")).to_contain_text("Opened: harbour.")
    expect(holds).to_contain_text("1 article")


def test_a_page_that_was_open_meanwhile_begins_its_conversation_anew(
    visit: Visit, newsroom: Newsroom
) -> None:
    page = visit(newsroom)
    other = page.context.new_page()
    other.goto(page.url)
    for one in (page, other):
        one.locator("#dl-question textarea").fill("What filled the quarry of Solane?")
        one.locator("#dl-question textarea").press("Enter")
        expect(one.locator(".dl-colophon")).to_be_visible()
    library(page)
    page.get_by_role("button", name="Other libraries").click()
    page.get_by_label("A new library").fill("quay")
    page.get_by_role("button", name="Make").click()
    expect(page.locator("#dl-library-told")).to_contain_text("Made and opened: quay.")
    other.locator("#dl-question textarea").fill("Was anybody hurt there?")
    other.locator("#dl-question textarea").press("Enter")
    expect(other.locator(".dl-anew")).to_contain_text("another library is open now: quay")
    expect(other.locator(".dl-answer")).to_have_count(1)


def test_a_long_list_is_read_a_page_at_a_time(visit: Visit, newsroom: Newsroom) -> None:
    newsroom.library.add(
        article(f"Pump {at} runs", "Solane Courier", date(2021, 4, 1), f"Pump {at} ran {at * 3} h.")
        for at in range(44)
    )
    page = visit(newsroom, size=NARROW)
    library(page)
    found = page.locator("#dl-found")
    expect(found.locator("h2")).to_have_text("Articles 1 to 20 of 45")
    page.get_by_role("button", name="Next").click()
    expect(found.locator("h2")).to_have_text("Articles 21 to 40 of 45")
    page.get_by_role("button", name="Next").click()
    expect(found.locator("li")).to_have_count(5)
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_role("button", name="Previous").click()
    expect(found.locator("h2")).to_have_text("Articles 21 to 40 of 45")


def test_an_article_of_the_right_is_read_from_the_right(
    visit: Visit, newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.add([file_of(tmp_path, "flood.md", "فيضان في سولان", ARABIC, "ar")], progress=False)
    page = visit(newsroom)
    library(page)
    page.locator("#dl-found").get_by_role("link", name="فيضان في سولان").click()
    text = page.locator(".dl-reader-text p")
    expect(text).to_contain_text("قالت إن المطر")
    assert text.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert text.evaluate("element => getComputedStyle(element).textAlign") in ("start", "right")
    title = page.locator("#dl-reader-title")
    assert title.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_copies_and_changes_of_an_article_are_read_and_followed(
    visit: Visit, newsroom: Newsroom, screenshots: Path
) -> None:
    body = (
        "The ferry between Corvane and Solane will not sail on Friday, its operator said on "
        "Thursday.\n\nA storm warning is in force for the whole strait, the harbour office wrote "
        "on its site. Some 240 passengers hold tickets for it, and the office said that it would "
        "pay each of them back before the end of the month, without a form to be filled in."
    )
    report = article("No ferry to Solane on Friday", "Solane Courier", date(2021, 5, 6), body)
    copy = article("Storm keeps the ferry in", "Corvane Post", date(2021, 5, 7), body)
    newsroom.library.add([report, copy])
    changed = replace(report, text=body.replace("Some 240", "Some 260"))
    newsroom.library.add([changed])
    page = visit(newsroom)
    library(page)
    page.locator("#dl-found").get_by_role("link", name=report.title).click()
    shown = page.locator(".dl-reader")
    expect(shown.locator(".dl-gone")).to_contain_text("Some 240 passengers", timeout=PATIENCE)
    expect(shown.locator(".dl-came")).to_contain_text("Some 260 passengers")
    page.screenshot(path=screenshots / "copies-and-changes.png")
    shown.get_by_role("link", name=copy.title).click()
    expect(page.locator("#dl-reader-title")).to_have_text(copy.title, timeout=PATIENCE)
    expect(shown.get_by_role("link", name=report.title)).to_be_visible()

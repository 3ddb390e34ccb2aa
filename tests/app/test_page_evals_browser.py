"""The evals tab in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

import rag
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from evals.store import RunStore
from evals.suite_run import run_suite
from evals.suites import load_suite
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.conftest import NARROW, WIDE
from tests.app.newsrooms import StandIn, answered
from tests.app.test_page_evals_runs import Gate as Held
from tests.evals.small import newsroom as small_newsroom

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SMALL: ViewportSize = {"width": 320, "height": 640}

QUESTIONS = """question,answer,article,unanswerable
How much will the quay cost?,<img src=http://evil.example/x onerror=alert(1)>,Harbour plan,
How many cracked beams were found?,14,Bridge closed,
Who landed on Mars?,,,yes
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Newsroom]:
    with small_newsroom(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with rag.open(
        tmp_path_factory.mktemp("sample") / "library",
        add=[sample_paths()],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator(lambda _: "A limited amount of aid reached Gaza."),
        progress=False,
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def runs(sample: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two whole runs and one that was stopped."""
    path = tmp_path_factory.mktemp("runs") / "runs.sqlite"
    suite = load_suite("sample")
    with RunStore.open(path) as store:
        for system in ("nearest-sentence", "dateline"):
            run_suite(suite, system, sample, store, progress=False)
    return path


def evals(page: Page) -> Page:
    page.get_by_role("tab", name="Evals").click()
    expect(page.locator("#dl-run")).to_be_enabled()
    return page


def choose(page: Page, group: str, value: str) -> None:
    page.locator(f"#{group} input[value='{value}']").check()


def upload(page: Page, name: str, text: str) -> None:
    choose(page, "dl-suite", "own questions")
    page.locator("#dl-file input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    )
    expect(page.locator("#dl-file")).to_contain_text(name.partition(".")[0])


def test_run_a_suite_and_open_what_went_wrong(
    small: Newsroom, visit: Visit, outside: list[str]
) -> None:
    page = evals(visit(small))
    expect(page.locator(".dl-report")).to_contain_text("No run yet")
    expect(page.locator("#dl-suite")).not_to_contain_text("sample articles")
    choose(page, "dl-system", "nearest-sentence")
    page.locator("#dl-limit input, #dl-limit textarea").fill("8")
    before = page.locator("#dl-run").bounding_box()
    page.locator("#dl-run").click()
    expect(page.locator("#dl-status")).to_contain_text("8 questions asked")
    expect(page.locator(".dl-report h2")).to_have_text("nearest-sentence on time")
    assert page.locator("#dl-run").bounding_box() == before
    expect(page.locator(".dl-figures > div").first).to_contain_text("95 % interval")
    card = page.locator(".dl-wrong").first
    expect(card.locator(".dl-pairs")).to_be_hidden()
    card.locator("summary").first.click()
    expect(card.locator(".dl-pairs")).to_contain_text("Expected")
    expect(card.locator("blockquote cite").first).to_contain_text(re.compile(r"\d{4}|undated"))
    card.get_by_text("metrics said").click()
    expect(card.locator("table")).to_contain_text("answer_accuracy")
    page.get_by_text("Every metric", exact=False).first.click()
    expect(page.locator(".dl-report > .dl-fold table")).to_contain_text("Refusal and confidence")
    assert outside == []


def test_ask_ones_own_questions(small: Newsroom, visit: Visit, outside: list[str]) -> None:
    page = evals(visit(small))
    title = page.title()
    upload(page, "mine.csv", QUESTIONS)
    page.locator("#dl-run").click()
    expect(page.locator("#dl-status")).to_contain_text("3 questions asked")
    expect(page.locator(".dl-report h2")).to_have_text("dateline on mine")
    expect(page.locator(".dl-wrongs")).to_contain_text("How much will the quay cost?")
    page.locator(".dl-wrong", has_text="quay").locator("summary").first.click()
    expect(page.locator(".dl-pairs").first).to_contain_text("<img src=http://evil.example/x")
    page.wait_for_timeout(300)
    assert page.title() == title
    assert outside == []


def test_a_bad_file_is_told_with_its_line(small: Newsroom, visit: Visit) -> None:
    page = evals(visit(small))
    upload(page, "mine.jsonl", '{"question": "Who?", "answer": "She"}\n{oops\n')
    page.locator("#dl-run").click()
    told = page.locator("#dl-status [role=alert]")
    expect(told).to_contain_text("(mine.jsonl, line 2)")
    expect(told).to_contain_text("Next: write one JSON object a line")
    expect(page.locator("#dl-run")).to_be_enabled()


class Paced:
    """Answers as a newsroom does, so many seconds late."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.asked: list[str] = []
        self.seconds = seconds
        answer = Newsroom.ask

        def ask(newsroom: Newsroom, question: str, **day: object) -> object:
            time.sleep(self.seconds)
            self.asked.append(question)
            return answer(newsroom, question, **day)  # type: ignore[arg-type]

        monkeypatch.setattr(Newsroom, "ask", ask)


def test_stop_and_go_on(
    small: Newsroom, visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paced = Paced(monkeypatch, 0.4)
    page = evals(visit(small, runs=tmp_path / "runs.sqlite"))
    page.locator("#dl-limit input, #dl-limit textarea").fill("12")
    page.locator("#dl-run").click()
    expect(page.locator("#dl-run")).to_be_disabled()
    expect(page.locator("#dl-status")).to_contain_text(
        re.compile(r"[2-9] of 12 · about \d+ s left")
    )
    # The chat is not kept waiting by the run.
    page.get_by_role("tab", name="Ask").click()
    page.locator("#dl-question textarea").fill("How many cracked beams were found?")
    page.locator("#dl-question textarea").press("Enter")
    expect(page.locator(".dl-colophon")).to_be_visible()
    page.get_by_role("tab", name="Evals").click()
    page.locator("#dl-stop").click()
    expect(page.locator("#dl-status")).to_contain_text("Run goes on from there")
    expect(page.locator(".dl-report h2")).to_have_text("dateline on time so far")
    asked = len(paced.asked)
    assert 2 <= asked < 12
    page.wait_for_timeout(800)
    assert len(paced.asked) == asked
    paced.seconds = 0.0
    page.locator("#dl-run").click()
    expect(page.locator("#dl-status")).to_contain_text("12 questions asked")
    expect(page.locator(".dl-report h2")).to_have_text("dateline on time")
    assert len(paced.asked) == 12
    expect(page.locator("#dl-runs label")).to_have_count(1)


def test_a_reader_is_told_to_wait_for_a_question_of_a_run_and_comes_next(
    small: Newsroom, visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = Held(monkeypatch)
    page = evals(visit(small, runs=tmp_path / "runs.sqlite"))
    page.locator("#dl-limit input, #dl-limit textarea").fill("6")
    page.locator("#dl-run").click()
    expect(page.locator("#dl-status")).to_contain_text("0 of 6", timeout=20_000)
    assert asked.begun.wait(20)
    page.get_by_role("tab", name="Ask").click()
    page.locator("#dl-question textarea").fill("How many cracked beams were found?")
    page.locator("#dl-question textarea").press("Enter")
    expect(page.locator(".dl-status")).to_contain_text("Waiting for 1 question", timeout=20_000)
    asked.allow(1)
    expect(page.locator(".dl-colophon")).to_be_visible(timeout=20_000)
    assert len(asked.asked) == 1
    asked.allow(5)
    page.get_by_role("tab", name="Evals").click()
    expect(page.locator("#dl-status")).to_contain_text("6 questions asked", timeout=20_000)


def test_leaving_the_page_ends_the_run(
    small: Newsroom, visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paced = Paced(monkeypatch, 0.3)
    page = evals(visit(small, runs=tmp_path / "runs.sqlite"))
    page.locator("#dl-run").click()
    expect(page.locator("#dl-status")).to_contain_text(re.compile(r"[1-9] of 73 · about"))
    page.close()
    for _ in range(50):
        asked = len(paced.asked)
        time.sleep(0.8)
        if len(paced.asked) == asked:
            break
    assert len(paced.asked) == asked < 60


def test_stored_runs_are_shown_compared_and_taken_along(
    sample: Newsroom, runs: Path, visit: Visit, outside: list[str], tmp_path: Path
) -> None:
    page = evals(visit(sample, runs=runs))
    expect(page.locator("#dl-runs label")).to_have_count(2)
    expect(page.locator(".dl-report h2")).to_have_text("dateline on sample")
    page.locator("#dl-runs label", has_text="nearest-sentence").click()
    expect(page.locator(".dl-report h2")).to_have_text("nearest-sentence on sample")
    page.locator("#dl-versus > button").click()
    page.locator("#dl-rivals label", has_text="dateline on sample").click()
    expect(page.locator(".dl-compared h2")).to_have_text(
        "nearest-sentence against dateline", timeout=20_000
    )
    page.locator("#dl-rivals label", has_text="nothing").click()
    expect(page.locator(".dl-report h2")).to_have_text("nearest-sentence on sample")
    expect(page.locator("#dl-download")).to_be_enabled()
    page.wait_for_timeout(200)
    with page.expect_download() as download:
        page.locator("#dl-download").click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"dateline-evals-sample-nearest-sentence-[0-9a-f]{8}\.html", name)
    download.value.save_as(tmp_path / name)
    assert "nearest-sentence" in (tmp_path / name).read_text("utf-8")
    assert outside == []


def test_the_tabs_can_be_reached_and_changed_by_keyboard(small: Newsroom, visit: Visit) -> None:
    page = visit(small)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_text(["Ask", "Check", "Library", "Evals", "Settings"])
    tabs.nth(3).focus()
    page.keyboard.press("Enter")
    expect(tabs.nth(3)).to_have_attribute("aria-selected", "true")
    expect(page.locator("#dl-question")).to_be_hidden()
    expect(page.locator("#dl-run")).to_be_visible()


def test_the_conversation_is_still_there_after_a_look_at_the_evals(visit: Visit) -> None:
    page = visit(StandIn(answered))
    page.locator("#dl-question textarea").fill("What is the state of the talks?")
    page.locator("#dl-question textarea").press("Enter")
    expect(page.locator(".dl-colophon")).to_be_visible()
    evals(page)
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator(".dl-colophon")).to_be_visible()
    expect(page.locator(".dl-card")).to_have_count(3)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL])
def test_nothing_is_wider_than_the_window(
    sample: Newsroom, runs: Path, visit: Visit, size: ViewportSize
) -> None:
    page = evals(visit(sample, size=size, runs=runs))
    expect(page.locator(".dl-report h2")).to_have_text("dateline on sample")
    opened: Sequence[str] = ("#dl-versus > button", ".dl-report > .dl-fold > summary")
    for fold in opened:
        page.locator(fold).first.click()
    for place in range(3):
        page.locator(".dl-wrong > summary").nth(place).click()
    choose(page, "dl-suite", "own questions")
    expect(page.locator("#dl-file")).to_be_visible()
    page.get_by_text("How to write it").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.locator("#dl-rivals label").nth(1).click()
    expect(page.locator(".dl-compared")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    # What does not fit scrolls inside the report, and can be scrolled by keyboard.
    boxes = page.locator(".dl-scroll").evaluate_all("all => all.map(box => box.tabIndex)")
    assert boxes
    assert set(boxes) == {0}


def test_the_tab_bar_lies_in_the_masthead_and_covers_nothing(
    sample: Newsroom, runs: Path, visit: Visit
) -> None:
    for size in (WIDE, NARROW, SMALL):
        page = visit(sample, size=size, runs=runs)
        bar = page.get_by_role("tablist").bounding_box()
        masthead = page.locator("#dl-masthead").bounding_box()
        assert bar is not None
        assert masthead is not None
        assert bar["y"] + bar["height"] <= masthead["y"] + masthead["height"]
        for words in (".dl-masthead h1", ".dl-holdings"):
            covered = page.locator(words).evaluate(
                """(element, bar) => {
                    const range = document.createRange();
                    range.selectNodeContents(element);
                    return [...range.getClientRects()].some(line =>
                        line.right > bar.x && line.left < bar.x + bar.width &&
                        line.bottom > bar.y && line.top < bar.y + bar.height);
                }""",
                bar,
            )
            assert not covered, (size, words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("narrow", NARROW)])
def test_screenshots(
    sample: Newsroom,
    runs: Path,
    visit: Visit,
    screenshots: Path,
    scheme: str,
    name: str,
    size: ViewportSize,
) -> None:
    page = evals(visit(sample, scheme=scheme, size=size, runs=runs))
    expect(page.locator(".dl-report h2")).to_have_text("dateline on sample")
    if name == "narrow":
        page.locator("#dl-report").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    shot = screenshots / f"evals-{name}-{scheme}.png"
    page.screenshot(path=shot)
    assert 10_000 < shot.stat().st_size < 300_000

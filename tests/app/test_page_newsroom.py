"""The page over a real newsroom: the sample library, no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import gradio as gr
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

import app
import rag
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from evals.store import DEFAULT_STORE
from page.ask.events import answer, start_over, stream
from page.conversation.turn import Conversation, asked
from page.desk.desk import Desk
from page.desk.masthead import SAMPLE_QUESTIONS, example_questions, holdings, welcome
from page.evals.bench import Bench
from page.kept.store import KeptStore
from page.layout import build
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.newsrooms import StandIn, answered

QUESTION = "Which goods were reaching Gaza in early December 2023?"
# The small model is asked to write only where a figure or a day is asked for.
FIGURE_QUESTION = "How many hostages whom militants took remain in Gaza?"
REPLY = "A limited amount of aid, mainly flour and water, reached Gaza by way of Rafah."


@pytest.fixture
def scripted() -> ScriptedGenerator:
    return ScriptedGenerator([REPLY])


@pytest.fixture
def newsroom(tmp_path: Path, scripted: ScriptedGenerator) -> Iterator[Newsroom]:
    with rag.open(
        tmp_path / "library",
        add=[sample_paths()],
        embedder=HashEmbedder(256),
        generator=scripted,
        progress=False,
    ) as newsroom:
        yield newsroom


def drawn(newsroom: Newsroom, question: str, as_of: str = "") -> list[Conversation]:
    return [turns for turns, _, _ in stream(newsroom.chat(), asked((), question, as_of))]


def test_the_desk_says_what_is_open(newsroom: Newsroom) -> None:
    stats = newsroom.library.stats()
    assert f"{stats.articles} articles" in holdings(newsroom)
    assert f"{stats.undated} undated" in holdings(newsroom)
    assert example_questions(newsroom) == SAMPLE_QUESTIONS
    assert f"Ask {stats.articles} articles" in welcome(newsroom)


def test_other_libraries_are_asked_about_their_own_headlines() -> None:
    assert example_questions(StandIn(answered).newsroom)[0] == (
        "What is behind “Qatar keeps lines of communication open”?"
    )


def test_an_empty_library_says_how_to_fill_it() -> None:
    empty = StandIn(answered, articles=()).newsroom
    assert "on the tab Library" in welcome(empty)
    assert holdings(empty) == "No articles yet"
    assert example_questions(empty) == ()


def test_the_evidence_is_there_before_the_first_word(newsroom: Newsroom) -> None:
    states = drawn(newsroom, QUESTION)
    first = states[0][-1]
    assert first.phase == "reading"
    assert first.hits
    assert not first.draft
    assert states[-1][-1].phase == "done"


def test_an_early_day_shows_only_what_was_out_by_then(newsroom: Newsroom) -> None:
    turn = drawn(newsroom, QUESTION, "2023-12-31")[-1][-1]
    assert turn.hits
    assert all(h.article.published and h.article.published.year == 2023 for h in turn.hits)


@pytest.mark.parametrize(
    ("question", "as_of"), [("", ""), ("why " * 1000, ""), (QUESTION, "31/12/2023")]
)
def test_what_cannot_be_asked_ends_in_the_words_of_the_error(
    newsroom: Newsroom, question: str, as_of: str
) -> None:
    turn = drawn(newsroom, question, as_of)[-1][-1]
    assert turn.phase == "failed"
    assert turn.trouble


def test_what_was_taken_back_or_asked_anew_is_no_part_of_the_conversation() -> None:
    room = StandIn(answered)
    talk = room.chat()
    (*_, (first, _, _)) = stream(talk, asked((), "Who left the talks?"))
    (*_, (both, _, _)) = stream(talk, asked(first, "Who mediates in Doha?"))
    assert [turn.question for turn in talk.turns] == [turn.question for turn in both]
    (*_, (anew, _, _)) = stream(talk, asked(first, "Who pays in Doha?"))
    assert [turn.question for turn in talk.turns] == [turn.question for turn in anew]
    (*_, (alone, _, _)) = stream(talk, asked((), "Who left the talks?"))
    assert [turn.question for turn in talk.turns] == [turn.question for turn in alone]
    assert alone[0].citations == first[0].citations, "a span keeps its number"


def test_a_talk_begins_with_its_first_question_and_ends_with_start_over() -> None:
    room = StandIn(answered)
    steps = list(answer(Desk(room.newsroom), None, asked((), "Who left the talks?")))
    talk = steps[-1][0]
    assert all(step[0] is talk for step in steps)
    assert len(talk.turns) == 1
    assert start_over()[0] is None


def test_closing_the_stream_stops_the_model(
    newsroom: Newsroom, scripted: ScriptedGenerator
) -> None:
    states = stream(newsroom.chat(), asked((), FIGURE_QUESTION))
    assert any(turns[-1].phase == "writing" for turns, _, _ in states)
    states.close()
    assert scripted.stopped == 1


def closed(page: gr.Blocks, *_: object) -> None:
    """Asked to stop as soon as it serves."""
    page.close(verbose=False)


def test_the_command_serves_the_library(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[gr.Blocks] = []
    monkeypatch.setattr("rag.open", lambda *_, **__: newsroom)
    monkeypatch.setattr(app, "run_until_stopped", lambda page, *_: served.append(page))
    outcome = CliRunner().invoke(app.main, ["--library", "any", "--port", "0"])
    assert outcome.exit_code == 0, outcome.output
    assert f"Dateline is at {str(served[0].local_url).rstrip('/')}" in outcome.output
    served[0].close(verbose=False)


def test_the_command_opens_the_sample_library_when_none_is_named(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Settings] = []

    def opened(*, settings: Settings) -> Newsroom:
        calls.append(settings)
        return newsroom

    monkeypatch.setattr("app.open_sample", opened)
    monkeypatch.setattr(app, "run_until_stopped", closed)
    outcome = CliRunner().invoke(app.main, ["--port", "0", "--model", "path:/models/other"])
    assert outcome.exit_code == 0, outcome.output
    assert calls[0].model == "path:/models/other"


@pytest.mark.parametrize(
    ("arguments", "store"),
    [([], DEFAULT_STORE), (["--runs", "mine.sqlite"], Path("mine.sqlite"))],
)
def test_the_command_keeps_runs_where_it_is_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, arguments: list[str], store: Path
) -> None:
    benches: list[Bench] = []

    def built(desk: Desk, bench: Bench, store: KeptStore) -> gr.Blocks:
        benches.append(bench)
        return build(desk, bench, store)

    monkeypatch.setattr("rag.open", lambda *_, **__: newsroom)
    monkeypatch.setattr(app, "build", built)
    monkeypatch.setattr(app, "run_until_stopped", closed)
    outcome = CliRunner().invoke(app.main, ["--library", "any", "--port", "0", *arguments])
    assert outcome.exit_code == 0, outcome.output
    (bench,) = benches
    assert bench.store == store
    assert not bench.desk.folder.exists(), "it was closed"
    assert not Path("mine.sqlite").exists(), "a store is made by its first run"


@pytest.mark.parametrize(
    ("host", "auth", "anywhere"),
    [
        ("127.0.0.1", None, True),
        ("localhost", ("desk", "secret"), False),
        ("0.0.0.0", ("desk", "secret"), False),
    ],
)
def test_only_the_one_user_of_this_machine_may_open_any_folder(
    host: str, auth: tuple[str, str] | None, anywhere: bool
) -> None:
    options = app._may_open(host, auth, ("/archive",))
    assert options.anywhere is anywhere
    assert options.named == ("/archive",)


@pytest.mark.parametrize(
    ("arguments", "auth", "words"),
    [
        (["--host", "0.0.0.0"], "", "without a password"),
        (["--host", "0.0.0.0"], "nocolon", "name:password"),
        (["--library", "/nonexistent"], "", "/nonexistent"),
    ],
)
def test_a_start_that_fails_says_why_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], auth: str, words: str
) -> None:
    # The default embedder would be loaded first; what is asked here is how the error is told.
    monkeypatch.setattr("rag.newsroom.load_embedder", lambda _, **__: HashEmbedder())
    monkeypatch.setenv("DATELINE_CHAT_AUTH", auth)
    outcome = CliRunner().invoke(app.main, arguments)
    assert outcome.exit_code == 1
    assert words in outcome.output
    assert "Traceback" not in outcome.output


@pytest.mark.browser
def test_the_whole_road_in_a_browser(
    newsroom: Newsroom, visit: Callable[..., Page], outside: list[str]
) -> None:
    page = visit(newsroom)
    page.locator(".example").nth(1).click()
    expect(page.locator(".dl-colophon")).to_be_visible()
    assert page.locator(".dl-card").count() > 0
    for href in page.locator("#dl-chat a").evaluate_all("all => all.map(a => a.hash)"):
        if href.startswith("#edit-"):
            continue  # page.js takes the question into the box: test_page_kept_browser
        if not href.startswith("#read-"):
            assert page.locator(href).count() == 1, href
            continue
        page.locator(f'#dl-chat a[href="{href}"]').first.click()
        expect(page.locator("#dl-here")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".dl-reader")).to_have_count(0)
    assert outside == []

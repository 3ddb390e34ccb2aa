"""The settings tab: what may be set, when it holds, what is shown and what never is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

import app
from corpus.errors import DatelineError
from embeddings.embedders.engines import ENGINES as KNOWN_ENGINES
from page.desk.desk import Desk, DeskOptions
from page.settings import events
from page.settings.choices import (
    ANSWERERS,
    EMBEDDERS,
    ENGINES,
    MODELS,
    OWN,
    READERS,
    STYLES,
    VERIFIERS,
    Chosen,
    joined,
    names,
    split,
)
from page.settings.form import MOST_HITS
from page.settings.now import SECRETS, constants, now_html, source_of
from rag.newsroom import Newsroom
from rag.settings import Settings, load_settings
from rag.writing.generators import server
from tests.evals.small import newsroom as small_newsroom


@pytest.fixture(autouse=True)
def _no_settings_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with small_newsroom(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def desk(home: Newsroom) -> Iterator[Desk]:
    with Desk(home, DeskOptions(anywhere=True)) as opened:
        yield opened


def said(settings: Settings, **changes: Any) -> list[Any]:
    """What the controls would say for these settings, with some changed."""
    named = [
        "style", "hits", "least", "reader", "reader_folder", "verifier", "verifier_folder",
        "model", "model_uri", "answerer", "answerer_folder",
        "embedder", "embedder_uri", "engine",
    ]  # fmt: skip
    drawn = [one["value"] if isinstance(one, dict) else one for one in events.controls_of(settings)]
    return list((dict(zip(named, drawn, strict=True)) | changes).values())


def test_every_setting_but_the_library_has_a_control_and_every_choice_is_one_that_there_is() -> (
    None
):
    assert {*names(), "library"} == set(Settings.model_fields)
    for choices, name in ((STYLES, "style"), (ENGINES, "engine")):
        for _, value in choices:
            assert getattr(load_settings(**{name: value}), name) == value
    assert {value for _, value in ENGINES} == {"auto", *KNOWN_ENGINES}
    assert load_settings(hits=MOST_HITS).hits == MOST_HITS
    with pytest.raises(DatelineError):
        load_settings(hits=MOST_HITS + 1)
    assert {value for _, value in STYLES} == set(
        get_args(Settings.model_fields["style"].annotation)
    )
    for choices in (READERS, VERIFIERS, MODELS, ANSWERERS, EMBEDDERS):
        assert choices[-1][1] == OWN


def test_what_is_set_comes_back_from_the_controls() -> None:
    for settings in (Settings(), Settings(reader="/adapters/mine", model="hf:a/b@c", hits=3)):
        assert events.chosen_of(*said(settings)) == Chosen.of(settings)
    assert split(READERS, "off") == ("off", "")
    assert split(READERS, "/adapters/mine") == (OWN, "/adapters/mine")
    assert joined(OWN, " /adapters/mine ") == "/adapters/mine"


def test_what_holds_at_once_is_in_use_from_the_next_question_on(desk: Desk) -> None:
    before = desk.newsroom
    status, now, file = events.use(
        desk, *said(before.settings, style="cited", hits=3, least=0.9, reader="off")
    )
    assert "In use from the next question on." in status
    settings = desk.newsroom.settings
    assert (settings.style, settings.hits, settings.reader) == ("cited", 3, "off")
    assert settings.least_answerable == 0.9
    assert desk.newsroom.library is before.library
    answer = desk.newsroom.ask("How many cracked beams were found?")
    assert len(answer.hits) <= 3
    assert '"least_answerable":0.9' in answer.fingerprint["settings"]
    assert "set on this page" in now
    assert tomllib.loads(Path(file["value"]).read_text()) == {
        "style": "cited", "hits": 3, "least_answerable": 0.9, "reader": "off",
    }  # fmt: skip


def test_what_needs_a_restart_waits_for_it_in_a_file_that_dateline_reads(
    desk: Desk, tmp_path: Path
) -> None:
    model = "openai:http://127.0.0.1:9/v1#big"
    status, _, file = events.use(
        desk, *said(desk.newsroom.settings, model=OWN, model_uri=model, engine="torch")
    )
    assert "Nothing to change at once." in status
    assert "Waits for a restart: model, engine." in status
    assert desk.newsroom.settings.engine == "auto"
    (tmp_path / "dateline.toml").write_bytes(Path(file["value"]).read_bytes())
    read = load_settings()
    assert (read.model, read.engine, read.hits) == (model, "torch", Settings().hits)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hits": 0}, "The number of passages lies between 1 and 50"),
        ({"hits": None}, "The number of passages lies between 1 and 50"),
        ({"least": 1.5}, "The least answerability lies between 0 and 1"),
        ({"style": "loud"}, "the setting style is wrong"),
        ({"engine": "steam"}, "the setting engine is wrong"),
        ({"reader": OWN, "reader_folder": "  "}, "The reader is not named"),
        ({"reader": OWN, "reader_folder": "/no/such/<b>"}, "/no/such/&lt;b&gt;"),
        ({"verifier": OWN, "verifier_folder": "/no/such/verifier"}, "/no/such/verifier"),
        ({"answerer": OWN, "answerer_folder": "/no/such/answerer"}, "/no/such/answerer"),
        ({"model": OWN, "model_uri": "what is this"}, "cannot read the model name"),
        ({"embedder": OWN, "embedder_uri": "path:/no/such"}, "/no/such"),
    ],
)
def test_what_cannot_be_used_is_told_and_changes_nothing(
    desk: Desk, changes: dict[str, Any], words: str
) -> None:
    before = desk.newsroom
    status, _, file = events.use(desk, *said(before.settings, **({"least": 0.7} | changes)))
    assert words in status
    assert 'role="alert"' in status
    assert desk.newsroom is before
    assert file["value"] is None


def test_a_page_that_others_reach_changes_no_settings_and_tells_no_folders(home: Newsroom) -> None:
    with Desk(home) as desk:
        assert not desk.options.anywhere
        before = desk.newsroom
        status, _, _ = events.use(desk, *said(before.settings, hits=3))
        assert "cannot be changed on a page that others can reach" in status
        assert desk.newsroom is before
        told = events.opened(desk)[-2]
    assert str(Path(str(home.library.path)).parent) not in told
    assert Path(str(home.library.path)).name in told


def test_secrets_are_told_as_set_and_never_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(SECRETS) == {server.KEY_VARIABLE, app.AUTH_VARIABLE}
    assert now_html(desk.newsroom, is_ours=True).count("not set") == 2
    for variable in SECRETS:
        monkeypatch.setenv(variable, "me:hunter2")
    desk.adjust(
        desk.newsroom.settings.model_copy(
            update={"model": "openai:https://me:hunter2@host/v1?key=hunter2#big"}
        )
    )
    told = now_html(desk.newsroom, is_ours=True)
    assert told.count("set; never shown") == 2
    assert "hunter2" not in told
    assert "openai:https://…@host/v1?…#big" in told


def test_where_a_setting_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert source_of("hits", load_settings()) == "default"
    (tmp_path / "dateline.toml").write_text("hits = 5\n")
    assert source_of("hits", load_settings()) == "dateline.toml"
    monkeypatch.setenv("DATELINE_HITS", "6")
    assert source_of("hits", load_settings()) == "DATELINE_HITS"
    assert source_of("hits", load_settings(hits=7)) == "set on this page, or when it was started"
    (tmp_path / "dateline.toml").write_text("hits = = 5\n")
    assert source_of("hits", Settings.model_construct()) == ("set when this page was started")


def test_every_constant_of_every_stage_is_listed() -> None:
    options = Settings(hits=3).answer_options()
    found = dict(constants(options))
    assert found["retrieve.hits"] == "3"
    assert found["retrieve.one_copy"] == "on"
    for stage in fields(options):
        assert any(name.partition(".")[0] == stage.name for name in found)

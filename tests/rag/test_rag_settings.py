"""Settings from code, variables and dateline.toml, and plain words when one is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import SettingsError
from embeddings.embedders.models import DEFAULT_EMBEDDER, DEFAULT_GENERATOR
from rag.settings import Settings, load_settings

SERVER = "openai:http://127.0.0.1:8000/v1#big"


def test_the_defaults_are_the_installed_models() -> None:
    settings = load_settings()
    assert (settings.model, settings.embedder) == (DEFAULT_GENERATOR, DEFAULT_EMBEDDER)
    assert settings.style == "auto"
    assert settings == Settings()


def test_code_wins_over_variables_and_variables_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dateline.toml").write_text('model = "path:/file"\nhits = 3\nstyle = "cited"\n')
    assert load_settings().hits == 3
    monkeypatch.setenv("DATELINE_HITS", "4")
    monkeypatch.setenv("DATELINE_MODEL", "path:/variable")
    settings = load_settings(model="path:/code", hits=None)
    assert (settings.model, settings.hits, settings.style) == ("path:/code", 4, "cited")


@pytest.mark.parametrize(
    ("model", "style", "comes_to"),
    [
        (DEFAULT_GENERATOR, "auto", "trained"),
        (SERVER, "auto", "cited"),
        (DEFAULT_GENERATOR, "cited", "cited"),
        (SERVER, "short", "short"),
    ],
)
def test_the_style_fits_the_model_unless_it_is_given(model: str, style: str, comes_to: str) -> None:
    settings = load_settings(model=model, style=style)
    assert settings.answer_options().prompt.style == comes_to


def test_settings_reach_the_stages_that_they_steer() -> None:
    options = load_settings(hits=5, least_answerable=0.25).answer_options()
    assert options.retrieve.hits == 5
    assert options.refuse.least_answerable == 0.25


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATELINE_HITS", "0"),
        ("DATELINE_HITS", "many"),
        ("DATELINE_STYLE", "loud"),
        ("DATELINE_LEAST_ANSWERABLE", "1.5"),
        ("DATELINE_LEAST_ANSWERABLE", "nan"),
    ],
)
def test_a_bad_variable_is_told_in_plain_words(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    setting = name.removeprefix("DATELINE_").lower()
    words = str(caught.value)
    assert f"the setting {setting} is wrong: " in words
    assert name in words
    assert "known settings: " in words
    assert "pydantic" not in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hist = 3\n", "the setting hist is wrong"),
        ("hits = 'many'\n", "the setting hits is wrong"),
        ("hits = \n", "the settings file is no TOML"),
        ("\x00\x01", "the settings file is no TOML"),
    ],
)
def test_a_bad_file_is_told_in_plain_words(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "dateline.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert words in str(caught.value)
    assert "dateline.toml" in str(caught.value)


def test_a_file_of_another_encoding_is_told_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_bytes('model = "é"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="the settings file is no TOML"):
        load_settings()


def test_an_unknown_setting_in_code_is_told() -> None:
    with pytest.raises(SettingsError, match="the setting shouting is wrong"):
        load_settings(shouting=True)


def test_the_servers_key_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key must not end in the fingerprint of an answer."""
    monkeypatch.setenv("DATELINE_API_KEY", "secret")
    assert "secret" not in load_settings().model_dump_json()


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().hits = 3

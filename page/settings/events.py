"""What happens on each event of the settings tab; `tab` says on which."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import gradio as gr

from corpus.errors import DatelineError, SettingsError
from embeddings.embedders.models import resolve
from page.desk.desk import Desk
from page.drawing.markup import lines_of, plain
from page.settings.choices import (
    ANSWERERS,
    AT_ONCE,
    EMBEDDERS,
    MODELS,
    OWN,
    READERS,
    VERIFIERS,
    Chosen,
    joined,
    names,
    split,
)
from page.settings.form import MOST_HITS, READY
from page.settings.now import now_html
from rag.checking.verifiers import verifier_for
from rag.finding.readers import reader_for
from rag.settings import Settings, load_settings
from rag.writing.answerers import usable_answerer

Drawn = tuple[Any, ...]
"""The controls in their order, the status line, what is in use, the file."""

Said = tuple[Any, Any, Any]
"""The status line, what is in use, the file."""


def opened(desk: Desk) -> Drawn:
    """Everything as it is in use."""
    return *controls_of(desk.newsroom.settings), READY, _now(desk), _no_file()


def use(desk: Desk, *said: Any) -> Said:
    """Answer by what the controls say from the next question on; the rest goes into the file.

    Nothing is changed where any of it cannot be used.
    """
    try:
        if not desk.options.anywhere:
            raise SettingsError("The settings cannot be changed on a page that others can reach")
        wanted = checked(desk, chosen_of(*said))
        now = desk.newsroom.settings
        adjusted = now.model_copy(update={name: getattr(wanted, name) for name in AT_ONCE})
        if adjusted != now:
            desk.adjust(adjusted)
        return _told(adjusted != now, wanted, now), _now(desk), _file(desk, wanted)
    except DatelineError as error:
        return _trouble(error), gr.skip(), _no_file()


def field_is_asked_for(choice: str | None) -> dict[str, Any]:
    """Show the field below a choice when it is one's own."""
    return gr.update(visible=choice == OWN)


def controls_of(settings: Settings) -> Drawn:
    """The controls as they say what is set."""
    chosen = Chosen.of(settings)
    drawn: list[Any] = [chosen.style, chosen.hits, chosen.least_answerable]
    for choices, value in (
        (READERS, chosen.reader), (VERIFIERS, chosen.verifier),
        (MODELS, chosen.model), (ANSWERERS, chosen.answerer), (EMBEDDERS, chosen.embedder),
    ):  # fmt: skip
        choice, written = split(choices, value)
        drawn += [choice, gr.update(value=written, visible=choice == OWN)]
    return *drawn, chosen.engine


def chosen_of(
    style: str | None,
    hits: float | None,
    least: float | None,
    reader: str | None,
    reader_folder: str | None,
    verifier: str | None,
    verifier_folder: str | None,
    model: str | None,
    model_uri: str | None,
    answerer: str | None,
    answerer_folder: str | None,
    embedder: str | None,
    embedder_uri: str | None,
    engine: str | None,
) -> Chosen:
    """What the controls say.

    Raises:
        SettingsError: a number is out of range, or what is one's own is not written.
    """
    own = {
        "reader": joined(reader, reader_folder),
        "verifier": joined(verifier, verifier_folder),
        "model": joined(model, model_uri),
        "answerer": joined(answerer, answerer_folder),
        "embedder": joined(embedder, embedder_uri),
    }
    for name, value in own.items():
        if not value:
            raise SettingsError(
                f"The {name} is not named", next_step="write it in the field below 'my own'"
            )
    return Chosen(
        style or "",
        int(_within(hits, 1, MOST_HITS, "The number of passages")),
        round(_within(least, 0, 1, "The least answerability"), 4),
        own["reader"],
        own["verifier"],
        own["model"],
        own["answerer"],
        own["embedder"],
        engine or "",
    )


def checked(desk: Desk, chosen: Chosen) -> Settings:
    """The settings of the page with what was chosen, every part of which is there to be used.

    Raises:
        SettingsError: a value is none of those that there are.
        AdapterUnusable, BadModelURI, ModelMissing: as they say.
    """
    now = desk.newsroom.settings
    wanted = load_settings(**(dict(now) | chosen.values()))
    weights = desk.newsroom.embedder.fingerprint.weights
    if wanted.reader != now.reader:
        reader_for(wanted.reader, weights)
    if wanted.verifier != now.verifier:
        verifier_for(wanted.verifier, weights)
    for name in ("model", "embedder"):
        if getattr(wanted, name) != getattr(now, name):
            resolve(getattr(wanted, name))
    if (wanted.answerer, wanted.model) != (now.answerer, now.model):
        usable_answerer(wanted.answerer, wanted.model)
    return wanted


def toml_of(settings: Settings) -> str:
    """What `dateline.toml` says for these settings, less what is as it is without it."""
    default = Settings.model_construct()
    lines = [
        f"{name} = {_toml(getattr(settings, name))}"
        for name in names()
        if getattr(settings, name) != getattr(default, name)
    ]
    head = "# Dateline reads this file in the folder in which it is started.\n"
    return head + "".join(f"{line}\n" for line in lines)


def _toml(value: object) -> str:
    # A string, a whole number or a fraction is written alike in JSON and in TOML.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _within(value: float | None, low: float, high: float, what: str) -> float:
    if value is None or not low <= value <= high:
        raise SettingsError(f"{what} lies between {low} and {high}", where=str(value)[:40])
    return value


def _told(is_changed: bool, wanted: Settings, now: Settings) -> str:
    """What was done, and what waits for a restart."""
    later = [
        name for name in names() if name not in AT_ONCE
        and getattr(wanted, name) != getattr(now, name)
    ]  # fmt: skip
    said = ["In use from the next question on." if is_changed else "Nothing to change at once."]
    if later:
        them = ", ".join(later)
        said.append(f"Waits for a restart: {them}. Download dateline.toml for it.")
    return f'<div class="dl-settings-status"><p role="alert">{plain(" ".join(said))}</p></div>'


def _trouble(error: DatelineError) -> str:
    return (
        '<div class="dl-settings-status"><p class="dl-run-trouble" role="alert">'
        f"{lines_of(str(error))}</p></div>"
    )


def _now(desk: Desk) -> str:
    try:
        return now_html(desk.newsroom, is_ours=desk.options.anywhere)
    except DatelineError as error:
        return _trouble(error)


def _file(desk: Desk, settings: Settings) -> dict[str, Any]:
    folder = desk.folder / uuid4().hex
    folder.mkdir()
    path = folder / "dateline.toml"
    path.write_text(toml_of(settings), encoding="utf-8")
    return gr.update(value=str(path), interactive=True)


def _no_file() -> dict[str, Any]:
    return gr.update(value=None, interactive=False)

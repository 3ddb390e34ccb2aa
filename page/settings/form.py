"""The parts of the settings tab: what may be set on the left, what is in use on the right."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from page.settings.choices import (
    ANSWERERS,
    EMBEDDERS,
    ENGINES,
    HITS_COST,
    LEAST_COST,
    MODELS,
    OWN,
    READERS,
    STYLES,
    URI_FORMS,
    VERIFIERS,
    Choices,
    Chosen,
    split,
)
from rag.settings import Settings

HEAD = (
    '<div class="dl-intro"><h2>Settings</h2><p>They hold for everybody who uses this page. '
    "What is being answered meanwhile goes on as it began.</p></div>"
)
SEALED = (
    '<div class="dl-intro"><h2>Settings</h2><p>Others can reach this page, so its settings are '
    "changed where it was started: in dateline.toml, or in DATELINE_ variables.</p></div>"
)
AT_ONCE_HEAD = "<h3>From the next question on</h3>"
LATER_HEAD = (
    "<h3>From the next start on</h3><p>These are loaded when the page starts. Download the file, "
    "put it where dateline-chat is started, and start it again.</p>"
)
READY = '<div class="dl-settings-status"></div>'
MOST_HITS = 50
"""As `Settings` has it."""


@dataclass(frozen=True, slots=True)
class Either:
    """One of some choices, or what is written in a field that shows up for it."""

    choice: gr.Radio
    written: gr.Textbox


@dataclass(frozen=True, slots=True)
class Parts:
    """The controls in the order of `Chosen`, the buttons, the status line, what is in use."""

    style: gr.Radio
    hits: gr.Slider
    least: gr.Slider
    reader: Either
    verifier: Either
    model: Either
    answerer: Either
    embedder: Either
    engine: gr.Radio
    use: gr.Button
    back: gr.Button
    file: gr.DownloadButton
    status: gr.Markdown
    now: gr.Markdown

    @property
    def controls(self) -> list[gr.Radio | gr.Slider | gr.Textbox]:
        """Every control, in one order: what `settings_events` is given and gives."""
        return [
            self.style, self.hits, self.least,
            self.reader.choice, self.reader.written,
            self.verifier.choice, self.verifier.written,
            self.model.choice, self.model.written,
            self.answerer.choice, self.answerer.written,
            self.embedder.choice, self.embedder.written,
            self.engine,
        ]  # fmt: skip


def build_parts(*, may_set: bool) -> Parts:
    """Lay out the tab. Called inside a `gr.Tab`.

    Args:
        may_set: whether what is set here may be changed here.
    """
    with gr.Row(elem_id="dl-settings-desk"):
        with gr.Column(elem_id="dl-settings-form", min_width=260):
            _html(HEAD if may_set else SEALED)
            with gr.Column(elem_id="dl-settings-controls"):
                answers = _answers(may_set)
                models = _models(may_set)
            with gr.Column(elem_id="dl-settings-go"):
                buttons = _buttons(may_set)
                status = _html(READY, elem_id="dl-settings-status")
        with gr.Column(elem_id="dl-settings-now", min_width=280):
            now = _html("", elem_id="dl-now")
    return Parts(*answers, *models, *buttons, status, now)


def _answers(may_set: bool) -> tuple[gr.Radio, gr.Slider, gr.Slider, Either, Either]:
    _html(AT_ONCE_HEAD, classes="dl-settings-head")
    start = Chosen.of(Settings.model_construct())
    style = gr.Radio(
        STYLES, value=start.style, label="Style", interactive=may_set, elem_id="dl-style"
    )
    hits = gr.Slider(
        1, MOST_HITS, value=start.hits, step=1, precision=0, label="Passages read for a question",
        info=HITS_COST, interactive=may_set, buttons=[], elem_id="dl-hits",
    )  # fmt: skip
    least = gr.Slider(
        0, 1, value=start.least_answerable, step=0.01, label="Least answerable",
        info=LEAST_COST, interactive=may_set, buttons=[], elem_id="dl-least",
    )  # fmt: skip
    reader = _either(READERS, start.reader, "Reader", "Folder of the adapter", "reader", may_set)
    verifier = _either(
        VERIFIERS, start.verifier, "Verifier", "Folder of the adapter", "verifier", may_set
    )
    return style, hits, least, reader, verifier


def _models(may_set: bool) -> tuple[Either, Either, Either, gr.Radio]:
    _html(LATER_HEAD, classes="dl-settings-head")
    start = Chosen.of(Settings.model_construct())
    model = _either(MODELS, start.model, "Model", "Its address", "model", may_set, URI_FORMS)
    answerer = _either(
        ANSWERERS, start.answerer, "Answerer", "Folder of the adapter", "answerer", may_set
    )
    embedder = _either(
        EMBEDDERS, start.embedder, "Embedder", "Its address", "embedder", may_set, URI_FORMS
    )
    engine = gr.Radio(
        ENGINES, value=start.engine, label="Engine of the embedder", interactive=may_set,
        elem_id="dl-engine",
    )  # fmt: skip
    return model, answerer, embedder, engine


def _either(
    choices: Choices, value: str, label: str, field: str, name: str, may_set: bool, forms: str = ""
) -> Either:
    choice, written = split(choices, value)
    radio = gr.Radio(
        choices, value=choice, label=label, interactive=may_set, elem_id=f"dl-set-{name}"
    )
    text = gr.Textbox(
        written, label=f"{label}: {field.lower()}", info=forms or None, max_lines=1,
        visible=choice == OWN, interactive=may_set, elem_id=f"dl-set-{name}-own",
    )  # fmt: skip
    return Either(radio, text)


def _buttons(may_set: bool) -> tuple[gr.Button, gr.Button, gr.DownloadButton]:
    with gr.Row(elem_id="dl-settings-buttons"):
        use = gr.Button(
            "Use", variant="primary", min_width=60, interactive=may_set, elem_id="dl-use"
        )
        back = gr.Button("Put back", min_width=60, interactive=may_set, elem_id="dl-back")
        file = gr.DownloadButton(
            "Download dateline.toml", size="sm", interactive=False, elem_id="dl-toml"
        )
    return use, back, file


def _html(value: str, elem_id: str | None = None, classes: str | None = None) -> gr.Markdown:
    """Our own HTML. Gradio's sanitiser goes over it once more."""
    return gr.Markdown(
        value, elem_id=elem_id, elem_classes=classes, container=False, latex_delimiters=[]
    )

"""The parts of the evals tab: what to run on the left, what came of it on the right."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from page.desk.desk import Desk
from page.evals.status import READY
from page.evals.suites import OWN_ENDINGS, suite_choices, system_choices

HEAD = (
    '<div class="dl-intro"><h2>New run</h2>'
    "<p>Run grounding evals before trusting a model or a setting.</p></div>"
)
FORM_OF_A_FILE = (
    '<details class="dl-fold"><summary>How to write it</summary><p>In a table, one question a row, '
    "with these columns; the last four may be left out:</p>"
    "<p><code>question, answer, article, quote, as_of, unanswerable</code></p>"
    "<p><code>article</code> is a title or a file’s name. A date is written YYYY-MM-DD. A question "
    "that has no answer says yes under <code>unanswerable</code>.</p></details>"
)


@dataclass(frozen=True, slots=True)
class Form:
    """What to run, and the buttons that begin and end it."""

    suite: gr.Radio
    own: gr.Column
    file: gr.File
    system: gr.Radio
    limit: gr.Textbox
    run: gr.Button
    stop: gr.Button
    status: gr.Markdown


@dataclass(frozen=True, slots=True)
class Came:
    """The stored runs, and the report of the one that is chosen."""

    runs: gr.Radio
    versus: gr.Accordion
    rival: gr.Radio
    download: gr.DownloadButton
    report: gr.Markdown


def build_parts(desk: Desk) -> tuple[Form, Came]:
    """Lay out the tab. Called inside a `gr.Tab`."""
    with gr.Row(elem_id="dl-bench"):
        with gr.Column(elem_id="dl-form", min_width=260):
            form = _form(desk)
        with gr.Column(elem_id="dl-came", min_width=280):
            came = _came()
    return form, came


def _form(desk: Desk) -> Form:
    choices = suite_choices(desk.newsroom)
    _html(HEAD)
    with gr.Column(elem_id="dl-choices"):
        suite = gr.Radio(choices, value=choices[0][1], label="Suite", elem_id="dl-suite")
        with gr.Column(visible=False, elem_id="dl-own") as own:
            file = gr.File(
                label="File of questions",
                file_types=list(OWN_ENDINGS),
                type="filepath",
                height=64,
                elem_id="dl-file",
            )
            _html(FORM_OF_A_FILE)
        system = gr.Radio(system_choices(), value="dateline", label="System", elem_id="dl-system")
    with gr.Column(elem_id="dl-go"):
        with gr.Row(elem_id="dl-buttons"):
            limit = gr.Textbox(
                label="How many questions",
                placeholder="all",
                max_lines=1,
                min_width=60,
                elem_id="dl-limit",
            )
            run = gr.Button("Run", variant="primary", min_width=60, elem_id="dl-run")
            stop = gr.Button("Stop", interactive=False, min_width=60, elem_id="dl-stop")
        status = _html(READY, elem_id="dl-status")
    return Form(suite, own, file, system, limit, run, stop, status)


def _came() -> Came:
    with gr.Column(elem_id="dl-stored"):
        runs = gr.Radio(
            [],
            label="Stored runs, newest first",
            elem_id="dl-runs",
            visible=False,
        )
        with gr.Row(elem_id="dl-with"):
            with gr.Accordion(
                "Compare with", open=False, elem_id="dl-versus", visible=False
            ) as versus:
                rival = gr.Radio(
                    [],
                    label="Compare with",
                    show_label=False,
                    elem_id="dl-rivals",
                    container=False,
                )
            download = gr.DownloadButton(
                "Download the report", size="sm", interactive=False, elem_id="dl-download"
            )
    report = _html("", elem_id="dl-report")
    return Came(runs, versus, rival, download, report)


def _html(value: str, elem_id: str | None = None) -> gr.Markdown:
    """Our own HTML. Gradio's sanitiser goes over it once more."""
    return gr.Markdown(value, elem_id=elem_id, container=False, latex_delimiters=[])

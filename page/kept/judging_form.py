"""The parts in which a reader says whether an answer is right, and what would have been."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

NOTE, SHOULD = 2000, 300
"""The most characters of a note, and of what would have been right."""


@dataclass(frozen=True, slots=True)
class JudgingParts:
    """What a reader sees once a thumb was pressed.

    Attributes:
        number: of the turn that is judged; 0 for none.
    """

    number: gr.State
    panel: gr.Column
    head: gr.Markdown
    verdict: gr.Radio
    note: gr.Textbox
    should: gr.Textbox
    none: gr.Checkbox
    keep: gr.Button
    sample: gr.Button
    close: gr.Button
    status: gr.Markdown
    suite: gr.DownloadButton


def build_judging() -> JudgingParts:
    """Lay out the panel, hidden. Called inside the tab that asks."""
    number = gr.State(0)
    with gr.Column(visible=False, elem_id="dl-judge") as panel:
        head = gr.Markdown("", container=False, elem_id="dl-judge-head", latex_delimiters=[])
        verdict = gr.Radio(
            choices=[("Right", "right"), ("Wrong", "wrong")],
            label="This answer is",
            elem_id="dl-judge-verdict",
        )
        note = gr.Textbox(
            label="Note", placeholder="Why", max_lines=4, max_length=NOTE, elem_id="dl-judge-note"
        )
        should = gr.Textbox(
            label="What would be right",
            placeholder="The short answer, as the articles have it",
            max_lines=2,
            max_length=SHOULD,
            elem_id="dl-judge-should",
        )
        none = gr.Checkbox(
            label="The articles do not answer this question", elem_id="dl-judge-none"
        )
        with gr.Row(elem_id="dl-judge-acts"):
            keep = gr.Button("Keep", size="sm", min_width=60, elem_id="dl-judge-keep")
            sample = gr.Button(
                "Make an eval sample", size="sm", min_width=60, elem_id="dl-judge-sample"
            )
            suite = gr.DownloadButton(
                "Download the suite",
                size="sm",
                min_width=60,
                interactive=False,
                elem_id="dl-judge-suite",
            )
            close = gr.Button("Close", size="sm", min_width=60, elem_id="dl-judge-close")
        status = gr.Markdown("", container=False, elem_id="dl-judge-status", latex_delimiters=[])
    return JudgingParts(
        number, panel, head, verdict, note, should, none, keep, sample, close, status, suite
    )

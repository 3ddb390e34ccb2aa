"""The tab that checks a draft: its parts, and which event does what."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from page.desk.desk import Desk
from page.desk.signals import Signals
from page.draft import events
from page.draft.html import NOTHING_CHECKED
from page.draft.run import Checking

HEAD = (
    '<div class="dl-intro"><h2>Check a draft</h2><p>Paste what you wrote, or take a file: '
    "Markdown, Word (.docx) or plain text.</p></div>"
)
ENDINGS = (".md", ".markdown", ".docx", ".txt")
READERS = 4
"""Drafts that are checked at once; a sentence takes some 50 ms to 1 s, by the library's size."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The draft on the left, what came of it on the right."""

    text: gr.Textbox
    file: gr.File
    as_of: gr.Textbox
    check: gr.Button
    stop: gr.Button
    clear: gr.Button
    status: gr.Markdown
    checked: gr.State
    report: gr.Markdown
    downloads: tuple[gr.DownloadButton, ...]


def build_draft(desk: Desk, signals: Signals) -> None:
    """Fill the tab. Called inside it."""
    with gr.Row(elem_id="dl-draft-desk"):
        with gr.Column(elem_id="dl-draft-form", min_width=260):
            gr.Markdown(HEAD, container=False)
            text = gr.Textbox(
                label="Text",
                placeholder="Paste a draft",
                lines=12,
                max_lines=24,
                elem_id="dl-draft-box",
            )
            file = gr.File(
                label="Or a file",
                file_types=list(ENDINGS),
                type="filepath",
                height=64,
                elem_id="dl-draft-file",
            )
            as_of = gr.Textbox(
                label="As of",
                info="Only articles published by that day are read",
                placeholder="YYYY-MM-DD",
                max_lines=1,
                elem_id="dl-draft-asof",
                elem_classes="dl-day-field",
            )
            with gr.Row(elem_id="dl-draft-buttons"):
                check = gr.Button("Check", variant="primary", min_width=60, elem_id="dl-check")
                stop = gr.Button("Stop", interactive=False, min_width=60, elem_id="dl-check-stop")
                clear = gr.Button("Start over", min_width=60, elem_id="dl-draft-clear")
            status = gr.Markdown(events.NO_STATUS, elem_id="dl-draft-status", container=False)
        with gr.Column(elem_id="dl-draft-came", min_width=280):
            with gr.Row(elem_id="dl-draft-takes"):
                downloads = tuple(
                    gr.DownloadButton(
                        f"Download {form}",
                        size="sm",
                        interactive=False,
                        elem_id=f"dl-draft-{form.lower()}",
                    )
                    for form in ("HTML", "Text", "JSON")
                )
            report = gr.Markdown(
                NOTHING_CHECKED, elem_id="dl-draft-report", container=False, latex_delimiters=[]
            )
    _wire(
        desk,
        signals,
        Parts(text, file, as_of, check, stop, clear, status, gr.State(None), report, downloads),
    )


def _wire(desk: Desk, signals: Signals, parts: Parts) -> None:
    def check(text: str, uploaded: str | None, as_of: str) -> Generator[Any, None, None]:
        yield from events.check(desk, text, uploaded, as_of)

    def stopped(checking: Checking | None) -> Any:
        return events.stopped(desk, checking)

    at_once: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    ended = [parts.report, parts.status, parts.check, parts.stop, *parts.downloads]
    checked = parts.check.click(
        check,
        [parts.text, parts.file, parts.as_of],
        [parts.checked, *ended],
        show_progress="hidden",
        api_visibility="private",
        concurrency_id="draft",
        concurrency_limit=READERS,
    )
    checked.failure(events.broke, parts.checked, ended, **at_once)
    drawn = [parts.checked, *ended]
    stop = parts.stop.click(stopped, parts.checked, drawn, cancels=[checked], **at_once)
    # Gradio reports what was cancelled as a fault, and that report may come in between.
    stop.then(stopped, parts.checked, drawn, **at_once)
    everything = [parts.text, parts.file, parts.checked, *ended]
    over = parts.clear.click(events.start_over, None, everything, cancels=[checked], **at_once)
    over.then(events.start_over, None, everything, **at_once)
    # What another library said to a draft is not what this one says; the draft itself stays.
    reported = [parts.checked, *ended]
    signals.opened.change(events.library_changed, None, reported, cancels=[checked], **at_once)

"""The parts of the shelf: the kept conversations, what can be done with one, and the downloads."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from rag.showing.exporting import FORMS

DOWNLOADS = {
    "markdown": "Markdown",
    "html": "HTML",
    "json": "JSON",
    "csl": "CSL-JSON",
    "bibtex": "BibTeX",
}
"""What the buttons say, in the order of `FORMS`."""


@dataclass(frozen=True, slots=True)
class ShelfParts:
    """What a reader sees of the shelf.

    Attributes:
        held: the `page.kept.held.Held` of this browser tab; None until something was asked.
        is_open: whether the shelf is unfolded; folded, it is not drawn.
        sure: the id of the conversation that 'Delete' was pressed for once.
    """

    held: gr.State
    is_open: gr.State
    sure: gr.State
    shelf: gr.Accordion
    sought: gr.Textbox
    kept: gr.Radio
    open: gr.Button
    title: gr.Textbox
    rename: gr.Button
    delete: gr.Button
    status: gr.Markdown
    downloads: tuple[gr.DownloadButton, ...]


def build_shelf() -> ShelfParts:
    """Lay out the shelf, folded. Called inside the tab that asks."""
    held, is_open, sure = gr.State(None), gr.State(False), gr.State("")
    with gr.Accordion("Conversations", open=False, elem_id="dl-kept") as shelf:
        sought = gr.Textbox(
            label="Find a conversation",
            placeholder="Words of a question, an answer or a title",
            max_lines=1,
            elem_id="dl-kept-sought",
        )
        kept = gr.Radio(
            choices=[], label="Kept on this machine", elem_id="dl-kept-list", container=False
        )
        with gr.Row(elem_id="dl-kept-acts"):
            opened = gr.Button("Open", size="sm", min_width=60, elem_id="dl-kept-open")
            delete = gr.Button("Delete", size="sm", min_width=60, elem_id="dl-kept-delete")
            title = gr.Textbox(label="Title", max_lines=1, max_length=200, elem_id="dl-kept-title")
            rename = gr.Button("Rename", size="sm", min_width=60, elem_id="dl-kept-rename")
        status = gr.Markdown("", elem_id="dl-kept-status", container=False, latex_delimiters=[])
        gr.Markdown(
            '<p class="dl-kept-take">Take the conversation on this page along</p>',
            container=False,
        )
        with gr.Row(elem_id="dl-kept-takes"):
            downloads = tuple(
                gr.DownloadButton(
                    DOWNLOADS[name],
                    size="sm",
                    min_width=60,
                    interactive=False,
                    elem_id=f"dl-take-{name}",
                )
                for name in FORMS
            )
    return ShelfParts(
        held, is_open, sure, shelf, sought, kept, opened, title, rename, delete, status, downloads
    )

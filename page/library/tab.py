"""The tab of the library: find its articles, see what it holds, put some in, open another."""

from __future__ import annotations

from typing import Any

import gradio as gr

from corpus.errors import DatelineError
from page.desk.desk import Desk
from page.desk.signals import Signals, now
from page.library.html import holdings_html, trouble_html
from page.library.list import Catalogue
from page.library.search import build_search, wire_search
from page.library.shelf import build_shelf, wire_shelf
from page.library.upload import build_upload, wire_upload


def build_library(desk: Desk, signals: Signals, tab: gr.Tab) -> None:
    """Fill the tab. Called inside it."""
    catalogue = Catalogue(desk)
    with gr.Row(elem_id="dl-library-desk"):
        with gr.Column(elem_id="dl-library-holds", min_width=280):
            holds = gr.Markdown("", elem_id="dl-holds", container=False, latex_delimiters=[])
            with gr.Accordion("Put articles in", open=False, elem_id="dl-library-put"):
                putting = build_upload(desk)
            with gr.Accordion("Other libraries", open=False, elem_id="dl-library-shelf"):
                shelf = build_shelf(desk)
        with gr.Column(elem_id="dl-library-form", min_width=260):
            searching = build_search()
    wire_search(desk, catalogue, signals, tab, searching)
    wire_upload(desk, signals, tab, putting)
    wire_shelf(desk, signals, tab, shelf)

    def show() -> tuple[Any, ...]:
        return held_html(desk, catalogue), *now(desk)

    def redraw() -> str:
        return held_html(desk, catalogue)

    quiet: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    # Another browser's tab may have put articles in, or opened another library.
    tab.select(show, None, [holds, signals.opened, signals.edition], **quiet)
    signals.edition.change(redraw, None, holds, **quiet)


def held_html(desk: Desk, catalogue: Catalogue) -> str:
    """What the open library holds, or why that cannot be told."""
    try:
        return holdings_html(catalogue.now(), desk.address)
    except DatelineError as error:
        return trouble_html(str(error))

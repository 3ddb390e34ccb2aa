"""Where the reader view stands on the page, and how a link in any tab opens it.

A link to a place is an address within the page. `page.js` puts it into a box that is not seen,
Gradio hands it to the server, and the article is drawn there.
"""

from __future__ import annotations

import gradio as gr

from page.desk.desk import Desk
from page.desk.signals import Signals
from page.reading.reader import reader_html


def build_reader(desk: Desk, signals: Signals) -> None:
    """Add the view, closed. Called inside the page, after its tabs."""

    def read(link: str | None) -> str:
        # page.js counts what is opened behind a '~', so that one link can be opened twice.
        return reader_html(desk.newsroom.library, (link or "").partition("~")[0])

    opened = gr.Textbox(label="Place", container=False, show_label=False, elem_id="dl-open")
    view = gr.Markdown("", elem_id="dl-reader", container=False, latex_delimiters=[])
    opened.input(
        read,
        opened,
        view,
        trigger_mode="always_last",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    # An article of another library is none of this one.
    signals.opened.change(
        lambda: "", None, view, queue=False, show_progress="hidden", api_visibility="private"
    )

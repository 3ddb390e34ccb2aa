"""How a link at a wrong answer of a run opens it as a conversation, on the tab that asks.

The link is an address within the page. `page.js` puts it into a box that is not seen, as it does
for the reader view, and Gradio hands it to the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from page.ask.opening import wire_opening
from page.conversation.chat import draw
from page.evals.bench import Bench
from page.evals.talk import opened

if TYPE_CHECKING:
    from page.ask.opening import Asking


def build_opener(bench: Bench, tabs: gr.Tabs, asking: Asking) -> None:
    """Add the box. Called inside the page, after its tabs.

    Args:
        tabs: those of the page, with one of the id 'ask'.
        asking: where a conversation is drawn; an answer that is being written there ends.
    """

    def open_talk(link: str | None) -> tuple[Any, ...]:
        # page.js counts what is opened behind a '~', so that one link can be opened twice.
        found = opened(bench.desk.newsroom, bench.store, (link or "").partition("~")[0])
        if found is None:
            return tuple(gr.skip() for _ in range(5))
        talk, turns = found
        return talk, *draw(turns), gr.update(selected="ask")

    box = gr.Textbox(label="Answer", container=False, show_label=False, elem_id="dl-open-talk")
    parts = asking.parts
    drawn = [parts.talk, parts.conversation, parts.chat, parts.panel, tabs]
    wire_opening(asking, box.input, open_talk, box, drawn, trigger_mode="always_last")

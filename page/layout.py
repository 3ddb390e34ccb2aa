"""The page: its tabs, and the reader view that all of them open."""

from __future__ import annotations

from typing import Any

import gradio as gr

from page.ask.tab import build_ask
from page.desk.desk import Desk
from page.desk.masthead import masthead
from page.desk.signals import build_signals, now
from page.draft.tab import build_draft
from page.evals.bench import Bench
from page.evals.open import build_opener
from page.evals.tab import build_evals
from page.kept.store import KeptStore
from page.library.tab import build_library
from page.reading.view import build_reader
from page.settings.tab import build_settings

KEPT = (3600, 86400)
"""Uploaded questions and written reports go after a day, looked for hourly, and when the page is
closed."""


def build(desk: Desk, bench: Bench, store: KeptStore | None = None) -> gr.Blocks:
    """The page, ready to be served.

    Args:
        desk: says which newsroom is open, and opens others.
        bench: where evals run.
        store: where conversations are kept; in a file that goes when the desk closes if None.
    """
    store = store or KeptStore(desk.folder / "conversations.sqlite")
    blocks = gr.Blocks(
        title="Dateline",
        fill_height=True,
        fill_width=True,
        analytics_enabled=False,
        delete_cache=KEPT,
    )
    with blocks:
        signals = build_signals(desk)
        head = gr.Markdown(masthead(desk.newsroom), elem_id="dl-masthead")
        with gr.Tabs(elem_id="dl-tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab("Ask", id="ask", elem_id="dl-tab-ask"):
                asking = build_ask(desk, signals, store, blocks)
            with gr.Tab("Check", id="check", elem_id="dl-tab-draft"):
                build_draft(desk, signals)
            with gr.Tab("Library", id="library", elem_id="dl-tab-library") as library:
                build_library(desk, signals, library)
            with gr.Tab("Evals", id="evals", elem_id="dl-tab-evals") as evals:
                build_evals(bench, signals, evals, store)
            with gr.Tab("Settings", id="settings", elem_id="dl-tab-settings") as settings:
                build_settings(desk, signals, settings)
        build_reader(desk, signals)
        build_opener(bench, tabs, asking)
        at_once: dict[str, Any] = {
            "queue": False,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        both = [signals.opened, signals.edition]
        # The page is built once: whoever comes later may find another library open.
        blocks.load(lambda: now(desk), None, both, **at_once)
        signals.edition.change(lambda: masthead(desk.newsroom), None, head, **at_once)
    return blocks

"""The page: its tabs, and the reader view that all of them open."""

from __future__ import annotations

import gradio as gr

from page.ask_tab import build_ask
from page.desk import masthead
from page.draft_tab import build_draft
from page.evals_bench import Bench
from page.evals_tab import build_evals
from page.library_tab import build_library
from page.reader_view import build_reader

KEPT = (3600, 86400)
"""Uploaded questions and written reports go after a day, looked for hourly, and when the page is
closed."""


def build(bench: Bench) -> gr.Blocks:
    """The page of one newsroom, ready to be served.

    Args:
        bench: where evals run, with the newsroom that is asked.
    """
    newsroom = bench.newsroom
    blocks = gr.Blocks(
        title="Dateline",
        fill_height=True,
        fill_width=True,
        analytics_enabled=False,
        delete_cache=KEPT,
    )
    with blocks:
        gr.Markdown(masthead(newsroom), elem_id="dl-masthead")
        with gr.Tabs(elem_id="dl-tabs", overflow_behavior="wrap"):
            with gr.Tab("Ask", id="ask", elem_id="dl-tab-ask"):
                build_ask(newsroom)
            with gr.Tab("Check", id="check", elem_id="dl-tab-draft"):
                build_draft(bench)
            with gr.Tab("Library", id="library", elem_id="dl-tab-library") as library:
                build_library(newsroom, library)
            with gr.Tab("Evals", id="evals", elem_id="dl-tab-evals") as evals:
                build_evals(bench, evals)
        build_reader(newsroom)
    return blocks

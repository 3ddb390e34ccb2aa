"""The parts of the tab that asks: the chat, the box, the reader's day, the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import gradio as gr

from page.desk import example_questions, welcome
from page.evidence import NOTHING_YET

if TYPE_CHECKING:
    from rag.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reader sees of the tab.

    Attributes:
        talk: the `rag.conversation.Conversation` of this browser tab; None until it is asked.
        conversation: the tuple of `page.turn.Turn`s that chat and panel are drawn from.
    """

    talk: gr.State
    conversation: gr.State
    chat: gr.Chatbot
    box: gr.Textbox
    as_of: gr.Textbox
    clear: gr.Button
    panel: gr.Markdown


def build_parts(newsroom: Newsroom) -> Parts:
    """Lay out the tab. Called inside a `gr.Tab`.

    What is drawn comes from states that are kept on the server for each browser tab, so nothing
    that a browser sends back is shown again.
    """
    talk, conversation = gr.State(None), gr.State(())
    with gr.Row(elem_id="dl-desk"):
        with gr.Column(elem_id="dl-talk", min_width=280):
            chat = _chat(newsroom)
            box, as_of, clear = _question_box()
        with gr.Column(elem_id="dl-evidence", min_width=280):
            panel = gr.Markdown(NOTHING_YET, elem_id="dl-panel", container=False)
    return Parts(talk, conversation, chat, box, as_of, clear, panel)


def _chat(newsroom: Newsroom) -> gr.Chatbot:
    return gr.Chatbot(
        show_label=False,
        container=False,
        elem_id="dl-chat",
        height=None,
        placeholder=welcome(newsroom),
        examples=[{"text": question} for question in example_questions(newsroom)],
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        group_consecutive_messages=False,
        layout="panel",
    )


def _question_box() -> tuple[gr.Textbox, gr.Textbox, gr.Button]:
    """The box for the question, the as-of date, and the button that starts over."""
    with gr.Column(elem_id="dl-ask"):
        box = gr.Textbox(
            label="Question",
            show_label=False,
            container=False,
            placeholder="Ask the articles",
            submit_btn=True,
            stop_btn=False,
            autofocus=True,
            max_lines=5,
            elem_id="dl-question",
        )
        with gr.Row(elem_id="dl-more"):
            # page.js makes it a date field, with the browser's own calendar.
            as_of = gr.Textbox(
                label="As of",
                info="Only articles published by that day are read",
                placeholder="YYYY-MM-DD",
                max_lines=1,
                elem_id="dl-asof",
                elem_classes="dl-day-field",
            )
            clear = gr.Button("Start over", size="sm", elem_id="dl-clear")
    return box, as_of, clear

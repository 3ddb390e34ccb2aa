"""The parts of the tab that asks: the chat, the box, the reader's day, the evidence."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from page.conversation.chat import FEEDBACK
from page.conversation.evidence import NOTHING_YET
from page.desk.desk import Desk
from page.desk.masthead import example_questions, welcome
from page.kept.judging_form import JudgingParts, build_judging
from page.kept.shelf_form import ShelfParts, build_shelf


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reader sees of the tab.

    Attributes:
        talk: the `rag.conversation.Conversation` of this browser tab; None until it is asked.
        conversation: the tuple of `page.conversation.turn.Turn`s that is drawn.
        editing: the number of the question that is edited; 0 for none.
        place: where page.js puts which question is to be edited; not seen.
        suggestions: questions that may be asked next.
    """

    talk: gr.State
    conversation: gr.State
    editing: gr.State
    shelf: ShelfParts
    judging: JudgingParts
    place: gr.Textbox
    suggestions: gr.Dataset
    edit_note: gr.Markdown
    give_up: gr.Button
    chat: gr.Chatbot
    box: gr.Textbox
    as_of: gr.Textbox
    clear: gr.Button
    panel: gr.Markdown


def build_parts(desk: Desk) -> Parts:
    """Lay out the tab. Called inside a `gr.Tab`.

    What is drawn comes from states that are kept on the server for each browser tab, so nothing
    that a browser sends back is shown again.
    """
    talk, conversation, editing = gr.State(None), gr.State(()), gr.State(0)
    with gr.Row(elem_id="dl-desk"):
        with gr.Column(elem_id="dl-talk", min_width=280):
            shelf = build_shelf()
            chat = _chat(desk)
            judging = build_judging()
            suggestions = _suggestions()
            edit_note, give_up = _edit_row()
            box, as_of, clear = _question_box()
            place = gr.Textbox(
                label="Question to edit", container=False, show_label=False, elem_id="dl-edit"
            )
        with gr.Column(elem_id="dl-evidence", min_width=280):
            panel = gr.Markdown(NOTHING_YET, elem_id="dl-panel", container=False)
    return Parts(
        talk, conversation, editing, shelf, judging, place, suggestions, edit_note, give_up,
        chat, box, as_of, clear, panel,
    )  # fmt: skip


def _suggestions() -> gr.Dataset:
    return gr.Dataset(
        components=[gr.Textbox(visible=False, render=False)],
        samples=[],
        label="Ask next",
        type="values",
        visible=False,
        elem_id="dl-suggestions",
    )


def _edit_row() -> tuple[gr.Markdown, gr.Button]:
    """What is said while a question is edited, and the button that gives up."""
    with gr.Row(elem_id="dl-editing"):
        note = gr.Markdown("", visible=False, container=False, elem_id="dl-edit-note")
        give_up = gr.Button(
            "Do not edit", size="sm", visible=False, min_width=60, elem_id="dl-edit-stop"
        )
    return note, give_up


def _chat(desk: Desk) -> gr.Chatbot:
    return gr.Chatbot(
        show_label=False,
        container=False,
        elem_id="dl-chat",
        height=None,
        placeholder=welcome(desk.newsroom),
        examples=[{"text": question} for question in example_questions(desk.newsroom)],
        buttons=[],
        feedback_options=FEEDBACK,
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

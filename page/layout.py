"""The page: a tab that asks, with its evidence and its events, and beside it the tab of evals."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

import gradio as gr

from corpus.errors import DatelineError
from page.desk import example_questions, masthead, welcome
from page.evals_bench import Bench
from page.evals_tab import build_evals
from page.evidence import NOTHING_YET, panel_html
from page.message import messages
from page.turn import BROKEN, Conversation, asked, with_last
from rag.events import Event

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

Drawn = tuple[Conversation, Any, Any]

KEPT = (3600, 86400)
"""Uploaded questions and written reports go after a day, looked for hourly, and when the page is
closed."""


def build(bench: Bench) -> gr.Blocks:
    """The page of one newsroom, ready to be served: the chat, and the evals beside it.

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
                _chat(newsroom)
            with gr.Tab("Evals", id="evals", elem_id="dl-tab-evals") as tab:
                build_evals(bench, tab)
    return blocks


def _chat(newsroom: Newsroom) -> None:
    """The tab that asks.

    Its only state is a tuple of `Turn`s, kept on the server for each browser tab; the chat and
    the panel are drawn from it, so nothing that a browser sends back is shown again.
    """
    conversation = gr.State(())
    with gr.Row(elem_id="dl-desk"):
        with gr.Column(elem_id="dl-talk", min_width=280):
            chat = gr.Chatbot(
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
            box, as_of, clear = _question_box()
        with gr.Column(elem_id="dl-evidence", min_width=280):
            panel = gr.Markdown(NOTHING_YET, elem_id="dl-panel", container=False)
    _wire(newsroom, conversation, chat, box, as_of, clear, panel)


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
        with gr.Column(elem_id="dl-more"):
            with gr.Accordion("As of a date", open=False, elem_id="dl-when"):
                as_of = gr.Textbox(
                    label="As of (YYYY-MM-DD)",
                    info="Only articles published by that day are read. "
                    "Leave it empty to read all of them.",
                    placeholder="2024-03-31",
                    max_lines=1,
                    elem_id="dl-asof",
                )
            clear = gr.Button("Start over", size="sm", elem_id="dl-clear")
    return box, as_of, clear


def _wire(
    newsroom: Newsroom,
    conversation: gr.State,
    chat: gr.Chatbot,
    box: gr.Textbox,
    as_of: gr.Textbox,
    clear: gr.Button,
    panel: gr.Markdown,
) -> None:
    drawn = [conversation, chat, panel]

    def answer(turns: Conversation) -> Generator[Drawn, None, None]:
        yield from stream(newsroom, turns)

    at_once: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    asks = [
        box.submit(ask, [box, as_of, conversation], [*drawn, box], **at_once),
        chat.example_select(ask_example, [as_of, conversation], [*drawn, box], **at_once),
        chat.retry(ask_again, [conversation], [*drawn, box], **at_once),
    ]
    answers = [
        event.then(answer, conversation, drawn, show_progress="hidden", api_visibility="private")
        for event in asks
    ]
    for event in answers:
        event.failure(broke, conversation, drawn, **at_once)
        event.then(_ready, None, box, **at_once)
    stopped = box.stop(stop, conversation, [*drawn, box], cancels=answers, **at_once)
    # Gradio reports what was cancelled as a fault, and that report may come in between.
    stopped.then(stop, conversation, [*drawn, box], **at_once)
    chat.undo(undo, conversation, [*drawn, box], **at_once)
    cleared = clear.click(start_over, None, [*drawn, box], cancels=answers, **at_once)
    cleared.then(start_over, None, [*drawn, box], **at_once)


def draw(turns: Conversation) -> Drawn:
    """The conversation, its chat messages and its evidence panel."""
    return turns, messages(turns), panel_html(turns)


def ask(question: str, as_of: str, turns: Conversation) -> tuple[Any, ...]:
    """Put a question at the end of the conversation."""
    return *draw(asked(turns, question or "", as_of or "")), _busy("")


def ask_example(as_of: str, turns: Conversation, event: gr.SelectData) -> tuple[Any, ...]:
    """Put an example question at the end of the conversation."""
    return ask(event.value["text"], as_of, turns)


def ask_again(turns: Conversation) -> tuple[Any, ...]:
    """Put the last question once more, in place of its answer."""
    if not turns:
        return *draw(turns), _ready()
    last = turns[-1]
    return *draw(asked(turns[:-1], last.question, last.as_of)), _busy()


def stream(newsroom: Newsroom, turns: Conversation) -> Generator[Drawn, None, None]:
    """Answer the last turn, drawing after each event that changes what is seen.

    When the reader stops, or leaves, Gradio closes this generator, which closes the newsroom's
    iterator, which stops the model.
    """
    if not turns:
        return
    turn = turns[-1]
    chat: list[dict[str, str]] = []
    panel = ""
    try:
        events = newsroom.stream(turn.question, as_of=turn.as_of or None)
        with closing(_closable(events)) as closable:
            for event in closable:
                turn = turn.after(event)
                turns, new_chat, new_panel = draw(with_last(turns, turn))
                yield (
                    turns,
                    gr.skip() if new_chat == chat else new_chat,
                    gr.skip() if new_panel == panel else new_panel,
                )
                chat, panel = new_chat, new_panel
    except DatelineError as error:
        yield draw(with_last(turns, turn.failed(str(error))))


def broke(turns: Conversation) -> Drawn:
    """Leave no answer hanging when something fell over that is not a `DatelineError`."""
    if turns and turns[-1].is_working:
        turns = with_last(turns, turns[-1].failed(BROKEN))
    return draw(turns)


def stop(turns: Conversation) -> tuple[Any, ...]:
    """End the last turn where it stands."""
    if turns:
        turns = with_last(turns, turns[-1].stopped())
    return *draw(turns), _ready()


def undo(turns: Conversation) -> tuple[Any, ...]:
    """Take the last question back into the box."""
    if not turns:
        return *draw(turns), gr.skip()
    return *draw(turns[:-1]), gr.update(value=turns[-1].question)


def start_over() -> tuple[Any, ...]:
    """An empty conversation."""
    return *draw(()), _ready()


def _closable(events: Iterator[Event]) -> Generator[Event, None, None]:
    return cast("Generator[Event, None, None]", events)


def _busy(value: str | None = None) -> dict[str, Any]:
    changes: dict[str, Any] = {"submit_btn": False, "stop_btn": True, "interactive": False}
    return gr.update(**changes) if value is None else gr.update(value=value, **changes)


def _ready() -> dict[str, Any]:
    return gr.update(submit_btn=True, stop_btn=False, interactive=True)

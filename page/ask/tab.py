"""The tab that asks: its parts, and which event does what."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import gradio as gr

from page.ask import events
from page.ask.form import Parts, build_parts
from page.ask.kept import wire_judging, wire_shelf
from page.ask.next import Openers, next_questions
from page.ask.opening import AT_ONCE, Asking
from page.conversation.turn import Conversation
from page.desk.desk import Desk
from page.desk.signals import Signals
from page.kept.store import KeptStore
from rag.conversation import Conversation as Talk


def build_ask(desk: Desk, signals: Signals, store: KeptStore, page: gr.Blocks) -> Asking:
    """Fill the tab. Called inside it.

    Args:
        store: where conversations are kept.
        page: that the tab is on.

    Returns:
        What opens a conversation in it from elsewhere needs.
    """
    parts = build_parts(desk)
    answers, ended = _wire(desk, signals, parts)
    asking = Asking(parts, answers)
    wire_shelf(desk, store, asking, ended)
    wire_judging(desk, store, parts)
    _wire_offers(desk, signals, parts, page, ended)
    return asking


def _wire(desk: Desk, signals: Signals, parts: Parts) -> tuple[list[Any], list[Any]]:
    """Wire what asks and answers.

    Returns:
        The events that answer, and those after which the conversation stands as it is to be kept.
    """
    conversation, box = parts.conversation, parts.box
    drawn = [conversation, parts.chat, parts.panel]
    asking = [*drawn, box, parts.editing, parts.edit_note, parts.give_up, parts.suggestions]

    def answer(talk: Talk | None, turns: Conversation) -> Generator[tuple[Any, ...], None, None]:
        yield from events.answer(desk, talk, turns)

    posed = [parts.as_of, conversation, parts.editing]
    asks = [
        box.submit(events.ask, [box, *posed], asking, **AT_ONCE),
        parts.chat.example_select(events.ask_example, posed, asking, **AT_ONCE),
        parts.suggestions.select(events.ask_suggested, posed, asking, **AT_ONCE),
        parts.chat.retry(events.ask_again, [conversation], asking, **AT_ONCE),
    ]
    answers = [
        event.then(
            answer,
            [parts.talk, conversation],
            [parts.talk, *drawn],
            show_progress="hidden",
            api_visibility="private",
            # All of them come to the gate, which tells each its place, and one too many to go.
            concurrency_id="ask",
            concurrency_limit=desk.gate.options.slots + desk.gate.options.waiting + 1,
        )
        for event in asks
    ]
    ended = []
    for event in answers:
        event.failure(events.broke, conversation, drawn, **AT_ONCE)
        ended.append(event.then(events.ready, None, box, **AT_ONCE))
    stopped = box.stop(events.stop, conversation, [*drawn, box], cancels=answers, **AT_ONCE)
    # Gradio reports what was cancelled as a fault, and that report may come in between.
    ended.append(stopped.then(events.stop, conversation, [*drawn, box], **AT_ONCE))
    ended.append(parts.chat.undo(events.undo, conversation, [*drawn, box], **AT_ONCE))
    _wire_edit(parts)
    _wire_over(desk, signals, parts, answers)
    return answers, ended


def _wire_offers(
    desk: Desk, signals: Signals, parts: Parts, page: gr.Blocks, ended: list[Any]
) -> None:
    """Wire the questions that are offered: tried one at a time, and never in anybody's way."""
    openers = Openers(desk)

    def after(turns: Conversation) -> Generator[Any, None, None]:
        yield from next_questions(desk, turns)

    slowly: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_id": "offers",
        "concurrency_limit": 1,
    }
    for event in ended:
        event.then(after, parts.conversation, parts.suggestions, **slowly)
    noted = [parts.editing, parts.edit_note, parts.give_up, parts.suggestions]
    for gone in (
        parts.clear.click, parts.chat.undo, parts.shelf.open.click, signals.opened.change
    ):  # fmt: skip
        gone(events.no_edit, None, noted, **AT_ONCE)
    page.load(openers.examples, None, parts.chat, **slowly)
    signals.edition.change(openers.examples, None, parts.chat, **slowly)


def _wire_edit(parts: Parts) -> None:
    noted = [parts.editing, parts.edit_note, parts.give_up]
    parts.place.input(
        events.edit,
        [parts.place, parts.conversation],
        [parts.box, parts.as_of, *noted, parts.suggestions],
        trigger_mode="always_last",
        **AT_ONCE,
    )
    stopped = [parts.box, *noted, parts.suggestions]
    parts.give_up.click(lambda: ("", *events.no_edit()), None, stopped, **AT_ONCE)


def _wire_over(desk: Desk, signals: Signals, parts: Parts, answers: list[Any]) -> None:
    """Wire what ends a conversation: the button, and another library."""

    def library_changed(talk: Talk | None, turns: Conversation) -> tuple[Any, ...]:
        return events.library_changed(desk, talk, turns)

    over = [parts.talk, parts.conversation, parts.chat, parts.panel, parts.box]
    cleared = parts.clear.click(events.start_over, None, over, cancels=answers, **AT_ONCE)
    cleared.then(events.start_over, None, over, **AT_ONCE)
    changed = [parts.talk, parts.conversation]
    signals.opened.change(library_changed, changed, over, cancels=answers, **AT_ONCE)
    signals.edition.change(library_changed, changed, over, **AT_ONCE)

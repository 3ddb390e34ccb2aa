"""The tab that asks: its parts, and which event does what."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from page import ask_events as events
from page.ask_form import Parts, build_parts
from page.turn import Conversation
from rag.conversation import Conversation as Talk

if TYPE_CHECKING:
    from rag.newsroom import Newsroom


def build_ask(newsroom: Newsroom) -> None:
    """Fill the tab. Called inside it."""
    _wire(newsroom, build_parts(newsroom))


def _wire(newsroom: Newsroom, parts: Parts) -> None:
    conversation, box = parts.conversation, parts.box
    drawn = [conversation, parts.chat, parts.panel]

    def answer(talk: Talk | None, turns: Conversation) -> Generator[tuple[Any, ...], None, None]:
        yield from events.answer(newsroom, talk, turns)

    at_once: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    asks = [
        box.submit(events.ask, [box, parts.as_of, conversation], [*drawn, box], **at_once),
        parts.chat.example_select(
            events.ask_example, [parts.as_of, conversation], [*drawn, box], **at_once
        ),
        parts.chat.retry(events.ask_again, [conversation], [*drawn, box], **at_once),
    ]
    answers = [
        event.then(
            answer,
            [parts.talk, conversation],
            [parts.talk, *drawn],
            show_progress="hidden",
            api_visibility="private",
        )
        for event in asks
    ]
    for event in answers:
        event.failure(events.broke, conversation, drawn, **at_once)
        event.then(events.ready, None, box, **at_once)
    stopped = box.stop(events.stop, conversation, [*drawn, box], cancels=answers, **at_once)
    # Gradio reports what was cancelled as a fault, and that report may come in between.
    stopped.then(events.stop, conversation, [*drawn, box], **at_once)
    parts.chat.undo(events.undo, conversation, [*drawn, box], **at_once)
    over = [parts.talk, *drawn, box]
    cleared = parts.clear.click(events.start_over, None, over, cancels=answers, **at_once)
    cleared.then(events.start_over, None, over, **at_once)

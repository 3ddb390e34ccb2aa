"""The conversation as the tab that asks draws it: the chat's messages and the evidence panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from page.conversation.evidence import panel_html
from page.conversation.message import messages
from page.conversation.turn import Conversation

Drawn = tuple[Conversation, Any, Any]
"""The turns, the chat's messages, the panel."""

FEEDBACK = ("Like", "Dislike")
"""Gradio's own names for the two thumbs, which it draws by them."""
_THUMBS = {"right": FEEDBACK[0], "wrong": FEEDBACK[1]}


def draw(turns: Conversation) -> Drawn:
    """The conversation, its chat messages and its evidence panel."""
    return turns, chat_messages(turns), panel_html(turns)


def chat_messages(turns: Conversation) -> list[dict[str, str]]:
    """The messages, each question that is answered or given up with a link to edit it."""
    drawn = messages(turns)
    for turn, message in zip(turns, drawn[::2], strict=True):
        if not turn.is_working:
            message["content"] += _edit_link(turn.number)
    return drawn


def feedback_of(turns: Conversation, verdicts: Mapping[str, str]) -> list[str | None]:
    """For each answer the thumb that was pressed, or None.

    Args:
        verdicts: 'right' or 'wrong', by the turn's key.
    """
    return [_THUMBS.get(verdicts.get(turn.key, "")) for turn in turns]


def _edit_link(number: int) -> str:
    return (
        f'<a class="dl-edit" href="#edit-{number}">Edit'
        f'<span class="dl-unseen"> question {number}</span></a>'
    )

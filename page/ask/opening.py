"""How a conversation from elsewhere takes the place of the one on the tab that asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from page.ask import events
from page.ask.form import Parts

AT_ONCE: dict[str, Any] = {
    "queue": False,
    "show_progress": "hidden",
    "api_visibility": "private",
}
"""How events are run that only draw: before whatever waits in the queue."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The tab that asks, for what opens a conversation in it.

    Attributes:
        answers: the events that answer. What takes the conversation's place ends them first, so
            that no answer is drawn into another conversation.
    """

    parts: Parts
    answers: list[Any]


def wire_opening(
    asking: Asking,
    trigger: Callable[..., Any],
    opened: Callable[..., Any],
    given: Any,
    drawn: list[Any],
    **options: Any,
) -> None:
    """Open a conversation on an event; an answer that is being written ends there.

    Args:
        trigger: the event, such as `button.click`.
        opened: draws the conversation; done again, it draws the same.
        given: what it is given.
        drawn: what it draws.
        options: of the event.
    """
    parts = asking.parts
    first = trigger(opened, given, drawn, cancels=asking.answers, **AT_ONCE, **options)
    # Gradio reports what was cancelled as a fault, and that report may come in between.
    again = first.then(opened, given, drawn, **AT_ONCE)
    # Where there was nothing to open, the answer stands as far as it came.
    left = [parts.conversation, parts.chat, parts.panel, parts.box]
    again.then(events.stop, parts.conversation, left, **AT_ONCE)

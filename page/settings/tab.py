"""The settings tab: its parts, and which event does what."""

from __future__ import annotations

from typing import Any

import gradio as gr

from page.desk.desk import Desk
from page.desk.signals import Signals
from page.settings import events
from page.settings.form import build_parts


def build_settings(desk: Desk, signals: Signals, tab: gr.Tab) -> None:
    """Fill the tab. Called inside it."""
    parts = build_parts(may_set=desk.options.anywhere)
    at_once: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }

    def opened() -> events.Drawn:
        return events.opened(desk)

    def use(*said: Any) -> events.Said:
        return events.use(desk, *said)

    said: list[Any] = [parts.status, parts.now, parts.file]
    everything: list[Any] = [*parts.controls, *said]
    for either in (parts.reader, parts.verifier, parts.model, parts.answerer, parts.embedder):
        either.choice.change(events.field_is_asked_for, either.choice, either.written, **at_once)
    tab.select(opened, None, everything, **at_once)
    signals.edition.change(opened, None, everything, **at_once)
    parts.back.click(opened, None, everything, **at_once)
    # A reader of one's own is loaded here, which takes a second.
    parts.use.click(
        use, list(parts.controls), said, show_progress="hidden", api_visibility="private"
    )

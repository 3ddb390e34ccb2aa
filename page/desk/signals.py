"""What tells every tab of a browser's page that it must draw anew, because the desk changed.

Boxes that are not seen, and not `gr.State`: Gradio tells the change of a state only to events that
went through its queue, and what sets these must not wait behind questions.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from page.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Signals:
    """Two values of a browser tab; what must follow a change of one listens to it.

    Attributes:
        opened: the address of the library that the tab shows: changes when another is opened.
        edition: changes as well when articles come to the library, or go.
    """

    opened: gr.Textbox
    edition: gr.Textbox


def build_signals(desk: Desk) -> Signals:
    """Both as they are when the page is built. Called inside it."""
    return Signals(_unseen(desk.address, "Library"), _unseen(desk.edition, "Edition"))


def now(desk: Desk) -> tuple[str, str]:
    """The values of both, for an event that may have changed the desk."""
    return desk.address, desk.edition


def _unseen(value: str, label: str) -> gr.Textbox:
    return gr.Textbox(value, label=label, visible="hidden", interactive=False)

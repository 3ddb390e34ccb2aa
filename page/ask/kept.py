"""Which event of the tab that asks does what on the shelf, and in the panel that judges."""

from __future__ import annotations

from typing import Any

from page.ask.form import Parts
from page.ask.opening import AT_ONCE, Asking, wire_opening
from page.desk.desk import Desk
from page.kept.judging import Judging
from page.kept.shelf import Shelf
from page.kept.store import KeptStore


def wire_shelf(desk: Desk, store: KeptStore, tab: Asking, ended: list[Any]) -> None:
    """Wire the shelf.

    Args:
        ended: the events after which the conversation is kept.
    """
    asking, parts = tab.parts, tab.parts.shelf
    shelf = Shelf(desk, store, parts, (asking.talk, asking.conversation, asking.chat, asking.panel))
    listed: list[Any] = [parts.held, parts.kept, parts.status, *parts.downloads]

    known = [asking.talk, asking.conversation, parts.held, parts.is_open, parts.sought]
    for event in ended:
        event.then(shelf.keep, known, [*listed, parts.shelf], **AT_ONCE)
    acted = [*listed, parts.sure, parts.delete, parts.title, parts.is_open]
    found = [asking.talk, parts.held, parts.sought]
    parts.shelf.expand(shelf.unfold, found, acted, **AT_ONCE)
    parts.shelf.collapse(shelf.fold, None, [parts.is_open, parts.sure], **AT_ONCE)
    parts.sought.change(shelf.seek, found, acted, trigger_mode="always_last", **AT_ONCE)
    parts.kept.input(shelf.choose, parts.kept, acted, **AT_ONCE)
    opened = [asking.talk, asking.conversation, asking.chat, asking.panel, *acted]
    wire_opening(tab, parts.open.click, shelf.open, parts.kept, opened)
    parts.rename.click(
        shelf.rename,
        [asking.talk, parts.held, parts.kept, parts.title, parts.sought],
        acted,
        **AT_ONCE,
    )
    parts.delete.click(
        shelf.delete,
        [asking.talk, parts.held, parts.kept, parts.sure, parts.sought],
        acted,
        **AT_ONCE,
    )


def wire_judging(desk: Desk, store: KeptStore, asking: Parts) -> None:
    """Wire the thumbs and the panel that they open."""
    parts = asking.judging
    judging = Judging(desk, store, parts, asking.shelf.held)
    shown = [
        parts.number, parts.panel, parts.head, parts.verdict, parts.note, parts.should,
        parts.none, parts.status, parts.suite, asking.shelf.held,
    ]  # fmt: skip
    of = [asking.talk, asking.conversation, asking.shelf.held]
    asking.chat.like(judging.press, of, shown, **AT_ONCE)
    said = [*of, parts.number, parts.verdict, parts.note, parts.should, parts.none]
    parts.keep.click(judging.keep, said, shown, **AT_ONCE)
    parts.sample.click(judging.sample, said, shown, **AT_ONCE)
    # What is judged goes from the page, or gets another answer.
    chat, clear, opened = asking.chat, asking.clear, asking.shelf.open
    for gone in (parts.close.click, chat.retry, chat.undo, clear.click, opened.click):
        gone(judging.close, None, shown, **AT_ONCE)

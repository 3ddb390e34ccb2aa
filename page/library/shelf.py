"""Which library is open: choose another, open one by its folder, make a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import DatelineError
from page.desk.desk import Desk, NotOffered
from page.desk.masthead import short_name
from page.desk.signals import Signals, now
from page.drawing.markup import plain, shortened, visible
from page.library.html import trouble_html

NOTHING_TOLD = '<div class="dl-shelf-told"></div>'


@dataclass(frozen=True, slots=True)
class ShelfParts:
    """The libraries to choose from, and the ways to another."""

    choice: gr.Radio
    folder: gr.Textbox
    open: gr.Button
    name: gr.Textbox
    make: gr.Button
    told: gr.Markdown


def build_shelf(desk: Desk) -> ShelfParts:
    """Lay it out. Called inside its accordion."""
    choice = gr.Radio(
        choices(desk),
        value=desk.address,
        label="Libraries that were open last",
        elem_id="dl-libraries",
    )
    folder = gr.Textbox(
        label="Or a library’s folder",
        info="A folder where Dateline runs, or a milvus: address",
        max_lines=1,
        visible=desk.options.anywhere,
        elem_id="dl-library-folder",
    )
    opening = gr.Button("Open", min_width=60, elem_id="dl-library-open")
    name = gr.Textbox(
        label="A new library",
        info="A name, or a folder that is not there yet"
        if desk.options.anywhere
        else "Its name, in one word",
        max_lines=1,
        elem_id="dl-library-name",
    )
    make = gr.Button("Make", min_width=60, elem_id="dl-library-make")
    told = gr.Markdown(
        NOTHING_TOLD, elem_id="dl-library-told", container=False, latex_delimiters=[]
    )
    return ShelfParts(choice, folder, opening, name, make, told)


def wire_shelf(desk: Desk, signals: Signals, tab: gr.Tab, parts: ShelfParts) -> None:
    """Say which event does what."""

    def opened(choice: str | None, folder: str) -> tuple[Any, ...]:
        return _did(desk, lambda: desk.switch((folder or "").strip() or choice or ""), "Opened")

    def made(name: str) -> tuple[Any, ...]:
        return _did(desk, lambda: desk.create(name or ""), "Made and opened")

    def listed() -> Any:
        # What the reader has just chosen stays chosen.
        return gr.update(choices=choices(desk))

    def opened_now() -> Any:
        return gr.update(choices=choices(desk), value=desk.address)

    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_id": "shelf",
    }
    drawn = [
        parts.told,
        parts.choice,
        parts.folder,
        parts.name,
        signals.opened,
        signals.edition,
    ]
    for event in (parts.open.click, parts.folder.submit):
        event(opened, [parts.choice, parts.folder], drawn, **quiet)
    for event in (parts.make.click, parts.name.submit):
        event(made, [parts.name], drawn, **quiet)
    at_once: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    tab.select(listed, None, parts.choice, **at_once)
    signals.opened.change(opened_now, None, parts.choice, **at_once)


def choices(desk: Desk) -> list[tuple[str, str]]:
    """(words, address) of each library that can be chosen."""
    return [
        (f"{visible(shortened(short_name(one), 60))}\n{visible(one)}", one)
        for one in desk.offered()
    ]


def _did(desk: Desk, act: Callable[[], object], word: str) -> tuple[Any, ...]:
    """What came of opening or making a library: the words, the list, two empty boxes."""
    try:
        act()
    except DatelineError as error:
        return trouble_html(str(error)), gr.skip(), gr.skip(), gr.skip(), *now(desk)
    except OSError as error:
        trouble = NotOffered(
            f"No library can be kept there: {error.strerror or error}",
            where=error.filename,
            next_step="choose another folder",
        )
        return trouble_html(str(trouble)), gr.skip(), gr.skip(), gr.skip(), *now(desk)
    words = f"{word}: {short_name(desk.address)}."
    told = f'<div class="dl-shelf-told"><p role="status">{plain(words)}</p></div>'
    listed = gr.update(choices=choices(desk), value=desk.address)
    return told, listed, "", "", *now(desk)

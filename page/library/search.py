"""The articles of the library tab: by words, days and outlets, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import gradio as gr

from corpus.errors import DatelineError
from page.desk.desk import Desk
from page.desk.signals import Signals
from page.library.html import found_html, list_html, trouble_html
from page.library.list import Catalogue, filtered, page_of

HEAD = (
    '<div class="dl-intro"><h2>Articles</h2><p>With words: the passages near in meaning and in '
    "words, best first. Without: every article, newest first. No language model takes part.</p>"
    "</div>"
)
MOST_FOUND = 100
"""Passages that a search brings: what stands behind these has little to do with the words."""

MOST_OUTLETS = 12

Shown = tuple[str, int, Any, Any]
"""What was found, its page, the two buttons of the pager."""


Outlets = list[str] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader set; '' and None where nothing is."""

    words: str
    since: str
    until: str
    outlets: Outlets


@dataclass(frozen=True, slots=True)
class SearchParts:
    """What is looked for, and what came of it."""

    words: gr.Textbox
    since: gr.Textbox
    until: gr.Textbox
    outlets: gr.CheckboxGroup
    go: gr.Button
    found: gr.Markdown
    page: gr.State
    back: gr.Button
    on: gr.Button

    @property
    def asked(self) -> list[Any]:
        """What the reader set."""
        return [self.words, self.since, self.until, self.outlets]

    @property
    def drawn(self) -> list[Any]:
        """What is drawn anew."""
        return [self.found, self.page, self.back, self.on]


def build_search() -> SearchParts:
    """Lay it out. Called inside its column."""
    gr.Markdown(HEAD, container=False)
    words = gr.Textbox(label="Words", placeholder="harbour talks", max_lines=1, elem_id="dl-words")
    with gr.Row(elem_id="dl-library-days"):
        since = _day("From", "dl-since")
        until = _day("To", "dl-until")
    outlets = gr.CheckboxGroup([], label="Outlets", elem_id="dl-outlets", visible=False)
    go = gr.Button("Search", variant="primary", elem_id="dl-search")
    found = gr.Markdown("", elem_id="dl-found", container=False, latex_delimiters=[])
    with gr.Row(elem_id="dl-pager"):
        back = gr.Button("Previous", size="sm", min_width=60, elem_id="dl-page-back", visible=False)
        on = gr.Button("Next", size="sm", min_width=60, elem_id="dl-page-on", visible=False)
    return SearchParts(words, since, until, outlets, go, found, gr.State(0), back, on)


def wire_search(
    desk: Desk, catalogue: Catalogue, signals: Signals, tab: gr.Tab, parts: SearchParts
) -> None:
    """Say which event does what."""

    def first(words: str, since: str, until: str, outlets: Outlets) -> Shown:
        return search(desk, catalogue, Asked(words, since, until, outlets))

    def back(page: int, words: str, since: str, until: str, outlets: Outlets) -> Shown:
        return search(desk, catalogue, Asked(words, since, until, outlets), page - 1)

    def on(page: int, words: str, since: str, until: str, outlets: Outlets) -> Shown:
        return search(desk, catalogue, Asked(words, since, until, outlets), page + 1)

    def again(words: str, since: str, until: str, outlets: Outlets) -> tuple[Any, ...]:
        names = outlet_names(catalogue)
        kept = [one for one in outlets or () if one in names]
        listed = gr.update(choices=names, value=kept, visible=len(names) > 1)
        return listed, *search(desk, catalogue, Asked(words, since, until, kept))

    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_id": "search",
    }
    for event in (parts.words.submit, parts.go.click):
        event(first, parts.asked, parts.drawn, **quiet)
    parts.back.click(back, [parts.page, *parts.asked], parts.drawn, **quiet)
    parts.on.click(on, [parts.page, *parts.asked], parts.drawn, **quiet)
    redrawn = [parts.outlets, *parts.drawn]
    tab.select(again, parts.asked, redrawn, **quiet)
    # At once: every page that is opened after an upload asks for it, and must not wait in line.
    signals.edition.change(
        again,
        parts.asked,
        redrawn,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )


def search(desk: Desk, catalogue: Catalogue, asked: Asked, page: int = 0) -> Shown:
    """A page of what is looked for, as HTML, or what keeps it from being looked for."""
    try:
        if not (asked.words or "").strip():
            held = catalogue.now()
            of_days = filtered(held.headings, asked.since, asked.until, asked.outlets)
            page, start, end = page_of(len(of_days), page)
            shown = list_html(of_days[start:end], start, len(of_days))
            return shown, page, *_pager(page, end, len(of_days))
        hits = desk.newsroom.search(
            asked.words,
            MOST_FOUND,
            since=asked.since or None,
            until=asked.until or None,
            outlets=asked.outlets or None,
        )
        page, start, end = page_of(len(hits), page)
        shown = found_html(hits[start:end], start, len(hits), date.today())
        return shown, page, *_pager(page, end, len(hits))
    except DatelineError as error:
        return trouble_html(str(error)), 0, *_pager(0, 0, 0)


def outlet_names(catalogue: Catalogue) -> list[str]:
    """The outlets that a search can be held to, those with the most articles."""
    try:
        return list(islice(catalogue.now().outlets, MOST_OUTLETS))
    except DatelineError:
        return []  # the list beside it says what is wrong


def _pager(page: int, end: int, of: int) -> tuple[Any, Any]:
    """The buttons: both are there where there is more than one page, so that neither moves."""
    many = page > 0 or end < of
    return (
        gr.update(visible=many, interactive=page > 0),
        gr.update(visible=many, interactive=end < of),
    )


def _day(label: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(
        label=label,
        placeholder="YYYY-MM-DD",
        max_lines=1,
        min_width=100,
        elem_id=elem_id,
        elem_classes="dl-day-field",
    )

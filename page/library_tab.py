"""The tab of the library: search its articles, see what it holds, open any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus.errors import DatelineError
from page.library_html import MOST_OUTLETS, found_html, holdings_html, holdings_of, trouble_html

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

HEAD = (
    '<div class="dl-intro"><h2>Search the articles</h2><p>Passages near in meaning and in words, '
    "best first. No language model takes part.</p></div>"
)
FOUND = 20
"""Passages that a search shows."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is searched for on the left, and what came of it, above what the library holds."""

    words: gr.Textbox
    since: gr.Textbox
    until: gr.Textbox
    outlets: gr.CheckboxGroup
    go: gr.Button
    found: gr.Markdown
    holds: gr.Markdown


def build_library(newsroom: Newsroom, tab: gr.Tab) -> None:
    """Fill the tab. Called inside it."""
    with gr.Row(elem_id="dl-library-desk"):
        with gr.Column(elem_id="dl-library-form", min_width=260):
            gr.Markdown(HEAD, container=False)
            words = gr.Textbox(
                label="Words", placeholder="harbour talks", max_lines=1, elem_id="dl-words"
            )
            with gr.Row(elem_id="dl-library-days"):
                since = _day("From", "dl-since")
                until = _day("To", "dl-until")
            outlets = gr.CheckboxGroup([], label="Outlets", elem_id="dl-outlets", visible=False)
            go = gr.Button("Search", variant="primary", elem_id="dl-search")
            found = _html("dl-found")
        with gr.Column(elem_id="dl-library-holds", min_width=280):
            holds = _html("dl-holds")
    _wire(newsroom, tab, Parts(words, since, until, outlets, go, found, holds))


def search(
    newsroom: Newsroom, words: str, since: str, until: str, outlets: list[str] | None
) -> str:
    """The passages that were found, as HTML, or what keeps them from being looked for."""
    try:
        hits = newsroom.search(
            words or "", FOUND, since=since or None, until=until or None, outlets=outlets or None
        )
    except DatelineError as error:
        return trouble_html(str(error))
    return found_html(hits, date.today())


def opened(newsroom: Newsroom) -> tuple[str, dict[str, Any]]:
    """What the library holds, and the outlets that a search can be held to."""
    try:
        held = holdings_of(newsroom.library)
    except DatelineError as error:
        return trouble_html(str(error)), gr.update(visible=False)
    names = list(islice(held.outlets, MOST_OUTLETS))
    return holdings_html(held), gr.update(choices=names, visible=len(names) > 1)


def _wire(newsroom: Newsroom, tab: gr.Tab, parts: Parts) -> None:
    def look(words: str, since: str, until: str, outlets: list[str] | None) -> str:
        return search(newsroom, words, since, until, outlets)

    def show() -> tuple[str, dict[str, Any]]:
        return opened(newsroom)

    asked = [parts.words, parts.since, parts.until, parts.outlets]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for event in (parts.words.submit, parts.go.click):
        event(look, asked, parts.found, concurrency_id="search", **quiet)
    tab.select(show, None, [parts.holds, parts.outlets], concurrency_id="search", **quiet)


def _day(label: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(
        label=label,
        placeholder="YYYY-MM-DD",
        max_lines=1,
        min_width=100,
        elem_id=elem_id,
        elem_classes="dl-day-field",
    )


def _html(elem_id: str) -> gr.Markdown:
    return gr.Markdown("", elem_id=elem_id, container=False, latex_delimiters=[])

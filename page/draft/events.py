"""What happens on each event of the tab that checks a draft; `tab` says on which."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr

from corpus.errors import DatelineError
from page.conversation.turn import BROKEN
from page.desk.desk import Desk
from page.draft.html import NOTHING_CHECKED, draft_html, status_html, trouble_html
from page.draft.run import Checking, check_as_it_goes
from rag.drafts.draft import Draft
from rag.drafts.reading import draft_of, read_draft

NO_STATUS = '<div class="dl-draft-status"><div class="dl-bar"></div><p></p></div>'
_UNFIT = re.compile(r"[^\w.-]+")

DRAWN_EVERY = 0.25
"""Seconds between two drawings: the whole draft is drawn each time, and a reader sees no more."""

Drawn = tuple[Any, ...]
"""What was checked, the annotated draft, the status line, the two buttons, the three downloads."""


def check(desk: Desk, text: str, uploaded: str | None, as_of: str) -> Generator[Drawn, None, None]:
    """Check the draft, drawing it as it goes; the last drawing brings the downloads.

    When the reader stops, or leaves, Gradio closes this generator, and no further sentence is
    looked at.
    """
    try:
        day = (as_of or "").strip() or None
        drawn = -math.inf
        for checking in check_as_it_goes(desk.newsroom, _draft(text, uploaded), as_of=day):
            if not checking.is_done and time.monotonic() - drawn < DRAWN_EVERY:
                continue
            drawn = time.monotonic()
            ended = (*_ready(), *_files(desk, checking)) if checking.is_done else _busy()
            yield checking, draft_html(checking), status_html(checking), *ended
    except DatelineError as error:
        yield None, trouble_html(str(error)), NO_STATUS, *_ready(), *no_files()


def stopped(desk: Desk, checking: Checking | None) -> Drawn:
    """End the check where it stands; what was checked can be taken along."""
    if checking is None:
        return None, NOTHING_CHECKED, NO_STATUS, *_ready(), *no_files()
    ended = checking.stopped()
    return ended, draft_html(ended), status_html(ended), *_ready(), *_files(desk, ended)


def broke(checking: Checking | None) -> Drawn:
    """Leave no check hanging when something fell over that is not a `DatelineError`.

    Gradio reports a check that was cancelled as a fault too, at times after the stop.
    """
    if checking is None or checking.is_stopped:
        return gr.skip(), gr.skip(), *_ready(), *(gr.skip() for _ in range(3))
    return trouble_html(BROKEN), NO_STATUS, *_ready(), *no_files()


def start_over() -> Drawn:
    """An empty desk."""
    return "", None, None, NOTHING_CHECKED, NO_STATUS, *_ready(), *no_files()


def library_changed() -> Drawn:
    """No report: the one that was there is another library's."""
    return None, NOTHING_CHECKED, NO_STATUS, *_ready(), *no_files()


def no_files() -> Drawn:
    """The three downloads, with nothing in them."""
    return tuple(gr.update(value=None, interactive=False) for _ in range(3))


def _draft(text: str, uploaded: str | None) -> Draft:
    """The draft in the file if there is one, else the text.

    Raises:
        UnreadableFile: it cannot be read, or there is no word in it.
    """
    if not uploaded:
        return draft_of(text or "", "markdown")
    draft = read_draft(uploaded)
    return replace(draft, name=Path(uploaded).name)


def _files(desk: Desk, checking: Checking) -> Drawn:
    """The report as a page, as text and as JSON, in a folder of its own."""
    report = checking.report
    folder = desk.folder / uuid4().hex
    folder.mkdir()
    name = _UNFIT.sub("-", Path(report.draft.name).stem)[:60].strip("-.") or "draft"
    made = {
        f"checked-{name}.html": report.to_html(),
        f"checked-{name}.txt": report.to_text(),
        f"checked-{name}.json": json.dumps(report.to_dict(), ensure_ascii=False, indent=2),
    }
    updates = []
    for file, words in made.items():
        path = folder / file
        path.write_text(words, encoding="utf-8")
        updates.append(gr.update(value=str(path), interactive=True))
    return tuple(updates)


def _busy() -> Drawn:
    return gr.update(interactive=False), gr.update(interactive=True), *no_files()


def _ready() -> Drawn:
    return gr.update(interactive=True), gr.update(interactive=False)

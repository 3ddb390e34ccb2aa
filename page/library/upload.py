"""Putting articles in, and taking them back: the parts of it, and what happens on each event."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

import corpus
from corpus.errors import DatelineError
from corpus.walk import expanded
from page.conversation.turn import BROKEN
from page.desk.desk import Desk
from page.desk.intake import Source
from page.desk.signals import Signals, now
from page.drawing.markup import count, plain
from page.library.html import trouble_html
from page.library.staged import Entry, Staged, Told, TooMuch, UploadOptions
from page.library.upload_html import NO_STATUS, TAKING_BACK, report_html, status_html

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

OPTIONS = UploadOptions()
HEAD = (
    f'<p class="dl-soft">Up to {OPTIONS.files:,} files of 10 MB each, '
    f"{OPTIONS.bytes // 1_000_000} MB together: text, Markdown, HTML, PDF, Word, CSV, JSON, feeds, "
    "archives. What cannot be read is told, with the reason.</p>"
)
READERS = 4
"""Browser tabs that may watch an upload at once. The uploads themselves wait for one another."""


@dataclass(frozen=True, slots=True)
class UploadParts:
    """What is put in, and what came of it."""

    files: gr.File
    folder: gr.File
    place: gr.Textbox
    take: gr.Button
    stop: gr.Button
    undo: gr.Button
    status: gr.Markdown
    report: gr.Markdown

    @property
    def drawn(self) -> list[Any]:
        """What an upload draws as it goes."""
        return [self.status, self.report, self.take, self.stop, self.undo]

    @property
    def chosen(self) -> list[Any]:
        """What the reader chose."""
        return [self.files, self.folder, self.place]


def build_upload(desk: Desk) -> UploadParts:
    """Lay it out. Called inside its column."""
    gr.Markdown(HEAD, container=False)
    with gr.Row(elem_id="dl-put"):
        files = gr.File(
            label="Files", file_count="multiple", type="filepath", height=96, elem_id="dl-files"
        )
        folder = gr.File(
            label="A folder", file_count="directory", type="filepath", height=96, elem_id="dl-dir"
        )
    place = gr.Textbox(
        label="Or a file or folder where Dateline runs",
        placeholder="/home/me/articles",
        max_lines=1,
        visible=desk.options.anywhere,
        elem_id="dl-place",
    )
    with gr.Row(elem_id="dl-put-buttons"):
        take = gr.Button("Put in", variant="primary", min_width=60, elem_id="dl-take")
        stop = gr.Button("Stop", interactive=False, min_width=60, elem_id="dl-take-stop")
        undo = gr.Button("Take back", interactive=False, min_width=60, elem_id="dl-undo")
    status = _html(NO_STATUS, "dl-upload-status")
    report = _html("", "dl-upload-report")
    return UploadParts(files, folder, place, take, stop, undo, status, report)


def wire_upload(desk: Desk, signals: Signals, tab: gr.Tab, parts: UploadParts) -> None:
    """Say which event does what."""
    both = [signals.opened, signals.edition]

    def put(
        files: list[str] | None, folder: list[str] | None, place: str, request: gr.Request
    ) -> Generator[tuple[Any, ...], None, None]:
        chosen = [*(files or ()), *(folder or ())]
        yield from take(desk, str(request.session_hash), chosen, place or "")

    def stop(request: gr.Request) -> None:
        desk.intake.stop(str(request.session_hash))

    def undo() -> Generator[tuple[Any, ...], None, None]:
        yield TAKING_BACK, gr.skip(), gr.update(interactive=False), *now(desk)
        yield *undone(desk), *now(desk)

    def shown() -> Any:
        return undo_button(desk)

    at_once: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    putting = parts.take.click(
        put,
        parts.chosen,
        parts.drawn,
        show_progress="hidden",
        api_visibility="private",
        concurrency_id="intake",
        concurrency_limit=READERS,
    )
    putting.failure(broke, None, [parts.status, parts.take, parts.stop], **at_once)
    putting.then(lambda: (None, None, "", *now(desk)), None, [*parts.chosen, *both], **at_once)
    parts.stop.click(stop, None, None, **at_once)
    parts.undo.click(
        undo,
        None,
        [parts.status, parts.report, parts.undo, *both],
        show_progress="hidden",
        api_visibility="private",
        concurrency_id="intake",
    )
    for changed in (tab.select, signals.opened.change):
        changed(shown, None, parts.undo, **at_once)


def take(
    desk: Desk, session: str, files: Sequence[str], place: str
) -> Generator[tuple[Any, ...], None, None]:
    """Put files in, or what lies at a place, drawing how far it is.

    The upload goes on when its reader leaves.
    """
    try:
        newsroom = desk.newsroom
        source = _source(desk, newsroom, files, place.strip())
        job = desk.intake.take(session, source, newsroom)
        for progress in job.watch():
            if progress.is_working:
                yield status_html(progress), "", *_busy()
            else:
                shown = report_html(source.name, progress)
                yield status_html(progress), shown, *_ready(desk)
    except DatelineError as error:
        yield trouble_html(str(error)), gr.skip(), *_ready(desk)


def undone(desk: Desk) -> tuple[Any, ...]:
    """Take the last upload back, and say what that came to."""
    try:
        upload, back = desk.intake.undo(desk.newsroom)
    except DatelineError as error:
        return trouble_html(str(error)), gr.skip(), undo_button(desk)
    told = [f"{count(back.removed, 'article')} removed"]
    if back.put_back:
        told.append(f"{count(back.put_back, 'article')} put back as before")
    words = f"Taken back: {upload.name}. {', '.join(told)}."
    status = f'<div class="dl-upload-status"><p role="alert">{plain(words)}</p></div>'
    return status, "", undo_button(desk)


def undo_button(desk: Desk) -> dict[str, Any]:
    """The button, with what it would take back."""
    upload = desk.intake.last(desk.newsroom)
    if upload is None:
        return gr.update(value="Take back", interactive=False)
    return gr.update(value=f"Take back {upload.name}, {upload.at:%H:%M}", interactive=True)


def broke() -> tuple[Any, ...]:
    """Leave no upload hanging when something fell over that is not a `DatelineError`."""
    return trouble_html(BROKEN), gr.update(interactive=True), gr.update(interactive=False)


def _source(desk: Desk, newsroom: Newsroom, files: Sequence[str], place: str) -> Source:
    """What is to be taken in.

    Raises:
        TooMuch: nothing was chosen, or too much.
        MissingPath, NothingToRead: there is nothing at the place.
    """
    if files:
        staged = Staged(files, desk.uploads, OPTIONS)

        def uploaded(told: Told) -> Iterable[Entry]:
            return staged.articles(newsroom.library, told)

        return Source(count(len(staged), "file"), len(staged), uploaded)
    if place and desk.options.anywhere:
        found = corpus.read([expanded(place)])
        return Source(Path(place).name or place, 0, lambda _: found)
    raise TooMuch("Nothing was chosen", next_step="choose files or a folder above")


def _busy() -> tuple[Any, ...]:
    off = gr.update(interactive=False)
    return off, gr.update(interactive=True), off


def _ready(desk: Desk) -> tuple[Any, ...]:
    return gr.update(interactive=True), gr.update(interactive=False), undo_button(desk)


def _html(value: str, elem_id: str) -> gr.Markdown:
    return gr.Markdown(value, elem_id=elem_id, container=False, latex_delimiters=[])

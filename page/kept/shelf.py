"""What happens on the shelf of kept conversations; `shelf_tab` says on which event.

Each handler returns the parts that it changes, by part. The owner comes from the request, never
from what the browser sent.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import gradio as gr

from corpus.errors import DatelineError
from page.conversation.chat import draw, feedback_of
from page.conversation.turn import Conversation
from page.desk.desk import Desk
from page.desk.masthead import short_name
from page.drawing.markup import count, lines_of
from page.kept.held import Held, keep, of_talk, owner_of, resume
from page.kept.shelf_form import ShelfParts
from page.kept.store import KeptInfo, KeptStore
from page.kept.taking import transcript, write_files
from rag.conversation import Conversation as Talk

Changes = dict[Any, Any]

NOTHING = "Nothing is kept yet: a conversation is, from its first answer on."
NOT_FOUND = "No kept conversation has all these words."


class Shelf:
    """The handlers.

    Args:
        desk: says which library is open.
        store: where conversations are kept.
        parts: of the shelf.
        drawn: the talk, the turns, the chat and the evidence panel, which opening one draws.
    """

    def __init__(
        self, desk: Desk, store: KeptStore, parts: ShelfParts, drawn: tuple[Any, Any, Any, Any]
    ) -> None:
        self._desk = desk
        self._store = store
        self._parts = parts
        self._drawn = drawn

    def keep(
        self,
        talk: Talk | None,
        turns: Conversation,
        held: Held | None,
        is_open: bool,
        sought: str,
        request: gr.Request,
    ) -> Changes:
        """Keep the conversation as it stands on the page."""
        parts = self._parts
        owner = owner_of(request)
        try:
            held = keep(self._store, owner, talk, turns, held)
            changes: Changes = {parts.held: held}
            return changes | (self._shown(owner, held, sought) if is_open else {})
        except DatelineError as error:
            # An answer is there all the same: what is wrong is told where conversations are.
            return {parts.status: _told(str(error)), parts.shelf: gr.update(open=True)}

    def unfold(
        self, talk: Talk | None, held: Held | None, sought: str, request: gr.Request
    ) -> Changes:
        """Draw the shelf as it is now."""
        shown = self._answer(of_talk(held, talk), sought, request, "")
        return {self._parts.is_open: True} | shown

    def fold(self) -> Changes:
        """From now on it is not drawn."""
        return {self._parts.is_open: False, self._parts.sure: ""}

    def seek(
        self, talk: Talk | None, held: Held | None, sought: str, request: gr.Request
    ) -> Changes:
        """Show the conversations that have these words."""
        return self._answer(of_talk(held, talk), sought, request, "")

    def choose(self, chosen: str | None, request: gr.Request) -> Changes:
        """Bring the title of the chosen conversation into its field."""
        parts = self._parts
        found = [one for one in self._listed(request) if one.id == chosen]
        return {
            parts.title: found[0].title if found else "",
            parts.sure: "",
            parts.delete: gr.update(value="Delete"),
        }

    def open(self, chosen: str | None, request: gr.Request) -> Changes:
        """Put a kept conversation on the page, as it was left."""
        parts, (talk, turns, chat, panel) = self._parts, self._drawn
        if not chosen:
            return {parts.status: _told("Choose a conversation first.")}
        try:
            kept = self._store.read(owner_of(request), chosen)
        except DatelineError as error:
            return {parts.status: _told(str(error))}
        held = resume(self._desk, kept)
        shown, messages, evidence = draw(kept.turns)
        verdicts = {key: one.verdict for key, one in kept.judgements.items()}
        library = kept.info.library
        note = (
            f"Open: {kept.info.title}"
            if library == self._desk.address
            else f"Open to read: {kept.info.title}. It asked the library {short_name(library)}, "
            "which is not open now; another question begins a new conversation."
        )
        return {
            talk: held.talk,
            turns: shown,
            chat: gr.update(value=messages, feedback_value=feedback_of(shown, verdicts)),
            panel: evidence,
            parts.held: held,
            parts.status: _told(note),
            **self._files(held, request),
        }

    def rename(
        self,
        talk: Talk | None,
        held: Held | None,
        chosen: str | None,
        title: str,
        sought: str,
        request: gr.Request,
    ) -> Changes:
        """Give the chosen conversation a title."""
        if not chosen:
            return {self._parts.status: _told("Choose a conversation first.")}
        try:
            self._store.rename(owner_of(request), chosen, title)
        except DatelineError as error:
            return {self._parts.status: _told(str(error))}
        return self._answer(of_talk(held, talk), sought, request, "Renamed.")

    def delete(
        self,
        talk: Talk | None,
        held: Held | None,
        chosen: str | None,
        sure: str,
        sought: str,
        request: gr.Request,
    ) -> Changes:
        """Ask whether it is meant; the second press deletes."""
        parts = self._parts
        if not chosen:
            return {parts.status: _told("Choose a conversation first.")}
        if sure != chosen:
            return {
                parts.sure: chosen,
                parts.delete: gr.update(value="Delete for good"),
                parts.status: _told("Press again, and it is gone with all that was kept of it."),
            }
        try:
            self._store.delete(owner_of(request), chosen)
        except DatelineError as error:
            return {parts.status: _told(str(error))}
        changes: Changes = {
            parts.sure: "",
            parts.delete: gr.update(value="Delete"),
            parts.title: "",
        }
        if held is not None and held.id == chosen:
            # It is still on the page: its next answer begins to keep it anew.
            held = Held(held.talk)
            changes[parts.held] = held
        shown = self._answer(of_talk(held, talk), sought, request, "Deleted.", chosen=None)
        return changes | shown

    def _answer(
        self,
        held: Held | None,
        sought: str,
        request: gr.Request,
        words: str,
        **kept: Any,
    ) -> Changes:
        try:
            shown = self._shown(owner_of(request), held, sought, **kept)
            return shown | {self._parts.status: _told(words)} if words else shown
        except DatelineError as error:
            return {self._parts.status: _told(str(error))}

    def _shown(self, owner: str, held: Held | None, sought: str, **kept: Any) -> Changes:
        """The list and the downloads, as they are now.

        Raises:
            NotKept: the file cannot be used.
        """
        parts = self._parts
        found = self._store.list(owner, sought or "")
        choices = [(_label(one), one.id) for one in found]
        value = {"value": kept["chosen"]} if "chosen" in kept else {}
        changes: Changes = {parts.kept: gr.update(choices=choices, **value)}
        if not found:
            changes[parts.status] = _told(NOT_FOUND if (sought or "").strip() else NOTHING)
        else:
            changes[parts.status] = ""
        return changes | self._files_of(owner, held)

    def _listed(self, request: gr.Request) -> tuple[KeptInfo, ...]:
        try:
            return self._store.list(owner_of(request))
        except DatelineError:
            return ()

    def _files(self, held: Held, request: gr.Request) -> Changes:
        return self._files_of(owner_of(request), held)

    def _files_of(self, owner: str, held: Held | None) -> Changes:
        """The downloads of what is on the page; without files where nothing is kept of it."""
        downloads = self._parts.downloads
        if held is None or not held.id:
            return {one: gr.update(value=None, interactive=False) for one in downloads}
        kept = self._store.read(owner, held.id)
        told = transcript(kept, short_name(kept.info.library))
        files = write_files(told, self._desk.folder)
        return {
            one: gr.update(value=str(file), interactive=True)
            for one, file in zip(downloads, files, strict=True)
        }


def _label(info: KeptInfo) -> str:
    """'Who left the talks? · 3 questions · 22 November 2026 · harbour'; no HTML."""
    day = f"{info.changed.astimezone():%-d %B %Y}"
    today = datetime.now(UTC).astimezone().date() == info.changed.astimezone().date()
    when = f"today, {info.changed.astimezone():%H:%M}" if today else day
    facts = [info.title, count(info.questions, "question"), when, short_name(info.library)]
    return " · ".join(facts)


def _told(words: str) -> str:
    return f'<p role="status">{lines_of(words)}</p>'

"""What happens when a reader judges an answer; `judging_tab` says on which event.

Each handler returns the parts that it changes, by part. A judgement is kept as soon as a thumb is
pressed; the note and what would have been right may follow.
"""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import gradio as gr

from corpus.errors import DatelineError
from page.conversation.turn import Conversation, Turn
from page.desk.desk import Desk, address_of
from page.drawing.markup import count, lines_of, plain, shortened
from page.kept.file import NotKept
from page.kept.held import Held, keep, of_talk, owner_of
from page.kept.judgement import NO_ANSWER, Judgement, Verdict, sample_of
from page.kept.judging_form import NOTE, SHOULD, JudgingParts
from page.kept.store import KeptStore
from page.kept.suite import add_sample, suite_file
from rag.conversation import Conversation as Talk

Changes = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A turn that can be judged, and the conversation that it is kept in."""

    turn: Turn
    held: Held


class Judging:
    """The handlers.

    Args:
        desk: has the folder for downloads.
        store: where judgements are kept, and beside it the suites that they make.
        parts: of the panel.
        held: the state that says what is kept of the conversation on the page.
    """

    def __init__(self, desk: Desk, store: KeptStore, parts: JudgingParts, held: gr.State) -> None:
        self._desk = desk
        self._store = store
        self._parts = parts
        self._held = held

    def press(
        self,
        talk: Talk | None,
        turns: Conversation,
        held: Held | None,
        event: gr.LikeData,
        request: gr.Request,
    ) -> Changes:
        """Keep which thumb was pressed, and open the panel for more."""
        parts = self._parts
        if event.liked is not True and event.liked is not False:
            return {parts.panel: gr.update(visible=False)}
        # The chat counts messages, two a turn.
        place = event.index[0] if isinstance(event.index, (tuple, list)) else event.index
        number = int(place) // 2 + 1
        owner = owner_of(request)
        try:
            one = self._judged(owner, talk, turns, held, number)
            before = self._store.read(owner, one.held.id).judgements.get(one.turn.key)
            verdict: Verdict = "right" if event.liked else "wrong"
            judgement = replace(before or Judgement(verdict), verdict=verdict)
            self._store.judge(owner, one.held.id, one.turn, judgement)
        except DatelineError as error:
            return {parts.status: _told(str(error)), parts.panel: gr.update(visible=True)}
        return {
            self._held: one.held,
            parts.number: number,
            parts.panel: gr.update(visible=True),
            parts.head: f"<h3>Answer {number}: {plain(shortened(one.turn.question, 80))}</h3>",
            parts.verdict: verdict,
            parts.note: judgement.note,
            parts.should: "" if judgement.should == NO_ANSWER else judgement.should,
            parts.none: judgement.should == NO_ANSWER,
            parts.suite: gr.update(value=None, interactive=False),
            parts.status: _told(f"Kept: {verdict}."),
        }

    def keep(
        self,
        talk: Talk | None,
        turns: Conversation,
        held: Held | None,
        number: int,
        verdict: Verdict | None,
        note: str,
        should: str,
        none: bool,
        request: gr.Request,
    ) -> Changes:
        """Keep what the panel says."""
        owner = owner_of(request)
        judgement = _judgement(verdict or "right", note, should, none)
        try:
            one = self._judged(owner, talk, turns, held, number)
            self._store.judge(owner, one.held.id, one.turn, judgement)
        except DatelineError as error:
            return {self._parts.status: _told(str(error))}
        words = f"Kept: {judgement.verdict}."
        return {self._held: one.held, self._parts.status: _told(words)}

    def sample(
        self,
        talk: Talk | None,
        turns: Conversation,
        held: Held | None,
        number: int,
        verdict: Verdict | None,
        note: str,
        should: str,
        none: bool,
        request: gr.Request,
    ) -> Changes:
        """Keep what the panel says, and make an eval sample of it."""
        parts = self._parts
        owner = owner_of(request)
        judgement = _judgement(verdict or "right", note, should, none)
        try:
            one = self._judged(owner, talk, turns, held, number)
            self._store.judge(owner, one.held.id, one.turn, judgement)
            before = [each.question for each in turns[: number - 1] if each.answer]
            made = sample_of(one.turn, judgement, before)
            library = address_of(one.held.talk.newsroom)
            file = suite_file(self._store.path.parent, owner, library)
            samples = add_sample(file, made)
        except DatelineError as error:
            return {parts.status: _told(str(error))}
        taken = self._desk.folder / uuid4().hex / file.name
        taken.parent.mkdir()
        shutil.copyfile(file, taken)
        words = f"Added: the suite has {count(samples, 'sample')}."
        # The path means something to whoever sits at this machine, and to nobody else.
        command = shlex.join(["dateline-eval", "run", str(file), "--library", library])
        run = "" if owner else f"\n{command}"
        return {
            self._held: one.held,
            parts.status: _told(words + run),
            parts.suite: gr.update(value=str(taken), interactive=True),
        }

    def close(self) -> Changes:
        """Put the panel away."""
        return {self._parts.panel: gr.update(visible=False), self._parts.number: 0}

    def _judged(
        self,
        owner: str,
        talk: Talk | None,
        turns: Conversation,
        held: Held | None,
        number: int,
    ) -> _Judged:
        """The turn of that number; a conversation that is not kept yet is from now on.

        Raises:
            NotKept: there is no such answer, or it cannot be kept.
        """
        turn = turns[number - 1] if 1 <= number <= len(turns) else None
        current = of_talk(held, talk)
        if turn is not None and turn.answer is not None and (current is None or not current.id):
            current = keep(self._store, owner, talk, turns, held)
        if turn is None or turn.answer is None or current is None or not current.id:
            raise NotKept(
                "There is no finished answer to judge", next_step="wait for it, or ask again"
            )
        return _Judged(turn, current)


def _judgement(verdict: Verdict, note: str, should: str, none: bool) -> Judgement:
    # The browser holds both to their lengths; whoever sends something else is cut short.
    said = (note or "").strip()[:NOTE]
    if none and verdict == "wrong":
        return Judgement(verdict, said, NO_ANSWER)
    return Judgement(verdict, said, (should or "").strip()[:SHOULD])


def _told(words: str) -> str:
    return f'<p role="status">{lines_of(words)}</p>'

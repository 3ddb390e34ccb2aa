"""Which kept conversation a browser tab shows, and keeping it after each answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from corpus.errors import LibraryMissing
from page.conversation.turn import Conversation
from page.desk.desk import Desk, address_of
from page.kept.store import KeptConversation, KeptStore
from rag.conversation import Conversation as Talk
from rag.conversation import Turn as TalkTurn
from rag.events import Event
from rag.question.query import LONGEST_QUESTION

if TYPE_CHECKING:
    import gradio as gr


@dataclass(frozen=True, slots=True)
class Held:
    """The conversation of a browser tab, as far as the store has it.

    Attributes:
        talk: what the turns were asked by; another talk is another conversation.
        id: in the store; '' while it is not kept.
        known: keys of the turns that this tab has shown, whether or not they are there still.
    """

    talk: Talk
    id: str = ""
    known: frozenset[str] = frozenset()


def owner_of(request: gr.Request | None) -> str:
    """Whose conversations are meant: the name that was logged in with, '' where nobody had to."""
    return (getattr(request, "username", None) or "") if request is not None else ""


def of_talk(held: Held | None, talk: Talk | None) -> Held | None:
    """What is held of the conversation on the page; None where that is another by now."""
    return held if held is not None and held.talk is talk else None


def keep(
    store: KeptStore, owner: str, talk: Talk | None, turns: Conversation, held: Held | None
) -> Held | None:
    """Keep the conversation as it stands; one in which nothing was answered is not kept.

    A question that was refused for its length is left out: what is kept is bounded.

    Raises:
        NotKept: the file cannot be used.
    """
    if talk is None:
        return None
    held = of_talk(held, talk) or Held(talk)
    turns = tuple(
        turn for turn in turns if not turn.is_working and len(turn.question) <= LONGEST_QUESTION
    )
    if not held.id and not any(turn.answer or turn.sentences for turn in turns):
        return held
    known = held.known | {turn.key for turn in turns}
    address = address_of(talk.newsroom)
    kept = store.save(owner, held.id, address, turns, talk.spans, known)
    return Held(talk, kept, known if kept else frozenset())


def resume(desk: Desk, kept: KeptConversation) -> Held:
    """The kept conversation, ready to go on where the library that it asked is open.

    Where another is open it can be read; what is asked then begins a conversation of its own.
    """
    is_open = kept.info.library == desk.address
    talk = Talk(
        desk.newsroom if is_open else Elsewhere(kept.info.library),
        [
            TalkTurn(turn.question, turn.asked_as or turn.question, turn.answer)
            for turn in kept.turns
            if turn.answer
        ],
        kept.spans,
    )
    return Held(talk, kept.info.id, frozenset(turn.key for turn in kept.turns))


class Elsewhere:
    """Stands for the newsroom of a library that is not open: it has an address, and no answers."""

    def __init__(self, address: str) -> None:
        self.library = SimpleNamespace(path=address)

    def stream(self, question: str, **_: object) -> Iterator[Event]:  # noqa: ARG002 - a Desk's
        """Nothing is asked of a library that is not open.

        Raises:
            LibraryMissing: always.
        """
        raise LibraryMissing(
            "The library of this conversation is not open",
            where=str(self.library.path),
            next_step="open it on the tab Library",
        )

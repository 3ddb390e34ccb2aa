"""What happens on each event of the tab that asks; `ask_tab` says on which."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

import gradio as gr

from corpus.errors import DatelineError
from page.evidence import panel_html
from page.message import messages
from page.turn import BROKEN, Conversation, Turn, asked, with_last
from rag.conversation import Conversation as Talk
from rag.events import Event

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

Drawn = tuple[Conversation, Any, Any]
"""The turns, the chat's messages, the panel."""


def draw(turns: Conversation) -> Drawn:
    """The conversation, its chat messages and its evidence panel."""
    return turns, messages(turns), panel_html(turns)


def ask(question: str, as_of: str, turns: Conversation) -> tuple[Any, ...]:
    """Put a question at the end of the conversation."""
    return *draw(asked(turns, question or "", as_of or "")), _busy("")


def ask_example(as_of: str, turns: Conversation, event: gr.SelectData) -> tuple[Any, ...]:
    """Put an example question at the end of the conversation."""
    return ask(event.value["text"], as_of, turns)


def ask_again(turns: Conversation) -> tuple[Any, ...]:
    """Put the last question once more, in place of its answer."""
    if not turns:
        return *draw(turns), ready()
    last = turns[-1]
    return *draw(asked(turns[:-1], last.question, last.as_of)), _busy()


def answer(
    newsroom: Newsroom, talk: Talk | None, turns: Conversation
) -> Generator[tuple[Any, ...], None, None]:
    """Answer the last turn in the light of those before; the first of them begins the talk."""
    talk = talk or newsroom.chat()
    for drawn in stream(talk, turns):
        yield talk, *drawn


def stream(talk: Talk, turns: Conversation) -> Generator[Drawn, None, None]:
    """Answer the last turn, drawing after each event that changes what is seen.

    When the reader stops, or leaves, Gradio closes this generator, which closes the newsroom's
    iterator, which stops the model.
    """
    if not turns:
        return
    # What the page shows is the conversation: a turn that was taken back or asked anew is none.
    talk.keep(sum(turn.answer is not None for turn in turns[:-1]))
    turn = turns[-1]
    chat: list[dict[str, str]] = []
    panel = ""
    try:
        turn, events = _begun(talk, turn)
        with closing(_closable(events)) as closable:
            for event in closable:
                turn = turn.after(event)
                turns, new_chat, new_panel = draw(with_last(turns, turn))
                yield (
                    turns,
                    gr.skip() if new_chat == chat else new_chat,
                    gr.skip() if new_panel == panel else new_panel,
                )
                chat, panel = new_chat, new_panel
    except DatelineError as error:
        yield draw(with_last(turns, turn.failed(str(error))))


def broke(turns: Conversation) -> Drawn:
    """Leave no answer hanging when something fell over that is not a `DatelineError`."""
    if turns and turns[-1].is_working:
        turns = with_last(turns, turns[-1].failed(BROKEN))
    return draw(turns)


def stop(turns: Conversation) -> tuple[Any, ...]:
    """End the last turn where it stands."""
    if turns:
        turns = with_last(turns, turns[-1].stopped())
    return *draw(turns), ready()


def undo(turns: Conversation) -> tuple[Any, ...]:
    """Take the last question back into the box."""
    if not turns:
        return *draw(turns), gr.skip()
    return *draw(turns[:-1]), gr.update(value=turns[-1].question)


def start_over() -> tuple[Any, ...]:
    """An empty conversation, whose citations count from 1 again."""
    return None, *draw(()), ready()


def ready() -> dict[str, Any]:
    """The box, open for the next question."""
    return gr.update(submit_btn=True, stop_btn=False, interactive=True)


def _begun(talk: Talk, turn: Turn) -> tuple[Turn, Iterator[Event]]:
    """The turn with what its question was understood as, and its events.

    Raises:
        DatelineError: the question cannot be asked.
    """
    as_of = turn.as_of or None
    events = talk.stream(turn.question, as_of=as_of)
    return turn.understood(talk.whole(turn.question, as_of=as_of)), events


def _closable(events: Iterator[Event]) -> Generator[Event, None, None]:
    return cast("Generator[Event, None, None]", events)


def _busy(value: str | None = None) -> dict[str, Any]:
    changes: dict[str, Any] = {"submit_btn": False, "stop_btn": True, "interactive": False}
    return gr.update(**changes) if value is None else gr.update(value=value, **changes)

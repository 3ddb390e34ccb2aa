"""What happens on each event of the tab that asks; `tab` says on which."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any, cast

import gradio as gr

from corpus.errors import DatelineError
from page.ask.next import none_offered
from page.conversation.chat import Drawn, draw
from page.conversation.evidence import panel_html
from page.conversation.turn import BROKEN, Conversation, Turn, asked, with_last
from page.desk.desk import Desk
from page.desk.gate import Gate, Waiting
from page.desk.masthead import example_questions, name_of, welcome
from page.drawing.markup import count
from rag.conversation import Conversation as Talk
from rag.events import Event


def ask(question: str, as_of: str, turns: Conversation, editing: int) -> tuple[Any, ...]:
    """Put a question at the end of the conversation, or in the place of one that is edited.

    What came after that one goes with it: it was asked in the light of another answer.
    """
    before = turns[: editing - 1] if editing else turns
    return *draw(asked(before, question or "", as_of or "")), _busy(""), *no_edit()


def ask_example(
    as_of: str, turns: Conversation, editing: int, event: gr.SelectData
) -> tuple[Any, ...]:
    """Put an example question at the end of the conversation."""
    return ask(event.value["text"], as_of, turns, editing)


def ask_suggested(
    as_of: str, turns: Conversation, editing: int, event: gr.SelectData
) -> tuple[Any, ...]:
    """Put a suggested question at the end of the conversation."""
    return ask(event.value[0], as_of, turns, editing)


def ask_again(turns: Conversation) -> tuple[Any, ...]:
    """Put the last question once more, in place of its answer."""
    if not turns:
        return *draw(turns), ready(), *no_edit()
    last = turns[-1]
    return *draw(asked(turns[:-1], last.question, last.as_of)), _busy(), *no_edit()


def edit(place: str, turns: Conversation) -> tuple[Any, ...]:
    """Bring a question back into the box, with its day; the conversation stays until it is asked.

    Args:
        place: 'edit-2', and behind a '~' what page.js counts, so that one can be edited twice.
    """
    number = place.partition("~")[0].removeprefix("edit-")
    if not number.isdecimal() or not 1 <= int(number) <= len(turns):
        return gr.skip(), gr.skip(), *no_edit()
    turn = turns[int(number) - 1]
    after = len(turns) - turn.number
    lost = f", and {count(after, 'question')} after it," if after else ""
    note = f"Editing question {turn.number}. Its answer{lost} goes when you ask."
    box = gr.update(value=turn.question, autofocus=True)
    return box, turn.as_of, turn.number, *_edit_note(note), none_offered()


def no_edit() -> tuple[Any, ...]:
    """No question is edited: the state, the note, the button that gives up, and the offers."""
    return 0, *_edit_note(""), none_offered()


def _edit_note(note: str) -> tuple[Any, ...]:
    shown = f'<p role="status">{note}</p>' if note else ""
    return gr.update(value=shown, visible=bool(note)), gr.update(visible=bool(note))


def answer(
    desk: Desk, talk: Talk | None, turns: Conversation
) -> Generator[tuple[Any, ...], None, None]:
    """Answer the last turn in the light of those before; the first of them begins the talk.

    A talk that was begun with another library than the one that is open now does not go on: the
    last turn is its first, and says so.
    """
    if talk is None or not desk.is_of(talk):
        turns = turns if talk is None else _anew(desk, turns)
        talk = desk.newsroom.chat()
    talk.ask_by(desk.newsroom)
    for drawn in stream(talk, turns, desk.gate):
        yield talk, *drawn


def library_changed(desk: Desk, talk: Talk | None, turns: Conversation) -> tuple[Any, ...]:
    """What an empty chat says of the library that is open now; the chat is emptied if need be."""
    chat = gr.update(
        placeholder=welcome(desk.newsroom),
        examples=[{"text": question} for question in example_questions(desk.newsroom)],
    )
    if talk is None or desk.is_of(talk):
        return talk, turns, chat, gr.skip(), gr.skip()
    return None, (), {**chat, "value": []}, panel_html(()), ready()


def stream(
    talk: Talk, turns: Conversation, gate: Gate | None = None
) -> Generator[Drawn, None, None]:
    """Answer the last turn, drawing after each event that changes what is seen.

    With a gate, it is answered when it is its turn there.

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
        with closing(gate.in_turn(events) if gate else _closable(events)) as closable:
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
    """An empty conversation, whose citations count from 1 again. A kept one stays kept."""
    return None, *draw(()), ready()


def ready() -> dict[str, Any]:
    """The box, open for the next question."""
    return gr.update(submit_btn=True, stop_btn=False, interactive=True)


def _anew(desk: Desk, turns: Conversation) -> Conversation:
    notice = f"a new conversation, because another library is open now: {name_of(desk.newsroom)}"
    return tuple(replace(turn, number=1, notice=notice) for turn in turns[-1:])


def _begun(talk: Talk, turn: Turn) -> tuple[Turn, Iterator[Event]]:
    """The turn with what its question was understood as, and its events.

    Raises:
        DatelineError: the question cannot be asked.
    """
    as_of = turn.as_of or None
    events = talk.stream(turn.question, as_of=as_of)
    return turn.understood(talk.whole(turn.question, as_of=as_of)), events


def _closable(events: Iterator[Event]) -> Generator[Event | Waiting, None, None]:
    return cast("Generator[Event | Waiting, None, None]", events)


def _busy(value: str | None = None) -> dict[str, Any]:
    changes: dict[str, Any] = {"submit_btn": False, "stop_btn": True, "interactive": False}
    return gr.update(**changes) if value is None else gr.update(value=value, **changes)

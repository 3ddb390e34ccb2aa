"""One question asked by a client that may leave: its turn at the gate, its events, its end.

The question is answered in a task of its own, at the model's pace and not at the reader's, so that
a client that reads slowly holds no place at the gate. When the client leaves, the model stops at
its next word.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from anyio import CancelScope, to_thread

from page.api.asked import Scope
from page.desk.gate import Gate, Ticket, Waiting, closed
from rag.answer import Answer
from rag.events import AnswerFinished, Event
from rag.question.query import read_question

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

LOOK = 0.1
"""Seconds between two looks at whether a client is still there."""

PULSE = 10.0
"""Seconds of silence after which a stream says that it is alive. Judgement: proxies commonly cut
a silent connection after 30 or 60."""

Result = TypeVar("Result")


class Opened(Protocol):
    """What says which newsroom is open: `page.desk.desk.Desk`."""

    @property
    def newsroom(self) -> Newsroom:
        """The one that is open now."""
        ...  # pragma: no cover


class _End:
    """The question is over: answered, or ended by the error that its task holds."""


Told = Event | Waiting | None
"""What a stream gives: an event, a place in the queue, or None after some seconds of silence."""


class Asking:
    """One question. Made where it can still be refused, before anything is sent.

    Args:
        opened: whose newsroom is asked, as it is when it is the question's turn.
        gate: is joined at once.
        scope: the question.

    Raises:
        EmptyQuestion, QuestionTooLong, BadDate: it cannot be asked.
        Busy, Draining: the gate lets nothing in.
    """

    def __init__(self, opened: Opened, gate: Gate, scope: Scope) -> None:
        read_question(**scope.model_dump(include=_SCOPE))
        self._opened = opened
        self._scope = scope
        self._ticket: Ticket = gate.join()
        self._began = self._left = False
        self._told: asyncio.Queue[Told | _End] = asyncio.Queue()

    async def answer(self) -> Answer:
        """The answer. Cancelling this stops the model."""
        async for told in self.events():
            if isinstance(told, AnswerFinished):
                return told.answer
        raise AssertionError("a stream ends with AnswerFinished")

    async def events(self) -> AsyncGenerator[Told, None]:
        """What happens, `AnswerFinished` last. Closing this generator stops the model.

        Raises:
            DatelineError: what ended the question.
        """
        self._began = True
        work = asyncio.create_task(self._work())
        work.add_done_callback(lambda _: self._told.put_nowait(_End()))
        try:
            while True:
                try:
                    # Not `wait_for`: in Python 3.11 it can swallow a cancellation.
                    async with asyncio.timeout(PULSE):
                        told = await self._told.get()
                except TimeoutError:
                    yield None
                    continue
                if isinstance(told, _End):
                    await work
                    return
                yield told
        finally:
            self.leave()
            with CancelScope(shield=True):
                await asyncio.wait({work})

    def leave(self) -> None:
        """Have nothing more done for this question. Its place is free once the model stopped."""
        self._left = True
        if self._began:
            self._ticket.withdraw()
        else:
            self._ticket.leave()

    async def _work(self) -> None:
        try:
            if await self._its_turn():
                await self._answer()
        finally:
            self._ticket.leave()

    async def _its_turn(self) -> bool:
        """Wait for the turn; False where the client left first."""
        turn = asyncio.wrap_future(self._ticket.turn)
        place = -1
        while not turn.done():
            if (now := self._ticket.place) != place:
                place = now
                self._told.put_nowait(Waiting(place))
            await asyncio.wait({turn}, timeout=1.0)
        if turn.cancelled():
            return False
        turn.result()
        return not self._left

    async def _answer(self) -> None:
        # This task is never cancelled: a generator that runs in a thread cannot be closed from
        # another. It is told to leave off, and does so at the next event.
        asked = self._scope.model_dump(include=_SCOPE)
        question = asked.pop("question")
        newsroom = self._opened.newsroom
        events: Iterator[Event] = iter(())
        try:
            events = await to_thread.run_sync(lambda: newsroom.stream(question, **asked))
            while not self._left:
                event = await to_thread.run_sync(next, events, None)
                if event is None:
                    return
                self._told.put_nowait(event)
        finally:
            await to_thread.run_sync(closed, events)


_SCOPE = {"question", "as_of", "since", "until", "outlets"}


class Gone(Exception):
    """The client left before its answer was there."""


async def while_there(is_gone: Callable[[], Awaitable[bool]], work: Awaitable[Result]) -> Result:
    """What the work gives, unless the client leaves first: then the work is cancelled.

    Raises:
        Gone: it left.
    """
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            if await is_gone():
                raise Gone
            await asyncio.wait({task}, timeout=LOOK)
        return task.result()
    finally:
        with CancelScope(shield=True):
            task.cancel()
            await asyncio.wait({task})

"""One question at a time: the gate that the page, the HTTP API and the MCP tools go through.

A model on this machine answers one question as quickly as two at half the pace, so questions are
answered one after the other, in the order in which they came. Only so many may wait: whoever comes
after them is told at once when to try again, and memory stays bounded whatever comes in.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from math import ceil
from typing import cast

from corpus.errors import DatelineError
from rag.events import Event


class Refused(DatelineError):
    """The gate lets no more questions in for now.

    Attributes:
        retry_after: seconds until it is worth trying again.
    """

    retry_after: int = 1


class Busy(Refused):
    """As many questions wait as may wait."""


class Draining(Refused):
    """The server is being stopped: what is being answered is finished, nothing new begins."""


LOOK = 0.5
"""Seconds between two looks at whose turn it is. Whoever waits can leave at each of them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question waits for its turn.

    Attributes:
        place: how many are answered before it; 0 where its turn has just come.
    """

    place: int


@dataclass(frozen=True, slots=True)
class GateOptions:
    """How much is let in.

    Attributes:
        slots: questions that are answered at the same time.
        waiting: questions that may wait besides. Sixteen of the default model's answers are a
            minute of waiting; nobody waits for longer.
        usual: seconds that an answer takes, before the first has been timed. Judgement.
        longest: the most seconds that a client is told to wait before it tries again.
    """

    slots: int = 1
    waiting: int = 16
    usual: float = 3.0
    longest: int = 60


class Ticket:
    """One question's place at the gate. `leave` is called once it needs the place no more."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.turn: Future[None] = Future()
        self.began = 0.0

    def wait(self) -> None:
        """Wait for the turn.

        Raises:
            Draining: it will not come.
            CancelledError: it was given up meanwhile.
        """
        self.turn.result()

    @property
    def place(self) -> int:
        """How many are answered before this one: 0 when it is its turn."""
        return self._gate.place(self)

    def withdraw(self) -> None:
        """Give the place up if it is not its turn yet."""
        self._gate.withdraw(self)

    def leave(self) -> None:
        """Give the place up, wherever it is; a second time does nothing."""
        self._gate.leave(self)


class Gate:
    """Lets so many in at a time, in the order in which they came. Safe for any thread."""

    def __init__(self, options: GateOptions | None = None) -> None:
        self.options = options or GateOptions()
        self._changed = threading.Condition()
        self._inside: set[Ticket] = set()
        self._waiting: deque[Ticket] = deque()
        self._draining = False
        self._seconds = self.options.usual
        self.refused = 0

    @property
    def inside(self) -> int:
        """Questions that are being answered."""
        return len(self._inside)

    @property
    def waiting(self) -> int:
        """Questions that wait."""
        return len(self._waiting)

    @property
    def is_draining(self) -> bool:
        """True once nothing new is let in."""
        return self._draining

    @property
    def retry_after(self) -> int:
        """Seconds after which half of what is in line is done, from how long answers took."""
        rounds = (self.waiting + self.inside) / self.options.slots
        return max(1, min(self.options.longest, ceil(rounds * self._seconds / 2)))

    def join(self, *, beyond: bool = False) -> Ticket:
        """A place at the end of the queue.

        Args:
            beyond: also where as many wait as may. For what is one in the whole process.

        Raises:
            Busy, Draining: there is none.
        """
        with self._changed:
            if self._draining:
                self.refused += 1
                raise draining()
            is_full = self.inside >= self.options.slots and self.waiting >= self.options.waiting
            if is_full and not beyond:
                self.refused += 1
                raise self._busy()
            ticket = Ticket(self)
            self._waiting.append(ticket)
            self._admit()
            return ticket

    def place(self, ticket: Ticket) -> int:
        """How many are answered before this one."""
        with self._changed:
            if ticket not in self._waiting:
                return 0
            return len(self._inside) + self._waiting.index(ticket)

    def withdraw(self, ticket: Ticket) -> None:
        """Give up a place in the queue; one inside is kept."""
        with self._changed:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                ticket.turn.cancel()

    def leave(self, ticket: Ticket) -> None:
        """Give a place up, and let the next in."""
        with self._changed:
            self.withdraw(ticket)
            if ticket in self._inside:
                self._inside.remove(ticket)
                # The latest answers count most: a change of model shows within a few of them.
                self._seconds += 0.2 * (time.monotonic() - ticket.began - self._seconds)
            self._admit()
            self._changed.notify_all()

    def drain(self) -> None:
        """Let nothing new in, and send away what waits. What is being answered goes on."""
        with self._changed:
            self._draining = True
            while self._waiting:
                turn = self._waiting.popleft().turn
                if turn.set_running_or_notify_cancel():
                    turn.set_exception(draining())
            self._changed.notify_all()

    def is_empty_within(self, seconds: float) -> bool:
        """Wait until nothing is being answered; False if that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._inside, seconds)

    def in_turn(self, events: Iterator[Event]) -> Generator[Event | Waiting, None, None]:
        """The events of one question when it is its turn, and before them, again and again, how
        many questions are answered before it.

        Closing this generator closes the events, which stops the model, and frees the place.

        Raises:
            Busy, Draining: at the first event.
        """
        # Joined when the first event is asked for: a generator that nobody starts never reaches
        # its `finally`.
        ticket = self.join()
        try:
            if not ticket.turn.done():
                yield from _until_turn(ticket)
            ticket.wait()
            yield from cast("Generator[Event, None, None]", events)
        finally:
            closed(events)
            ticket.leave()

    def _admit(self) -> None:
        while self._waiting and len(self._inside) < self.options.slots:
            ticket = self._waiting.popleft()
            if not ticket.turn.set_running_or_notify_cancel():
                continue
            ticket.began = time.monotonic()
            self._inside.add(ticket)
            ticket.turn.set_result(None)

    def _busy(self) -> Busy:
        refusal = Busy(
            f"{self.waiting} questions are waiting to be answered, which is as many as may wait",
            next_step=f"ask again in {self.retry_after} seconds",
        )
        refusal.retry_after = self.retry_after
        return refusal


def _until_turn(ticket: Ticket) -> Iterator[Waiting]:
    """How many come first, again and again; at last that nobody does."""
    while not ticket.turn.done():
        yield Waiting(ticket.place)
        wait([ticket.turn], timeout=LOOK)
    yield Waiting(0)


def draining() -> Draining:
    """What is told to a question that comes while the server is being stopped."""
    return Draining("Dateline is being stopped", next_step="ask again once it has been restarted")


def closed(events: Iterator[Event]) -> None:
    """End a stream of events: its `close` stops the model. One without `close` is at its end."""
    close = getattr(events, "close", None)
    if close is not None:
        close()

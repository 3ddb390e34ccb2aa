"""The turns of a run at the gate: one for each question, so that readers' questions come between.

Without them a reader would wait at the model's own lock, and not be told that it is busy.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import wait

from evals.runner import System
from evals.sample import Sample
from evals.systems import MakeSystem
from page.desk.gate import LOOK, Gate, Ticket
from rag.newsroom import Newsroom


class Turns:
    """Where one run stands at the gate. Used by the run's thread alone.

    Args:
        gate: that readers' questions go through.
        go_on: called while the run waits; what it raises ends the wait.
    """

    def __init__(self, gate: Gate, go_on: Callable[[], None]) -> None:
        self._gate = gate
        self._go_on = go_on
        self._ticket: Ticket | None = None
        self._left = 0

    @property
    def is_waiting(self) -> bool:
        """Whether a reader's question is answered first."""
        ticket = self._ticket
        return ticket is not None and ticket.place > 0

    def of(self, make: MakeSystem, kept: Callable[[], Collection[str]]) -> MakeSystem:
        """The system, made with the first turn taken: no reader waits while a world is built.

        Args:
            kept: the ids of the samples that earlier runs have kept, which are not asked again.
        """

        def made(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
            system = make(newsroom, samples)
            done = set(kept())
            self._left = sum(sample.id not in done for sample in samples)
            self._take()
            return system

        return made

    def next(self) -> None:
        """After a question: let others in, and take the next turn if this world has one more.

        Raises:
            Draining: the server is being stopped.
        """
        self._left -= 1
        self.leave()
        self._go_on()
        if self._left > 0:
            self._take()

    def leave(self) -> None:
        """Let others in; a second time does nothing."""
        if self._ticket is not None:
            self._ticket.leave()
            self._ticket = None

    def _take(self) -> None:
        self.leave()
        # Runs wait for one another, so there is never more than this one beyond those who may wait.
        self._ticket = ticket = self._gate.join(beyond=True)
        while not ticket.turn.done():
            wait([ticket.turn], timeout=LOOK)
            self._go_on()
        ticket.wait()

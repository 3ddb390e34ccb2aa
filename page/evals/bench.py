"""Runs of evals for the page: one worker, and one job for each browser tab.

A run takes minutes, so it goes on in a thread of its own while the page looks at how far it is.
It ends within a question when its reader stops it or leaves; every answer is kept by then, and
the same run goes on from there. Runs wait for one another, so that their seconds mean something,
and for the questions of readers, which come in between.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Generator, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.closing import Closing
from evals.record import Record
from evals.store import DEFAULT_STORE, RunInfo, RunStore
from evals.suite import Suite
from evals.suite_run import run_suite
from evals.systems import SYSTEMS, MakeSystem
from page.desk.desk import Desk
from page.desk.gate import Draining, Gate
from page.evals.turns import Turns

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

LOOK = 0.2
"""Seconds between two looks at a run."""

Phase = Literal["waiting", "loading", "asking", "giving way", "stopping", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to ask: a suite, of a system, the first so many questions or all."""

    suite: Suite
    system: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        run: its id; '' until the store has it.
        done: questions kept, those of earlier runs among them.
        items: questions in all.
        before: those that were kept before this run began.
        seconds: since its first question, until the last that is kept.
    """

    phase: Phase
    run: str = ""
    done: int = 0
    items: int = 0
    before: int = 0
    seconds: float = 0.0

    @property
    def is_working(self) -> bool:
        """True until the run is stopped or done."""
        return self.phase not in ("stopped", "done")

    @property
    def seconds_left(self) -> float | None:
        """What the rest takes at the pace so far; None before the first answer."""
        asked = self.done - self.before
        return self.seconds / asked * (self.items - self.done) if asked else None


class _Stopped(Exception):
    """Raised in a run's thread to end it."""


class Job:
    """One run, from a reader's press on the button to its end."""

    def __init__(self, plan: Plan, gate: Gate) -> None:
        self.plan = plan
        self.progress = Progress("waiting")
        self._stopping = threading.Event()
        self._turns = Turns(gate, self._go_on)
        self._began = 0.0
        self._future: Future[None] | None = None

    def start(self, worker: ThreadPoolExecutor, newsroom: Newsroom, store: Path) -> None:
        """Have it run once the worker is free, each question when it is its turn at the gate."""
        self._future = worker.submit(self._run, newsroom, store)

    def stop(self) -> None:
        """End it within a question."""
        self._stopping.set()

    def watch(self) -> Iterator[Progress]:
        """How far it is, at each change, until it ends; closing this iterator stops it.

        Raises:
            DatelineError: what ended the run.
        """
        assert self._future is not None
        shown = None
        try:
            while not self._future.done():
                if (now := self._now()) != shown:
                    yield now
                    shown = now
                wait([self._future], timeout=LOOK)
            try:
                self._future.result()
            except CancelledError:
                self.progress = replace(self.progress, phase="stopped")
            yield self.progress
        finally:
            self.stop()

    def _now(self) -> Progress:
        if not self.progress.is_working:
            return self.progress
        if self._stopping.is_set():
            return replace(self.progress, phase="stopping")
        gives_way = self._turns.is_waiting
        return replace(self.progress, phase="giving way") if gives_way else self.progress

    def _run(self, newsroom: Newsroom, store: Path) -> None:
        plan = self.plan
        try:
            self._go_on()
            self.progress = Progress("loading")
            with RunStore.open(store) as opened:
                run_suite(
                    plan.suite, plan.system, newsroom, opened, systems=self._systems(opened),
                    limit=plan.limit, progress=False, begun=self._begun, after=self._after,
                )  # fmt: skip
        except (_Stopped, Draining):
            self.progress = replace(self.progress, phase="stopped")
            return
        finally:
            self._turns.leave()
        self.progress = replace(self.progress, phase="done")

    def _systems(self, store: RunStore) -> dict[str, MakeSystem]:
        @cache
        def kept() -> Collection[str]:
            return store.kept(self.progress.run).keys()

        return {name: self._turns.of(make, kept) for name, make in SYSTEMS.items()}

    def _begun(self, info: RunInfo) -> None:
        self.progress = Progress("asking", info.id, info.done, info.items, info.done)
        self._began = time.monotonic()
        self._go_on()

    def _after(self, record: Record) -> None:
        del record
        seconds = time.monotonic() - self._began
        self.progress = replace(self.progress, done=self.progress.done + 1, seconds=seconds)
        self._turns.next()

    def _go_on(self) -> None:
        # The last answer makes the run whole: it is not stopped on the way to saying so.
        whole = self.progress.items and self.progress.done == self.progress.items
        if self._stopping.is_set() and not whole:
            raise _Stopped


class Bench(Closing):
    """Where the page's evals run. Use it in a `with` block, inside the desk's.

    Args:
        desk: says which newsroom a run asks: the one that is open when it is begun.
        store: the file that keeps the runs; made by the first of them.
    """

    def __init__(self, desk: Desk, store: Path = DEFAULT_STORE) -> None:
        self.desk = desk
        self.store = store
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="dateline-evals")
        self._jobs: dict[str, Job] = {}

    def run(self, session: str, plan: Plan) -> Generator[Progress, None, None]:
        """Run a plan for a browser tab, telling how far it is. Closing the generator stops it.

        A run that the tab still has going is stopped first. What is kept of the same run is not
        asked again.

        Raises:
            DatelineError: the run cannot begin, or broke.
        """
        self.stop(session)
        job = self._jobs[session] = Job(plan, self.desk.gate)
        job.start(self._worker, self.desk.newsroom, self.store)
        try:
            yield from job.watch()
        finally:
            if self._jobs.get(session) is job:
                del self._jobs[session]

    def stop(self, session: str) -> None:
        """End the run that a browser tab has going, if it has one."""
        job = self._jobs.get(session)
        if job is not None:
            job.stop()

    def close(self) -> None:
        """Stop every run, and wait for the questions that are being answered."""
        for session in list(self._jobs):
            self.stop(session)
        self._worker.shutdown(wait=True, cancel_futures=True)

"""Children that cost a few milliseconds: forked from a process that has imported everything.

The process is multiprocessing's fork server: fresh, with one thread, so that a fork is safe
whatever the tests' own process has running. A child may be killed, run out of memory or hang; its
parent only takes note.
"""

from __future__ import annotations

import multiprocessing
import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from tests.torture import system_calls

Case = TypeVar("Case")

_PRELOADED = ["pytest", "tests.torture.preload"]
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TQDM_DISABLE": "1"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case ended.

    Attributes:
        value: what the function returned.
        fault: why it did not return: a traceback, a signal, or that it took too long.
        seconds: wall time.
        busy: seconds of processor time, which other programs do not lengthen.
        growth: bytes by which the child's memory grew at most, above what it was forked with.
    """

    value: Any
    fault: str
    seconds: float
    busy: float = 0.0
    growth: int = 0


@cache
def context() -> multiprocessing.context.ForkServerContext:
    """The context whose processes are forked warm; the server starts when first asked for."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(_PRELOADED)
    with _environment({**_ENVIRONMENT, **system_calls.environment()}):
        forkserver.ensure_running()
    return found


def start(function: Callable[..., object], *arguments: object) -> ForkServerProcess:
    """A child that runs a function of a module and ends."""
    process = context().Process(target=function, args=arguments, daemon=True)
    process.start()
    return process


def call(function: Callable[..., object], *arguments: object, patience: float = 60.0) -> Outcome:
    """Runs a function in a child of its own and waits for it."""
    return next(each(function, [arguments], patience=patience))[1]


def each(
    function: Callable[..., object],
    cases: Sequence[tuple[Any, ...]],
    *,
    patience: float = 60.0,
) -> Iterator[tuple[tuple[Any, ...], Outcome]]:
    """Runs a function with each of the arguments, in order, in as few children as survive it."""
    waiting = list(cases)
    while waiting:
        here, there = context().Pipe()
        child = start(_work, there, function, waiting)
        there.close()
        try:
            while waiting:
                started = time.monotonic()
                outcome, alive = _outcome(child, here, patience, started)
                yield waiting.pop(0), outcome
                if not alive:
                    break
        finally:
            here.close()
            stop(child)


def stop(child: ForkServerProcess) -> None:
    """Kills a child that may have ended already, with SIGKILL."""
    child.kill()
    child.join()
    child.close()


def _outcome(
    child: ForkServerProcess, pipe: Connection, patience: float, started: float
) -> tuple[Outcome, bool]:
    fault = f"still running after {patience:.0f} s"
    if pipe.poll(patience):
        try:
            received = pipe.recv()
        except EOFError:
            child.join()
            fault = f"the process ended with {child.exitcode}"
        else:
            assert isinstance(received, Outcome)
            return received, True
    child.kill()
    child.join()
    return Outcome(None, fault, time.monotonic() - started), False


def _work(
    pipe: Connection, function: Callable[..., object], cases: Sequence[tuple[Any, ...]]
) -> None:
    for case in cases:
        before = _start_of_memory()
        started, busy = time.monotonic(), time.process_time()
        value, fault = None, ""
        try:
            value = function(*case)
        except BaseException:  # noqa: BLE001 - whatever it is goes to the parent, which judges
            fault = traceback.format_exc()
        seconds = time.monotonic() - started
        busy = time.process_time() - busy
        pipe.send(Outcome(value, fault, seconds, busy, max(0, _memory("VmHWM") - before)))


def _start_of_memory() -> int:
    """Bytes in use; the highest mark of memory begins anew here."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(field: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    line = next(line for line in lines if line.startswith(f"{field}:"))
    return int(line.split()[1]) * 1024


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

"""Row 2: the process ends at each single step of everything that writes to a library."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus import Article
from corpus.errors import EmbedderMismatch
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions
from embeddings.library import Library
from tests.torture import observe, system_calls, warm
from tests.torture.made import made
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=2,
    name="kill at each commit step",
    cause="os._exit before each SQL statement, open for writing, fsync, rename and removal, and "
    "before or half-way through each system call that changes a file, while a library is made, "
    "added to, updated, deleted from, searched and rebuilt",
    must="the library opens at a committed state that lacks nothing acknowledged, and the rest of "
    "the work ends as without the kill",
    full=1_000_000,
    quick=40,
)
REPEATS = 5
_FEW = 1_000
"""With fewer cases than this nothing is repeated, for points are left out even so."""
_UNTOLD = 255
"""What multiprocessing says where the fork server's pipe ended before the status came (see
popen_forkserver.py): 8 of 8,331 children, never twice the same. What they left is judged all the
same."""
_ADDED = 4
_NEW_DIMENSIONS = 32

Step = Callable[[Path], None]
State = tuple[int, tuple[tuple[str, str], ...]]
"""The dimensions of the vectors, and every article's id and text."""


@dataclass(slots=True)
class Statements:
    """Counts every statement and every file that Python opens, moves, flushes or removes.

    Attributes:
        exit_at: the process ends before this one, counted from 1; 0 only counts.
        passed: so many until now.
    """

    exit_at: int
    passed: int = 0
    _events: tuple[str, ...] = field(
        default=(
            "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link",
            "os.symlink",
        ),
    )  # fmt: skip

    def arm(self) -> None:
        """From here on. There is no way back, so only for a process that ends soon."""
        sys.addaudithook(self._hear)
        for name in ("fsync", "fdatasync", "ftruncate", "pwrite"):
            setattr(os, name, self._before(getattr(os, name)))
        connect = sqlite3.connect

        def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **named)
            connection.set_trace_callback(lambda _: self._pass())
            return connection

        sqlite3.connect = traced  # type: ignore[assignment]

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in self._events or (event == "open" and _writes(arguments)):
            self._pass()

    def _before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self._pass()
            return function(*arguments, **named)

        return counted

    def _pass(self) -> None:
        self.passed += 1
        if self.passed == self.exit_at:
            os._exit(system_calls.STATUS)


def run(n: int, seed: int, folder: Path) -> Row:
    """Ends the work at every point, `REPEATS` times each, or at `n` of them spread over all."""
    tally = Tally(FAULT)
    kinds = ["statements", *(["system calls"] if system_calls.library() else [])]
    notes = []
    cases: list[tuple[str, int, int]] = []
    dry: dict[tuple[str, int], tuple[int, list[list[State]], observe.Answers]] = {}
    for kind in kinds:
        for repeat in range(REPEATS if n >= _FEW else 1):
            path = folder / f"dry-{kind.replace(' ', '-')}-{repeat}"
            outcome = warm.call(_dry_run, kind, path, repeat + seed * REPEATS)
            if outcome.fault:
                raise RuntimeError(f"the work that nobody stops failed: {outcome.fault}")
            dry[kind, repeat] = outcome.value
            cases += [(kind, repeat, point) for point in range(1, outcome.value[0] + 1)]
        notes.append(f"{dry[kind, 0][0]} {kind}")
    if n < len(cases):
        luck = chance(FAULT, seed, 0)
        cases = sorted(luck.sample(cases, n))

    def judge(case: tuple[str, int, int]) -> str:
        kind, repeat, point = case
        path = folder / f"library-{kind.partition(' ')[0]}-{repeat}-{point}"
        try:
            return _one(kind, repeat + seed * REPEATS, point, path, *dry[kind, repeat][1:])
        finally:
            shutil.rmtree(path, ignore_errors=True)

    # Each case waits for the disk and for two children one after the other.
    with ThreadPoolExecutor(os.cpu_count()) as judges:
        for (kind, repeat, point), harm in zip(cases, judges.map(judge, cases), strict=True):
            tally.count(f"{kind} {point} of repeat {repeat}", harm)
    if len(kinds) == 1:
        notes.append("no C compiler, so no system calls")
    return tally.row(f"points: {', '.join(notes)}")


def steps(seed: int) -> list[Step]:
    """Everything that writes, one after the other; each may be done again without harm."""
    first, second = _articles(seed)
    options = IngestOptions(batch_passages=6)

    def opened(path: Path, *, create: bool = False) -> Library:
        return Library.open(path, HashEmbedder(), create=create, options=options)

    def create(path: Path) -> None:
        opened(path, create=True).close()

    def add(path: Path) -> None:
        with opened(path) as library:
            library.add(first)

    def update(path: Path) -> None:
        with opened(path) as library:
            library.add(second)

    def delete(path: Path) -> None:
        with opened(path) as library:
            library.delete(first[-1].id)

    def search(path: Path) -> None:
        with opened(path) as library:
            library.lexical(observe.QUESTIONS[0], 5)
            library.dense(HashEmbedder().embed(observe.QUESTIONS[:1])[0], 5)

    def rebuild(path: Path) -> None:
        Library.rebuild(path, HashEmbedder(_NEW_DIMENSIONS)).close()

    return [create, add, update, delete, search, rebuild]


def _articles(seed: int) -> tuple[list[Article], list[Article]]:
    """What is added, and what then replaces some of it."""
    numbers = range(seed * 100, seed * 100 + _ADDED)
    return [made(number) for number in numbers], [made(numbers[0], edition=1)]


def _dry_run(kind: str, path: Path, seed: int) -> tuple[int, list[list[State]], observe.Answers]:
    """How many points there are, the states that each step goes through, and the last answers."""
    states: list[list[State]] = []
    for step in steps(seed):
        step(path)
        states.append([_state(path)])
    # What a step of several commits goes through is what it leaves when only a part of it is done.
    states[1] = [*_between(path.with_name(f"{path.name}-between"), seed), *states[1]]
    answers = observe.look(path, embedder=HashEmbedder(_NEW_DIMENSIONS))
    counter = _armed(kind, 0)
    counted = path.with_name(f"{path.name}-counted")
    for step in steps(seed):
        step(counted)
    return counter(), states, answers


def _between(path: Path, seed: int) -> Iterator[State]:
    # A second connection sees every commit of an ingest as it happens.
    create, *_ = steps(seed)
    create(path)
    seen: list[State] = []
    with (
        Library.open(path, HashEmbedder(), options=IngestOptions(batch_passages=6)) as library,
        Library.open(path, HashEmbedder()) as other,
    ):
        library.add(_articles(seed)[0], progress=lambda _: seen.append(_seen(other)))
    return iter(seen)


def _armed(kind: str, point: int) -> Callable[[], int]:
    """Counts from here on and ends the process at a point; the call says how many have passed."""
    if kind == "statements":
        statements = Statements(point)
        statements.arm()
        return lambda: statements.passed
    system_calls.arm(point)
    return system_calls.passed


def _work(kind: str, seed: int, point: int, path: Path, pipe: Connection) -> None:
    todo = steps(seed)
    _armed(kind, point)
    for number, step in enumerate(todo):
        step(path)
        pipe.send(number + 1)
    pipe.close()


def _one(
    kind: str,
    seed: int,
    point: int,
    path: Path,
    states: list[list[State]],
    expected: observe.Answers,
) -> str:
    here, there = warm.context().Pipe()
    child = warm.start(_work, kind, seed, point, path, there)
    there.close()
    child.join(60)
    status = child.exitcode
    warm.stop(child)
    done = 0
    while here.poll():
        try:
            done = here.recv()
        except EOFError:
            break
    here.close()
    if status is None:
        return "hung"
    if status not in (system_calls.STATUS, _UNTOLD) and done < len(states):
        return f"ended with {status}"
    outcome = warm.call(_recover, path, seed, done, states, expected)
    return outcome.fault.strip().rpartition("\n")[2] or outcome.value


def _recover(
    path: Path, seed: int, done: int, states: list[list[State]], expected: observe.Answers
) -> str:
    """Opens what the ended process left, judges it, and does the rest of the work."""
    if done == 0:
        steps(seed)[0](path)
    else:
        allowed = [states[done - 1][-1], *(states[done] if done < len(states) else [])]
        found = _state(path)
        if found not in allowed:
            return f"after {done} steps it holds a state that nobody committed"
    for step in steps(seed)[max(1, done) :]:
        if _is_new(path):
            break
        step(path)
    answers = observe.look(path, embedder=HashEmbedder(_NEW_DIMENSIONS))
    if answers.keys() != expected.keys():
        return f"what was finished differs: {sorted(answers.keys() ^ expected.keys())[:3]}"
    return observe.harm(answers, expected)


def _is_new(path: Path) -> bool:
    return _opened(path)[1].fingerprint.dimensions == _NEW_DIMENSIONS


def _state(path: Path) -> State:
    library, _ = _opened(path)
    with library:
        library.check()
        assert not observe.unread(path)
        return _seen(library)


def _seen(library: Library) -> State:
    held = tuple(sorted((article.id, article.text) for article in library.articles()))
    return library.stats().dimensions, held


def _opened(path: Path) -> tuple[Library, Embedder]:
    embedder = HashEmbedder()
    try:
        return Library.open(path, embedder), embedder
    except EmbedderMismatch:
        embedder = HashEmbedder(_NEW_DIMENSIONS)
        return Library.open(path, embedder), embedder


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))

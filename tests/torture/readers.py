"""Row 7: readers beside a writer; each query is answered from one committed state."""

from __future__ import annotations

import hashlib
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library
from tests.torture import warm
from tests.torture.made import every, made
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(
    number=7,
    name="readers during ingest",
    cause="4 processes query without a pause while another makes 20 commits, each of which "
    "replaces or removes articles",
    must="every query, and all reads of one `reading()` block, match one committed state exactly: "
    "ids, scores, texts and counts; no reader goes back in time",
    full=4_000,
    quick=200,
)
READERS = 4
COMMITS = 20
ARTICLES = 12
_QUESTIONS = (
    "Who closed the stone bridge before dawn?",
    "What did the ministry pay for two lighthouses?",
    "edition report town pounds",
    "an archive of maps, after a vote",
)
_ONE_COMMIT = IngestOptions(batch_passages=1_000_000)
_PATIENCE = 120.0

Digest = bytes
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Expected:
    """By the question, each state's digest: of the hits alone, and of all that hangs on them."""

    hits: dict[Key, list[Digest]]
    whole: dict[Key, list[Digest]]


@dataclass(frozen=True, slots=True)
class _Pace:
    """Spreads the commits over the queries; the files grow by a byte for each of them.

    Attributes:
        asked: queries that were answered, of all readers.
        committed: commits that are done.
        each: queries of one reader.
    """

    asked: Path
    committed: Path
    each: int

    def before_commit(self, number: int) -> None:
        """Waits until it is time for the commit of that number, from 1."""
        _until(self.asked, self.each * READERS * number // (COMMITS + 1))

    def before_query(self, number: int) -> None:
        """Waits while the writer is more than one commit behind."""
        _until(self.committed, number * (COMMITS + 1) // self.each - 1)


def run(n: int, seed: int, folder: Path) -> Row:
    """Asks `n` queries, a quarter of them by each reader."""
    tally = Tally(FAULT)
    start, race = folder / "start", folder / "race"
    pace = _Pace(folder / "asked", folder / "committed", n // READERS)
    outcome = warm.call(_rehearse, start, folder / "rehearsal", patience=_PATIENCE)
    if outcome.fault:
        raise RuntimeError(f"the commits could not be rehearsed: {outcome.fault}")
    expected: _Expected = outcome.value
    shutil.copytree(start, race)
    pace.asked.touch()
    pace.committed.touch()
    pairs = [warm.context().Pipe(duplex=False) for _ in range(READERS + 1)]
    children = [
        warm.start(_read, there, race, expected, f"{seed}:{number}", pace)
        for number, (_, there) in enumerate(pairs[:READERS])
    ]
    children.append(warm.start(_write, pairs[READERS][1], race, pace))
    for _, there in pairs:
        there.close()
    states = 0
    try:
        for number, (here, _) in enumerate(pairs):
            done, harms, seen = _received(here)
            states = max(states, seen)
            name = f"reader {number}" if number < READERS else "the writer"
            for _ in range(done - len(harms)):
                tally.count(name)
            for harm in harms:
                tally.count(name, harm)
    finally:
        for child in children:
            warm.stop(child)
    return tally.row(f"{READERS} readers, {COMMITS} commits; a reader saw up to {states} states")


def _received(pipe: Connection) -> tuple[int, list[str], int]:
    if not pipe.poll(_PATIENCE):
        return 1, [f"still running after {_PATIENCE:.0f} s"], 0
    try:
        received: tuple[int, list[str], int] = pipe.recv()
    except EOFError:
        return 1, ["its process died"], 0
    return received


def _commit(library: Library, number: int, progress: Callable[[IngestReport], None]) -> None:
    """The commit of that number, from 1: every fifth removes an article, the others replace all."""
    if number % 5 == 0:
        library.delete(made(number % ARTICLES).id)
    else:
        library.add(every(ARTICLES, edition=number), progress=progress)


def _rehearse(start: Path, rehearsal: Path) -> _Expected:
    """Makes the library to begin with, and takes down what is read after each commit."""
    with Library.open(start, HashEmbedder(), create=True, options=_ONE_COMMIT) as library:
        library.add(every(ARTICLES))
    shutil.copytree(start, rehearsal)
    keys = [(kind, place) for kind in ("dense", "lexical") for place in range(len(_QUESTIONS))]
    expected = _Expected({key: [] for key in keys}, {key: [] for key in keys})
    commits: list[IngestReport] = []
    with Library.open(rehearsal, HashEmbedder(), options=_ONE_COMMIT) as library:
        for number in range(COMMITS + 1):
            commits.clear()
            if number:
                _commit(library, number, commits.append)
            assert len(commits) <= 1, "what should be one commit were several"
            for key in keys:
                with library.reading():
                    found = _hits(library, key)
                    expected.hits[key].append(_digest(found))
                    expected.whole[key].append(_whole(library, found))
    return expected


def _read(pipe: Connection, path: Path, expected: _Expected, seed: str, pace: _Pace) -> None:
    luck = random.Random(seed)
    harms: list[str] = []
    states: set[int] = set()
    last = 0
    with (
        Library.open(path, HashEmbedder()) as library,
        pace.asked.open("ab", buffering=0) as counter,
    ):
        for number in range(pace.each):
            pace.before_query(number)
            try:
                found = _states(library, luck, expected)
            except Exception as error:  # noqa: BLE001 - whatever a reader meets beside a writer
                harms.append(f"{type(error).__name__}: {error}")
            else:
                if not found:
                    harms.append("a query was answered from no committed state")
                elif found[-1] < last:
                    harms.append(f"a query was answered from state {found[-1]} after {last}")
                else:
                    last = next(state for state in found if state >= last)
                    states.add(last)
            counter.write(b".")
    pipe.send((pace.each, harms, len(states)))


def _states(library: Library, luck: random.Random, expected: _Expected) -> list[int]:
    """The committed states that what a query says may come from."""
    key = luck.choice(list(expected.hits))
    if luck.random() < 0.5:
        digest, allowed = _digest(_hits(library, key)), expected.hits[key]
    else:
        with library.reading():
            digest = _whole(library, _hits(library, key))
        allowed = expected.whole[key]
    return [state for state, other in enumerate(allowed) if other == digest]


def _write(pipe: Connection, path: Path, pace: _Pace) -> None:
    with (
        Library.open(path, HashEmbedder(), options=_ONE_COMMIT) as library,
        pace.committed.open("ab", buffering=0) as counter,
    ):
        for number in range(1, COMMITS + 1):
            pace.before_commit(number)
            _commit(library, number, lambda _: None)
            counter.write(b".")
    pipe.send((0, [], 0))


def _until(file: Path, size: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while file.stat().st_size < size:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{file.name} stands still")
        time.sleep(0.0005)


def _hits(library: Library, key: Key) -> list[tuple[str, float]]:
    kind, place = key
    if kind == "dense":
        return library.dense(HashEmbedder().embed([_QUESTIONS[place]])[0], 10)
    return library.lexical(_QUESTIONS[place], 10)


def _whole(library: Library, found: list[tuple[str, float]]) -> Digest:
    passages = [library.passage(hit) for hit, _ in found]
    texts = [
        library.article(passage.article_id).text[passage.start : passage.end]
        for passage in passages
    ]
    vectors = library.vectors([hit for hit, _ in found]).tobytes()
    stats = library.stats()
    return _digest((found, passages, texts, vectors, stats.articles, stats.passages))


def _digest(value: object) -> Digest:
    return hashlib.sha256(repr(value).encode()).digest()

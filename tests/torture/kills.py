"""Row 1: SIGKILL at any moment of an ingest; what was acknowledged is there afterwards."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import corpus
from corpus import Article, Rejected
from embeddings import load_embedder
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library
from tests.torture import observe, warm
from tests.torture.made import every
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=1,
    name="kill -9 during ingest",
    cause="SIGKILL at a random moment of an ingest that writes each acknowledged count to an "
    "fsynced log, over and over, until a library is whole; then a new one",
    must="the library opens, passes its full check and holds every acknowledged article",
    full=200,
    quick=12,
)
ARTICLES = 60
_LIVES = 6
"""A library is killed about so often before it is whole."""
PATIENCE = 120.0
_HOURS = 12 * 3600.0
_BATCH = 256
_COMMITS_A_KILL = 4


@dataclass(frozen=True, slots=True)
class Job:
    """What a child takes in.

    Attributes:
        path: the library.
        log: where it writes what is committed.
        kept: a file of articles that were read before; None for `ARTICLES` made-up ones.
        real: embed with the default model, not by hashing.
        batch: passages a commit.
    """

    path: Path
    log: Path
    kept: Path | None = None
    real: bool = False
    batch: int = 1

    def articles(self) -> Iterator[Article | Rejected]:
        """All of them, in the same order every time."""
        if self.kept is None:
            return every(ARTICLES)
        # Written by this run, in its own folder. Reading them anew would take most of the time.
        found: list[Article | Rejected] = pickle.loads(self.kept.read_bytes())
        return iter(found)

    def embedder(self) -> Embedder:
        """The one of this job."""
        return load_embedder() if self.real else HashEmbedder()

    def acknowledged(self) -> list[int]:
        """How many articles each commit said that the library held; a half-written line is none."""
        text = self.log.read_text() if self.log.exists() else ""
        return [int(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def ingest(job: Job) -> None:
    """Takes everything in, and writes down after each commit how much is safe."""
    log = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    embedder = job.embedder()
    os.write(log, b"0\n")
    options = IngestOptions(batch_passages=job.batch)
    with Library.open(job.path, embedder, create=True, options=options) as library:
        before = library.stats().articles

        def acknowledge(report: IngestReport) -> None:
            os.write(log, f"{before + report.added}\n".encode())
            os.fsync(log)

        library.add(job.articles(), progress=acknowledge)


def run(n: int, seed: int, folder: Path, *, real: bool = False) -> Row:
    """Kills `n` ingests of made-up articles."""
    tally = Tally(FAULT)
    whole = 0
    commits: list[int] = []
    job = Job(folder / "whole", folder / "whole.log", real=real)
    lasts = _done(warm.call(ingest, job, patience=PATIENCE)).seconds
    expected = _done(warm.call(passage_ids, job, patience=PATIENCE)).value
    while tally.tried < n:
        name = f"{whole}"
        job = replace(job, path=folder / f"library-{name}", log=folder / f"log-{name}")
        while tally.tried < n:
            luck = chance(FAULT, seed, tally.tried)
            wait = luck.uniform(0, 2 * lasts / _LIVES)
            if not kill_one(job, wait):
                break
            commits.append(job.acknowledged()[-1])
            tally.count(f"kill {tally.tried} at {wait:.3f} s", look(job))
        else:
            break
        whole += 1
        if warm.call(passage_ids, job, patience=PATIENCE).value != expected:
            tally.count(f"library {name}", "its passage ids are not those of an unbroken ingest")
    reached = len({count for count in commits if count})
    return tally.row(f"{whole} libraries made whole; killed at {reached} different counts")


def run_folder(n: int, seed: int, folder: Path, articles: Path, *, real: bool) -> Row:
    """Kills one ingest of a folder `n` times, each time going on where the last one stopped."""
    tally = Tally(FAULT)
    kept = folder / "articles"
    read = _done(warm.call(_keep, articles, kept, patience=_HOURS))
    whole = Job(folder / "whole", folder / "whole.log", kept, real, batch=_BATCH)
    took = _done(warm.call(ingest, whole, patience=_HOURS)).seconds
    expected = _done(warm.call(passage_ids, whole, patience=_HOURS)).value
    # Several commits between two kills, so that the ingest gets on in spite of them.
    batch = max(1, len(expected) // (_COMMITS_A_KILL * n))
    job = replace(whole, path=folder / "killed", log=folder / "killed.log", batch=batch)
    for number in range(n):
        luck = chance(FAULT, seed, number)
        commits = luck.randint(0, 2 * _COMMITS_A_KILL - 2)
        if not kill_after(job, commits, luck.random() * took / n / _COMMITS_A_KILL):
            break
        tally.count(f"kill {number}", look(job))
    _done(warm.call(ingest, job, patience=_HOURS))
    if _done(warm.call(passage_ids, job, patience=_HOURS)).value != expected:
        tally.count("at the end", "the passage ids are not those of an unbroken ingest")
    held = _done(warm.call(held_articles, job, patience=_HOURS)).value
    return tally.row(
        f"{articles.name}: {read.value:,} articles read, {len(held):,} held, {len(expected):,} "
        f"passages, batches of {batch}; unbroken ingest {took:.0f} s; passage ids afterwards as "
        "without a kill"
        if not tally.bad
        else articles.name
    )


def _keep(articles: Path, kept: Path) -> int:
    """Reads articles and writes them to a file; says how many there are."""
    found = list(corpus.read([articles]))
    kept.write_bytes(pickle.dumps(found))
    return sum(isinstance(entry, Article) for entry in found)


def _done(outcome: warm.Outcome) -> warm.Outcome:
    if outcome.fault:
        raise RuntimeError(f"what nobody kills failed: {outcome.fault}")
    return outcome


def kill_one(job: Job, wait: float) -> bool:
    """Kills an ingest so many seconds after it began; False where it had ended by itself."""
    before = len(job.acknowledged())
    child = warm.start(ingest, job)
    try:
        _await(lambda: len(job.acknowledged()) > before or not child.is_alive())
        child.join(wait)
        return child.is_alive()
    finally:
        warm.stop(child)


def kill_after(job: Job, commits: int, wait: float) -> bool:
    """Kills an ingest some time after so many commits; False where it had ended by itself."""
    goal = len(job.acknowledged()) + 1 + commits
    child = warm.start(ingest, job)
    try:
        _await(lambda: len(job.acknowledged()) >= goal or not child.is_alive())
        child.join(wait)
        return child.is_alive()
    finally:
        warm.stop(child)


def look(job: Job) -> str:
    """What a kill has done to a library, or ''."""
    outcome = warm.call(_look, job, patience=PATIENCE)
    return outcome.fault.strip().rpartition("\n")[2] or outcome.value


def _look(job: Job) -> str:
    acknowledged = max(job.acknowledged())
    with Library.open(job.path, job.embedder(), create=True) as library:
        library.check()
        held = {article.id: article for article in library.articles()}
        if unread := observe.unread(job.path):
            return f"the figures of {unread[0]} are not beside it"
        if len(held) < acknowledged:
            return f"{acknowledged} articles were acknowledged, {len(held)} are there"
        if job.kept is None:
            for article in islice(every(ARTICLES), acknowledged):
                if held.get(article.id) != article:
                    return f"acknowledged article {article.source} is not there as it was"
        passages = library.stats().passages
        vector = library.vectors([library.passages(next(iter(held)))[0].id])[0] if held else None
        if vector is not None and len(library.dense(vector, passages + 1)) != passages:
            return "the vector index does not hold every passage"
        if held and not library.lexical(next(iter(held.values())).title, 5):
            return "the lexical index does not find a title"
    return ""


def passage_ids(job: Job) -> list[str]:
    """The ids of all passages of a library, by its articles' order."""
    with Library.open(job.path, job.embedder()) as library:
        return [p.id for article in library.articles() for p in library.passages(article.id)]


def held_articles(job: Job) -> list[str]:
    """The ids of all articles of a library."""
    with Library.open(job.path, job.embedder()) as library:
        return [article.id for article in library.articles()]


def _await(reached: Callable[[], bool], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not reached():
        if time.monotonic() > deadline:
            raise RuntimeError("the ingest is too slow")
        time.sleep(0.0005)

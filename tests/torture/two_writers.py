"""Row 6: two writers at once, and a writer that dies with the lock in its hands."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from tests.torture import observe, warm
from tests.torture.commands import Said, dateline
from tests.torture.made import every
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(
    number=6,
    name="two writers",
    cause="two `dateline index` set off together on one library, or where none is yet; the one "
    "that got the lock is killed with SIGKILL while it embeds, then a third is started",
    must="one wins; the other is refused at once (10 s) and names the winner's process; the third "
    "takes everything in at once",
    full=100,
    quick=8,
)
ARTICLES = 5
AT_ONCE = 10.0
"""Seconds, imports and a busy machine included; SQLite alone would wait three times as long."""
_PATIENCE = 60.0


class Held(HashEmbedder):
    """Tells its parent that it was asked to embed, and does so only when told to go on."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe = pipe

    def embed(self, texts: Sequence[str]) -> Vectors:
        self._pipe.send("embeds")
        self._pipe.recv()
        return super().embed(texts)


def run(n: int, seed: int, folder: Path) -> Row:
    """Sets off `n` races."""
    tally = Tally(FAULT)
    articles = folder / "articles"
    articles.mkdir()
    for article in every(ARTICLES, edition=seed):
        (articles / Path(article.source).name).write_text(f"{article.title}\n\n{article.text}\n")
    slowest = 0.0
    for number in range(n):
        path = folder / f"library-{number}"
        if number % 2:
            observe.create(path)
        harm, waited = _race(articles, path)
        slowest = max(slowest, waited)
        tally.count(f"race {number}", harm)
        shutil.rmtree(path, ignore_errors=True)
    return tally.row(f"the slowest refusal took {slowest:.2f} s")


def _race(articles: Path, path: Path) -> tuple[str, float]:
    """What went wrong, and the seconds from the start to the refusal."""
    pairs = [warm.context().Pipe() for _ in range(2)]
    children = [warm.start(_index, there, articles, path) for _, there in pairs]
    for _, there in pairs:
        there.close()
    pipes = [here for here, _ in pairs]
    try:
        for pipe in pipes:
            assert pipe.poll(_PATIENCE)
            pipe.recv()
        started = time.monotonic()
        for pipe in pipes:
            pipe.send("go")
        told: dict[int, object] = {}
        while len(told) < len(pipes):
            silent = [pipe for number, pipe in enumerate(pipes) if number not in told]
            ready = wait(silent, timeout=_PATIENCE)
            if not ready:
                return f"nothing more after {told}", _PATIENCE
            for pipe in silent:
                if pipe in ready:
                    told[pipes.index(pipe)] = pipe.recv()
        waited = time.monotonic() - started
        return _judge(told, children, articles, path, waited), waited
    finally:
        for child in children:
            warm.stop(child)
        for pipe in pipes:
            pipe.close()


def _judge(
    told: dict[int, object],
    children: list[ForkServerProcess],
    articles: Path,
    path: Path,
    waited: float,
) -> str:
    winners = [number for number, said in told.items() if said == "embeds"]
    if len(winners) != 1:
        return f"{len(winners)} writers got the lock: {told}"
    winner = children[winners[0]]
    refusal = next(said for number, said in told.items() if number not in winners)
    assert isinstance(refusal, Said)
    if refusal.status == 0 or "is writing to the library" not in refusal.err:
        return f"the second said: {refusal}"
    if f"process {winner.pid} " not in refusal.err:
        return f"the second does not name process {winner.pid}: {refusal.err}"
    if waited > AT_ONCE:
        return f"the second was refused after {waited:.1f} s"
    assert winner.pid is not None
    os.kill(winner.pid, signal.SIGKILL)
    winner.join()
    started = time.monotonic()
    outcome = warm.call(dateline, "index", articles, "--library", path, patience=_PATIENCE)
    seconds = time.monotonic() - started
    if outcome.fault or outcome.value.status != 0:
        return f"a dead writer's lock stays: {outcome.fault or outcome.value}"
    with observe.opened(path) as library:
        found = library.stats().articles
    if found != ARTICLES:
        return f"{found} of {ARTICLES} articles are there"
    return f"the third took {seconds:.1f} s" if seconds > 3 * AT_ONCE else ""


def _index(pipe: Connection, articles: Path, path: Path) -> None:
    pipe.send("ready")
    pipe.recv()
    pipe.send(dateline("index", articles, "--library", path, embedder=lambda: Held(pipe)))

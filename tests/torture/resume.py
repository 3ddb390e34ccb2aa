"""Row 8: an ingest that was interrupted goes on, and ends as if nothing had happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.torture import kills, observe, warm
from tests.torture.kills import Job
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=8,
    name="interrupted ingest",
    cause="SIGKILL once 10 to 90 % of the articles are acknowledged, then the same ingest again",
    must="every read equals that of an uninterrupted ingest: passage ids, vectors, both searches, "
    "no article twice",
    full=20,
    quick=4,
)


def run(n: int, seed: int, folder: Path, *, real: bool = False) -> Row:
    """Interrupts `n` ingests, each at another share of its articles."""
    tally = Tally(FAULT)
    whole = Job(folder / "whole", folder / "whole.log", real=real)
    _finish(whole)
    expected = warm.call(_everything, whole).value
    shares = []
    for number in range(n):
        job = replace(whole, path=folder / f"library-{number}", log=folder / f"log-{number}")
        luck = chance(FAULT, seed, number)
        share = 0.1 + 0.8 * (number + luck.random()) / n
        shares.append(share)
        killed = kills.kill_after(job, round(share * kills.ARTICLES), luck.random() * 0.01)
        tally.count(f"interrupted at {share:.0%}", _harm(job, expected, killed))
    return tally.row(f"interrupted at {min(shares):.0%} to {max(shares):.0%}")


def _harm(job: Job, expected: observe.Answers, killed: bool) -> str:
    if not killed:
        return "the ingest had ended before it was interrupted"
    _finish(job)
    outcome = warm.call(_everything, job)
    if outcome.fault:
        return outcome.fault.strip().rpartition("\n")[2]
    answers: observe.Answers = outcome.value
    if answers.keys() != expected.keys():
        return "it does not hold the same articles and passages"
    twice = [name for name, count in Counter(kills.passage_ids(job)).items() if count > 1]
    return f"passages twice: {twice[:3]}" if twice else observe.harm(answers, expected)


def _finish(job: Job) -> None:
    outcome = warm.call(kills.ingest, job, patience=kills.PATIENCE)
    if outcome.fault:
        raise RuntimeError(f"an ingest failed: {outcome.fault}")


def _everything(job: Job) -> observe.Answers:
    return observe.look(job.path, embedder=job.embedder())

"""`dateline-eval ingest`: what it costs to take a folder in, beside the plain path in one run.

dateline-eval ingest ../shared/data/reuters21578
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from corpus.errors import EvalError
from evals.commands.told import as_json, told, write_page
from evals.speed.intake import Taken

_ROOT = Path(__file__).parents[2]
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Ingest:
    """A whole measurement.

    Attributes:
        source: what was taken in.
        whole: all of it, into a library.
        library, plain: the parts that both ways took in, in turn.
    """

    source: str
    whole: Taken
    library: tuple[Taken, ...]
    plain: tuple[Taken, ...]

    @property
    def times_plain(self) -> tuple[float, ...]:
        """Of each round: articles a second of the library over those of the plain way."""
        return tuple(
            _rate(ours) / _rate(theirs)
            for ours, theirs in zip(self.library, self.plain, strict=True)
        )

    def page(self) -> str:
        """For people."""
        whole = self.whole
        counts = ", ".join(f"{count:,} {name}" for name, count in whole.counts.items())
        lines = [
            f"{self.source}: {whole.articles:,} articles taken in within {whole.seconds:,.0f} s "
            f"({_rate(whole):.1f} a second); {whole.disk / _MB:,.0f} MB on disk, peak memory "
            f"{whole.peak / _MB:,.0f} MB ({counts})",
            *(f"rejected {count:,} times: {reason}" for reason, count in whole.rejected.items()),
        ]
        if self.plain:
            ratios = ", ".join(f"{ratio:.2f}" for ratio in self.times_plain)
            ours, theirs = (
                statistics.median(map(_rate, way)) for way in (self.library, self.plain)
            )
            lines.append(
                f"beside the plain path, {sum(one.articles for one in self.plain):,} of these "
                f"articles in {len(self.plain)} rounds: {ours:.1f} articles a second against "
                f"{theirs:.1f}; median ratio {statistics.median(self.times_plain):.2f} ({ratios})"
            )
        return "\n".join(lines)


def measure(source: Path, folder: Path, rounds: int, share: int) -> Ingest:
    """Takes parts in both ways in turn, then everything.

    Args:
        source: articles.
        folder: where libraries are made; it must be empty.
        rounds: so many parts, disjoint.
        share: a part is every `share`-th article.

    Raises:
        EvalError: a process ended before its work.
    """
    ours: list[Taken] = []
    theirs: list[Taken] = []
    for number in range(rounds):
        pair = [("library", ours), ("plain", theirs)]
        # Another one goes first in each round.
        for way, found in pair if number % 2 else reversed(pair):
            found.append(_apart(way, source, folder / f"{way}-{number}", share, number))
    whole = _apart("library", source, folder / "whole", 1, 0)
    return Ingest(source.name, whole, tuple(ours), tuple(theirs))


def _apart(way: str, source: Path, folder: Path, every: int, first: int) -> Taken:
    """In a process of its own, so that its memory is its own too."""
    ran = subprocess.run(
        [sys.executable, "-m", "evals.speed.intake", way,
         str(source.absolute()), str(folder.absolute()), str(every), str(first)],
        capture_output=True, text=True, check=False, cwd=_ROOT,
    )  # fmt: skip
    if ran.returncode:
        raise EvalError(f"taking it in ({way}) failed: {ran.stderr.strip()}", where=source)
    return Taken(**json.loads(ran.stdout.splitlines()[-1]))


def _rate(taken: Taken) -> float:
    return taken.articles / taken.seconds


@click.command("ingest")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(min=0))
@click.option(
    "--share",
    default=30,
    show_default=True,
    type=click.IntRange(min=1),
    help="Each round takes every so-manieth article, other ones each time.",
)
@click.option("--json", "as_file", type=click.Path(path_type=Path), help="Write the figures too.")
@told
def ingest_command(source: Path, rounds: int, share: int, as_file: Path | None) -> None:
    """Take SOURCE into a new library and say what it cost; then drop it.

    The plain path, `SentenceTransformer.encode` in float32 with its defaults and an exact FAISS
    index, takes parts of it in beside. Let nothing else run meanwhile.
    """
    if rounds > share:
        raise click.BadParameter("the rounds would take articles twice", param_hint="--rounds")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(source, Path(folder), rounds, share)
    click.echo(found.page())
    if as_file is not None:
        write_page(as_file, as_json(asdict(found)))

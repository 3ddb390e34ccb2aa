"""`dateline-eval scale`: what each kind of vector index costs and finds in a large library."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from embeddings.index import folding
from embeddings.index.building import IndexOptions
from embeddings.index.vector_kinds import KINDS
from embeddings.store import derived, rows, storage
from evals.speed.archive import DIMENSIONS, Archive, ArchiveOptions, Question, nearest
from evals.speed.probe import only

_TOP = 10
_MB = 1e6
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind of index in one library. Times in seconds, sizes in bytes.

    Attributes:
        kind: of vector index.
        build: all indexes from nothing: FAISS, terms, facets.
        fold: taking a tail of one article into them.
        sizes: of the files that hold 'vectors', 'lexical' and 'facets'.
        probe: what `evals.speed.probe` says.
    """

    kind: str
    build: float
    fold: float
    sizes: dict[str, int]
    probe: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole measurement."""

    passages: int
    articles: int
    fill: float
    database: int
    kinds: tuple[Measured, ...]

    def table(self) -> str:
        """For people, in Markdown."""
        heads = (
            "index", "build s", "vectors MB", "lexical MB", "open s", "hybrid p50 ms",
            "hybrid p95 ms", "dense p95 ms", "lexical p95 ms", "recall@10", "resident MB",
            "added s", "deleted s", "fold s",
        )  # fmt: skip
        lines = [
            f"{self.passages:,} passages of {self.articles:,} articles, {DIMENSIONS} dimensions; "
            f"SQLite {self.database / _MB:,.0f} MB, filled in {self.fill:,.0f} s",
            "",
            f"| {' | '.join(heads)} |",
            f"|{'---|' * len(heads)}",
        ]
        return "\n".join([*lines, *(_row(measured) for measured in self.kinds)])


def _row(measured: Measured) -> str:
    probe = measured.probe
    cells = (
        measured.kind,
        f"{measured.build:,.0f}",
        f"{measured.sizes['vectors'] / _MB:,.0f}",
        f"{measured.sizes['lexical'] / _MB:,.0f}",
        f"{probe['open']:.2f}",
        *(
            f"{1e3 * probe[name]:.1f}"
            for name in ("hybrid_50", "hybrid_95", "dense_95", "lexical_95")
        ),
        f"{probe['recall']:.3f}",
        f"{probe['resident']['VmRSS'] / _MB:,.0f}",
        f"{probe['added']:.2f}",
        f"{probe['deleted']:.2f}",
        f"{measured.fold:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def measure(
    options: ArchiveOptions,
    library: Path,
    kinds: Sequence[str],
    questions: int,
    source: Path | None = None,
) -> Scale:
    """Fills a library, and measures each kind of index in it.

    Args:
        options: what it is filled with.
        library: a folder; what is there already is measured as it is.
        kinds: names of `vector_kinds.KINDS`.
        questions: how many are asked.
        source: a folder whose articles are repeated; None for made-up ones.
    """
    archive = Archive(options, source)
    started = time.perf_counter()
    if not library.exists():
        archive.fill(library)
    filled = time.perf_counter() - started
    asked = archive.questions(questions)
    told = library.with_name(f"{library.name}.questions.json")
    _write_questions(told, asked, nearest(library, asked, _TOP))
    with closing(storage.connect(library)) as connection:
        passages, articles = connection.execute(
            "SELECT passages, (SELECT count(*) FROM articles) FROM state"
        ).fetchone()
    measured = tuple(_measure_kind(library, passages, kind, told) for kind in kinds)
    size = sum(file.stat().st_size for file in library.glob(f"{storage.FILE_NAME}*"))
    return Scale(passages, articles, filled, size, measured)


def _write_questions(path: Path, asked: Sequence[Question], truth: Sequence[list[str]]) -> None:
    path.write_text(
        json.dumps(
            [
                {"text": question.text, "vector": question.vector.tolist(), "nearest": names}
                for question, names in zip(asked, truth, strict=True)
            ]
        )
    )


def _measure_kind(library: Path, passages: int, name: str, questions: Path) -> Measured:
    options = only(name, passages)
    with closing(storage.connect(library)) as connection:
        connection.execute("DELETE FROM derived")
        started = time.perf_counter()
        folding.fold(connection, library, DIMENSIONS, options)
        build = time.perf_counter() - started
        record = derived.load(connection)
    if record is None:
        raise click.ClickException(f"no index of kind {name} could be kept in {library}")
    sizes = {
        holds: sum(file.size for file in record.of(holds))
        for holds in ("vectors", "lexical", "facets")
    }
    told = (str(library.absolute()), name, str(passages), str(questions.absolute()))
    ran = subprocess.run(
        [sys.executable, "-m", "evals.speed.probe", *told],
        capture_output=True, text=True, check=False, cwd=_ROOT,
    )  # fmt: skip
    if ran.returncode:
        raise click.ClickException(f"the probe of {name} failed:\n{ran.stderr}")
    return Measured(name, build, _fold_one(library, options), sizes, json.loads(ran.stdout))


def _fold_one(library: Path, options: IndexOptions) -> float:
    """Seconds to take one more passage into the base: what is rewritten whatever is added."""
    with closing(storage.connect(library)) as connection:
        with storage.transaction(connection, library):
            # The last passage is given a new number, so that there is a tail.
            (article,) = connection.execute(
                "SELECT article_id FROM passages ORDER BY number DESC LIMIT 1"
            ).fetchone()
            rows.renumber(connection, article)
        started = time.perf_counter()
        folding.fold(
            connection, library, DIMENSIONS,
            IndexOptions(kinds=options.kinds, tail=0, share=0.0),
        )  # fmt: skip
        return time.perf_counter() - started


@click.command("scale")
@click.option("--passages", type=click.IntRange(min=100), default=100_000, show_default=True)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True),
    help="Repeat the articles of this folder, with some of their words exchanged, instead of "
    "making articles up.",
)
@click.option(
    "--kinds",
    default=",".join(kind.name for kind in KINDS),
    show_default=True,
    help="The kinds of vector index to measure.",
)
@click.option("--questions", type=click.IntRange(min=2), default=200, show_default=True)
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the library in this folder, or measure the one that an earlier run left there.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Also write JSON here."
)
def scale_command(
    passages: int,
    source: Path | None,
    kinds: str,
    questions: int,
    library: Path | None,
    out: Path | None,
) -> None:
    """Fill a library with so many passages, and measure every kind of index in it.

    A million passages take about 2.5 GB of disk, and an hour on two cores.
    """
    names = [name.strip() for name in kinds.split(",")]
    unknown = set(names) - {kind.name for kind in KINDS}
    if unknown:
        raise click.BadParameter(
            f"no kind of index: {', '.join(sorted(unknown))}", param_hint="--kinds"
        )
    with tempfile.TemporaryDirectory() as folder:
        place = library or Path(folder) / "library"
        scale = measure(ArchiveOptions(passages), place, names, questions, source)
    if out is not None:
        out.write_text(json.dumps(asdict(scale), indent=2) + "\n")
    click.echo(scale.table())

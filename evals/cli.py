"""`dateline-eval`: run suites of questions, and list what there is to run.

dateline-eval run sample --out runs/today
dateline-eval run my-questions.jsonl --library my-library --system dateline
dateline-eval list
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

import rag
from corpus.errors import DatelineError
from embeddings import load_embedder
from evals.baselines import BASELINES
from evals.comparison import side_by_side
from evals.evidence_quality import EvidenceQuality, measure_evidence, read_squad
from evals.metrics import CLASSES, judged
from evals.report import Report
from evals.runner import System, evaluate
from evals.suites import load_suite, suite_names, suite_path
from rag.newsroom import Newsroom
from rag.sample_library import open_sample
from rag.verify import Verifier

SYSTEMS = ("dateline", *BASELINES)

Made = TypeVar("Made")
OpenNewsroom = Callable[[Path | None], AbstractContextManager[Newsroom]]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What one `dateline-eval run` was asked to do.

    Attributes:
        suite: a name of `suite_names()`, or a path.
        library: of the articles to ask; None for the sample library.
        systems: names out of SYSTEMS, the first being the one compared with the others.
        limit: ask only the first so many samples; None for all.
        out: folder for the reports; None for none.
    """

    suite: str
    library: Path | None
    systems: tuple[str, ...]
    limit: int | None
    out: Path | None


def open_newsroom(library: Path | None) -> Newsroom:
    """The newsroom over a library, or over the sample library, which is built when missing."""
    return open_sample() if library is None else rag.open(library)


def run_suite(options: RunOptions, open_: OpenNewsroom = open_newsroom) -> tuple[Report, ...]:
    """Run each system over the suite and write the reports.

    Args:
        open_: opens the newsroom; tests hand in one with small models.

    Raises:
        DatelineError: the suite, the library or a model cannot be used.
    """
    samples = load_suite(options.suite)[: options.limit]
    suite = suite_path(options.suite).stem
    with open_(options.library) as newsroom:
        metrics = judged(Verifier(newsroom.embedder), newsroom.library.article)
        reports = tuple(
            evaluate(_system(name, newsroom), samples, metrics, name=name, suite=suite)
            for name in options.systems
        )
    if options.out is not None:
        write_reports(reports, options.out)
    return reports


def _system(name: str, newsroom: Newsroom) -> System:
    return newsroom if name == "dateline" else BASELINES[name](newsroom)


def write_reports(reports: Sequence[Report], folder: Path) -> None:
    """Write report.md, report.json and records.jsonl; what was there is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [side_by_side(reports), *(report.to_markdown() for report in reports)]
    (folder / "report.md").write_text("\n".join(pages), encoding="utf-8")
    numbers = json.dumps([report.to_dict() for report in reports], indent=2, ensure_ascii=False)
    (folder / "report.json").write_text(numbers + "\n", encoding="utf-8")
    with (folder / "records.jsonl").open("w", encoding="utf-8") as lines:
        for report in reports:
            for record in report.records:
                line = {"system": report.system, **record.to_dict()}
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")


@click.group(help="Measure answers on questions whose answers are known.")
@click.version_option(package_name="dateline")
def main() -> None:
    """The command line of the evals."""


@main.command("run")
@click.argument("suite", default="sample")
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="Library to ask. Without it, one is built from the sample articles and kept.",
)
@click.option(
    "--system",
    "systems",
    multiple=True,
    type=click.Choice(SYSTEMS),
    help="What to ask; repeat for several. All of them when left out.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Ask only the first N questions.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for report.md, report.json and records.jsonl.",
)
def run_command(
    suite: str, library: Path | None, systems: tuple[str, ...], limit: int | None, out: Path | None
) -> None:
    """Ask the questions of SUITE (a name, or the path of a .jsonl file) and print the numbers."""
    chosen = tuple(dict.fromkeys(systems)) or SYSTEMS
    options = RunOptions(suite, library, chosen, limit, out)
    reports = _or_exit(partial(run_suite, options, open_newsroom))
    click.echo(side_by_side(reports))
    if out is not None:
        click.echo(f"Each answer is in {out / 'records.jsonl'}, the wrong ones in {out}/report.md.")


@main.command("evidence")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--limit", default=300, show_default=True, type=click.IntRange(min=2))
def evidence_command(data: Path, limit: int) -> None:
    """Measure evidence ranking and answerability on DATA, a file in SQuAD form."""
    measured = _or_exit(partial(_evidence, data, limit))
    click.echo(json.dumps(asdict(measured), indent=2))


def _evidence(data: Path, limit: int) -> EvidenceQuality:
    articles, asked = read_squad(data)
    return measure_evidence(articles, asked, load_embedder(), limit)


@main.command("list")
def list_command() -> None:
    """Show the suites, the systems and the metrics that there are."""
    _or_exit(_list)


def _list() -> None:
    for name in suite_names():
        samples = load_suite(name)
        kinds = Counter(sample.kind for sample in samples)
        shown = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
        click.echo(f"suite   {name}: {len(samples)} samples ({shown})")
    for name in SYSTEMS:
        click.echo(f"system  {name}")
    for metric in CLASSES:
        click.echo(f"metric  {metric.name}: {(metric.__doc__ or '').splitlines()[0]}")


def _or_exit(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except DatelineError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()

"""`dateline-eval run`: ask the questions of a suite, keep every answer, and print the numbers."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from evals.commands.newsrooms import OpenNewsroom, open_newsroom
from evals.commands.screen import columns, numbers
from evals.commands.told import as_json, make_folder, store_option, told_and_kept, writing
from evals.comparison import side_by_side
from evals.opening import open_suite
from evals.report import Report
from evals.robustness import STRESSES, find_stress
from evals.store import DEFAULT_STORE, RunInfo, RunStore
from evals.suite_run import begin_runs, run_suite
from evals.systems import SYSTEMS

USUAL = ("dateline", "nearest-sentence", "plain-prompt")
"""What is asked when nobody names a system: Dateline, and two simple ways that it has to beat."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What one `dateline-eval run` was asked to do.

    Attributes:
        suite: a name, a path or a URI, as `open_suite` takes it.
        library: of the articles to ask; None for the sample library.
        model: URI of the generator; None for the one in the settings.
        systems: names out of SYSTEMS, the first being the one compared with the others.
        stress: as `find_stress` takes it; None to ask the suite as it is.
        limit: ask only the first so many samples; None for all.
        store: the file that keeps the run.
        fresh: begin anew, though an unfinished run is there.
        out: folder for the reports; None for none.
    """

    suite: str
    library: Path | None = None
    model: str | None = None
    systems: tuple[str, ...] = USUAL
    stress: str | None = None
    limit: int | None = None
    store: Path = DEFAULT_STORE
    fresh: bool = False
    out: Path | None = None


def run(
    options: RunOptions, open_: OpenNewsroom = open_newsroom
) -> tuple[tuple[RunInfo, ...], tuple[Report, ...]]:
    """Run each system over the suite, keep what it answers and write the reports.

    Args:
        open_: opens the newsroom; tests hand in one with small models.

    Returns:
        The runs and their reports, in the order of the systems.

    Raises:
        DatelineError: the suite, the library, a model or the store cannot be used.
    """
    make_folder(options.out)
    suite = open_suite(options.suite).first(options.limit)
    stress = find_stress(options.stress) if options.stress else None
    begun: list[RunInfo] = []
    with open_(options.library, options.model) as home, RunStore.open(options.store) as store:
        if stress is not None:
            suite = stress(suite, tuple(home.library.articles()))
        cut_off = begin_runs(
            suite, options.systems, home, store, limit=options.limit, fresh=options.fresh
        )
        reports = tuple(
            run_suite(
                suite, system, home, store,
                limit=options.limit, whole=cut_off, begun=lambda info: _begun(info, begun),
            )
            for system in options.systems
        )  # fmt: skip
        runs = tuple(store.run(info.id) for info in begun)
    if options.out is not None:
        write_reports(reports, options.out)
    return runs, reports


def _begun(info: RunInfo, begun: list[RunInfo]) -> None:
    begun.append(info)
    if info.done:
        click.echo(f"Run {info.id} goes on: {info.done} of {info.items} are kept.", err=True)


def write_reports(reports: Sequence[Report], folder: Path) -> None:
    """Write report.md and report.json over all systems, SYSTEM.html for each, and records.jsonl;
    what was there is replaced.

    Raises:
        EvalError: the folder cannot be written to.
    """
    pages = [side_by_side(reports), *(report.to_markdown() for report in reports)]
    figures = as_json([report.to_dict() for report in reports])
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.md").write_text("\n".join(pages), encoding="utf-8")
        (folder / "report.json").write_text(figures, encoding="utf-8")
        for report in reports:
            (folder / f"{report.system}.html").write_text(report.to_html(), encoding="utf-8")
        with (folder / "records.jsonl").open("w", encoding="utf-8") as lines:
            for report in reports:
                for record in report.records:
                    line = {"system": report.system, **record.to_dict()}
                    lines.write(json.dumps(line, ensure_ascii=False) + "\n")


@click.command("run")
@click.argument("suite", default="sample")
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="Library to ask. Without it, one is built from the sample articles and kept.",
)
@click.option("--model", metavar="URI", help="The generator. Left out: the one in the settings.")
@click.option(
    "--system",
    "systems",
    multiple=True,
    type=click.Choice(tuple(SYSTEMS)),
    help="What to ask; repeat for several. Left out: dateline, and two baselines beside it.",
)
@click.option(
    "--against",
    multiple=True,
    type=click.Choice(tuple(SYSTEMS)),
    help="A system to compare with; repeat for several.",
)
@click.option(
    "--stress",
    metavar="NAME",
    help=f"Make the suite harder: {', '.join(STRESSES)}.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Ask only the first N questions.")
@store_option
@click.option("--fresh", is_flag=True, help="Begin anew, though an unfinished run is there.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the reports (Markdown, JSON, HTML) and records.jsonl.",
)
@told_and_kept
def run_command(
    suite: str,
    library: Path | None,
    model: str | None,
    systems: tuple[str, ...],
    against: tuple[str, ...],
    stress: str | None,
    limit: int | None,
    store: Path,
    fresh: bool,
    out: Path | None,
) -> None:
    """Ask the questions of SUITE and print the numbers.

    SUITE is a shipped name, a .jsonl, .csv or .yaml file, or a published set by its form and
    path, such as squad:dev.json; `list` shows them. Every answer is kept at once: after a kill,
    the same command goes on where it stopped.
    """
    options = RunOptions(
        suite, library, model, chosen(systems, against), stress, limit, store, fresh, out
    )
    runs, reports = run(options, open_newsroom)
    click.echo(f"{reports[0].suite}, {len(reports[0].records)} samples; value [95 % interval]\n")
    click.echo("\n".join(numbers(reports)))
    click.echo(f"\nKept in {store}:")
    click.echo("\n".join(columns([(f"  {info.id}", info.system) for info in runs])))
    if out is not None:
        click.echo(f"Reports are in {out}, each answer in {out / 'records.jsonl'}.")
    click.echo("\nNext: " + "\n      ".join(_next(runs, store)))


def chosen(systems: Sequence[str], against: Sequence[str]) -> tuple[str, ...]:
    """The systems to ask, each once: those named, or dateline, then what to compare with."""
    if not systems and not against:
        return USUAL
    return tuple(dict.fromkeys((*(systems or USUAL[:1]), *against)))


def _next(runs: Sequence[RunInfo], store: Path) -> list[str]:
    """Commands that look at what came out."""
    where = "" if store == DEFAULT_STORE else f" --store {shlex.quote(str(store))}"
    first = runs[0].id
    commands = [
        f"dateline-eval show {first} --failures{where}",
        f"dateline-eval report {first} --out report.html{where}",
    ]
    if len(runs) > 1:
        commands.append(f"dateline-eval compare {first} {runs[1].id}{where}")
    return commands

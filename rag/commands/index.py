"""`dateline index`: read articles into a library, once or whenever they appear; take some out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING

import click

from rag.commands.shared import json_option, library_option
from rag.commands.told import FAILED, told
from rag.showing.console import Console

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings import IngestReport
    from rag.intake.adding import Adding
    from rag.settings import Settings


def _columns(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """FIELD=NAME, given any number of times, as a mapping."""
    columns = {}
    for one in given:
        field, _, name = one.partition("=")
        if not (field.strip() and name.strip()):
            raise click.BadParameter(f"{one!r} is not written FIELD=NAME, as text=Body")
        columns[field.strip()] = name.strip()
    return columns


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for on the command line."""

    library: str | Path
    settings: Settings
    adding: Adding
    dry_run: bool
    watch: bool
    rebuild: bool
    withdrawn: tuple[str, ...]
    day: date | None
    deleted: tuple[str, ...]
    rejected: IO[str] | None
    console: Console


@click.command("index")
@click.argument("paths", nargs=-1)
@library_option
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_columns,
    help="The column of a table that holds a field, as text=Body. May be given again.",
)
@click.option("--network", is_flag=True, help="PATHS may be web addresses, which are fetched.")
@click.option(
    "--dry-run", is_flag=True, help="Say what would become of the articles; write nothing."
)
@click.option(
    "--watch", is_flag=True, help="Go on reading in what appears in PATHS, until it is stopped."
)
@click.option(
    "--withdraw",
    "withdrawn",
    multiple=True,
    metavar="ID",
    help="Mark an article as taken back by its outlet: it stays, and is never evidence.",
)
@click.option(
    "--on", "day", metavar="DATE", help="The day of the withdrawal, YYYY-MM-DD; today if left out."
)
@click.option("--delete", "deleted", multiple=True, metavar="ID", help="Remove an article.")
@click.option("--rebuild", is_flag=True, help="Embed every article anew with today's embedder.")
@click.option(
    "--engine", metavar="NAME", help="What runs the embedder. Left out: the quickest that is here."
)
@click.option(
    "--rejected",
    type=click.File("w", encoding="utf-8", lazy=False, atomic=True),
    metavar="FILE",
    help="Write what was rejected to FILE as CSV: file, line, reason.",
)
@json_option("the report")
@told
def index_command(
    paths: tuple[str, ...],
    library: str | None,
    columns: dict[str, str],
    network: bool,
    dry_run: bool,
    watch: bool,
    withdrawn: tuple[str, ...],
    day: str | None,
    deleted: tuple[str, ...],
    rebuild: bool,
    engine: str | None,
    rejected: IO[str] | None,
    as_json: bool,
) -> None:
    """Read articles from PATHS into a library; it is made if need be.

    PATHS are files, folders and globs, and with --network web addresses.
    """
    changes = bool(rebuild or deleted or withdrawn)
    if not paths and (watch or dry_run or not changes):
        raise click.UsageError("Name at least one file or folder of articles.")
    if dry_run and (watch or changes):
        raise click.UsageError("--dry-run goes with PATHS and with no other act.")
    if day is not None and not withdrawn:
        raise click.UsageError("--on is the day of a --withdraw.")
    from corpus import ReadOptions, as_date
    from rag.intake.adding import Adding
    from rag.settings import load_settings

    settings = load_settings(engine=engine)
    asked = _Wish(
        library or settings.library,
        settings,
        Adding(paths, ReadOptions(columns=columns, network=network)),
        dry_run,
        watch,
        rebuild,
        withdrawn,
        as_date(day) if day is not None else None,
        deleted,
        rejected,
        Console(as_json),
    )
    _change(asked)
    if paths:
        _watch(asked) if watch else _read(asked)


def _change(asked: _Wish) -> None:
    """What is done to articles that are in the library."""
    from rag.intake import indexing

    if asked.rebuild:
        asked.console.note(indexing.rebuild(asked.library, asked.settings))
    if asked.withdrawn:
        for words in indexing.withdraw(asked.library, asked.withdrawn, asked.day, asked.settings):
            asked.console.note(words)
    if asked.deleted:
        for words in indexing.delete(asked.library, asked.deleted, asked.settings):
            asked.console.note(words)


def _read(asked: _Wish) -> None:
    from rag.intake import index_report, indexing

    act = indexing.dry_run if asked.dry_run else indexing.index
    report = act(asked.library, asked.adding, asked.settings)
    kept_in = str(asked.rejected.name) if asked.rejected else None
    words = index_report.as_words(report, dry_run=asked.dry_run, kept_in=kept_in)
    asked.console.show(words, index_report.as_dict(report))
    _keep(asked, report)
    if report.rejected and not report.taken:
        sys.exit(FAILED)


def _watch(asked: _Wish) -> None:
    from rag.commands.watching import WatchLog, stopping
    from rag.intake import indexing

    log = WatchLog(asked.console)
    with stopping() as stop:
        report = indexing.watch(asked.library, asked.adding, asked.settings, log.tell, stop.event)
    log.last(report)
    _keep(asked, report)
    sys.exit(stop.status)


def _keep(asked: _Wish, report: IngestReport) -> None:
    from rag.intake.index_report import write_rejected

    if asked.rejected is not None:
        write_rejected(report.rejected, asked.rejected)

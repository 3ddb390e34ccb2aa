"""`dateline-eval report`: a stored run as a page to read or as numbers to work with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from evals.commands.told import as_json, store_option, told, write_page
from evals.report import Report
from evals.store import RunInfo, RunStore

FORMATS: dict[str, Callable[[Report], str]] = {
    "html": lambda report: report.to_html(),
    "md": lambda report: report.to_markdown(),
    "json": lambda report: as_json(report.to_dict()),
}


@click.command("report")
@click.argument("run")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    help="Left out: what the name of --out ends in, else md.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; the terminal when left out.",
)
@store_option
@told
def report_command(run: str, form: str | None, out: Path | None, store: Path) -> None:
    """Write the report of a stored RUN: one HTML file, Markdown, or JSON.

    RUN is the id of a run, or its beginning; `list --runs` shows them.
    """
    with RunStore.open(store, create=False) as opened:
        info = opened.run(run)
        report = opened.report(info.id)
    warn_unfinished(info)
    text = FORMATS[form or _form_of(out)](report)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_page(out, text)


def warn_unfinished(info: RunInfo) -> None:
    """Say on standard error that a run is not whole, if it is not."""
    if info.finished is None:
        click.echo(f"Run {info.id} is unfinished: {info.done} of {info.items}.", err=True)


def _form_of(out: Path | None) -> str:
    suffix = out.suffix.removeprefix(".").lower() if out else ""
    return suffix if suffix in FORMATS else "md"

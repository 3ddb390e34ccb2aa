"""`dateline-eval full`: everything that `evals.plan` lists, resumable, with one page of numbers."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import click

from evals.commands.newsrooms import open_newsroom
from evals.commands.told import as_json, make_folder, store_option, told_and_kept, writing
from evals.commands.verify import write_reports
from evals.full import FullReport, run_full
from evals.full_summary import summary
from evals.store import RunStore

_UNFIT = re.compile(r"[^\w.+-]+")


@click.command("full")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="The folder of the published sets; a set that is not there is passed over and told.",
)
@click.option("--model", metavar="URI", help="The generator. Left out: the one in the settings.")
@store_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs/full"),
    show_default=True,
    help="Folder for full.md and a report for each suite and system.",
)
@click.option("--fresh", is_flag=True, help="Ask everything anew, also what is kept.")
@told_and_kept
def full_command(data: Path, model: str | None, store: Path, out: Path, fresh: bool) -> None:
    """Run every suite, stress and labelled set: up to two hours on two cores.

    Every answer is kept at once: after a kill, the same command goes on where it stopped.
    """
    make_folder(out)
    say = partial(click.echo, err=True)
    with open_newsroom(None, model) as home, RunStore.open(store) as kept:
        full = run_full(home, kept, data, say=say, fresh=fresh)
    page = summary(full)
    write_full(full, page, out)
    click.echo(page)
    click.echo(f"Reports are in {out}.")


def write_full(full: FullReport, page: str, folder: Path) -> None:
    """Write full.md, support.html, .md and .json, and SUITE/SYSTEM.html and .json; what was there
    is replaced.

    Raises:
        EvalError: the folder cannot be written to.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "full.md").write_text(page, encoding="utf-8")
        if full.sets:
            write_reports(full.sets, folder)
        for reports in full.suites:
            for report in reports:
                place = folder / _UNFIT.sub("-", report.suite)
                place.mkdir(exist_ok=True)
                (place / f"{report.system}.html").write_text(report.to_html(), encoding="utf-8")
                numbers = as_json(report.to_dict())
                (place / f"{report.system}.json").write_text(numbers, encoding="utf-8")

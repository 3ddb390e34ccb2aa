"""`dateline-eval seconds`: where the time goes, of stored answers and of checking drafts.

dateline-eval run sample --system dateline
dateline-eval seconds RUN --draft my-draft.md
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from evals.commands.newsrooms import open_newsroom
from evals.commands.report import warn_unfinished
from evals.commands.told import store_option, told
from evals.draft.seconds import time_checks
from evals.report import Report
from evals.stages import answer_stages, stage_table
from evals.store import RunStore


@click.command("seconds")
@click.argument("runs", metavar="[RUN]...", nargs=-1)
@click.option(
    "--draft",
    "drafts",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Check this draft and say where that time goes; repeat for several.",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="The library that drafts are held against. Left out: the sample library.",
)
@store_option
@told
def seconds_command(
    runs: tuple[str, ...], drafts: tuple[Path, ...], library: Path | None, store: Path
) -> None:
    """Print median and 95th percentile of each stage of stored RUNs, as tables in Markdown.

    RUN is the id of a run, or its beginning; `list --runs` shows them.
    """
    if not runs and not drafts:
        raise click.UsageError("name a RUN (`dateline-eval list --runs`), a --draft, or both")
    if runs:
        with RunStore.open(store, create=False) as opened:
            for name in runs:
                info = opened.run(name)
                warn_unfinished(info)
                click.echo("\n".join(_of_run(opened.report(info.id))))
    if drafts:
        click.echo("\n".join(_of_drafts(drafts, library)))


def _of_run(report: Report) -> list[str]:
    stages = answer_stages(report.records)
    told_by = f"### {report.system} on {report.suite}, n {len(report.records)}"
    if not stages:
        return [told_by, "", "No answer says how long it took.", ""]
    return [told_by, "", *stage_table(stages), ""]


def _of_drafts(drafts: Sequence[Path], library: Path | None) -> list[str]:
    with open_newsroom(library, None) as newsroom:
        spent = time_checks(newsroom, drafts)
    head = f"### Checking, drafts {spent.drafts}, sentences {spent.sentences}"
    return [head, "", *spent.table(), ""]

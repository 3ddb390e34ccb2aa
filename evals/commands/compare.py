"""`dateline-eval compare`: two stored runs, sample by sample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from corpus.errors import EvalError
from evals.commands.screen import aligned
from evals.commands.told import store_option, told, write_page
from evals.comparison import comparison_html, side_by_side
from evals.report import Report
from evals.store import RunInfo, RunStore


@click.command("compare")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="HTML file to write, with plots; a table on the terminal when left out.",
)
@store_option
@told
def compare_command(a: str, b: str, out: Path | None, store: Path) -> None:
    """Set two stored runs side by side, over the samples that both were asked.

    A and B are ids of runs, or their beginnings; `list --runs` shows them.
    """
    with RunStore.open(store, create=False) as opened:
        runs = opened.run(a), opened.run(b)
        reports = opened.report(runs[0].id), opened.report(runs[1].id)
    first, second = paired(*reports)
    left_out = [len(whole.records) - len(first.records) for whole in reports]
    if any(left_out):
        click.echo(
            f"{len(first.records)} samples are in both runs; left out are {left_out[0]} of "
            f"{runs[0].id} and {left_out[1]} of {runs[1].id}.",
            err=True,
        )
    shown = labelled((first, second), runs)
    if out is None:
        click.echo(aligned(side_by_side(shown)), nl=False)
    else:
        write_page(out, comparison_html(shown))


def paired(a: Report, b: Report) -> tuple[Report, Report]:
    """Both reports over the samples that both have, in the order of the first, and over the
    metrics that both measured and that scored one of these samples.

    Raises:
        EvalError: they have no sample or no metric in common.
    """
    of_b = {record.sample.id: record for record in b.records}
    shared = tuple(record for record in a.records if record.sample.id in of_b)
    others = tuple(of_b[record.sample.id] for record in shared)
    known = {metric.name for metric in b.metrics}
    metrics = tuple(
        metric
        for metric in a.metrics
        if metric.name in known
        and any(record.value(metric.name) is not None for record in (*shared, *others))
    )
    if not shared or not metrics:
        raise EvalError(
            f"the two runs have no {'metric' if shared else 'sample'} in common",
            where=f"{a.system} on {a.suite}, {b.system} on {b.suite}",
            next_step="compare two runs over one suite: dateline-eval list --runs",
        )
    return replace(a, records=shared, metrics=metrics), replace(b, records=others, metrics=metrics)


def labelled(
    reports: tuple[Report, Report], runs: tuple[RunInfo, RunInfo]
) -> tuple[Report, Report]:
    """The reports under names that tell them apart: by system, else by suite, else by run."""
    a, b = reports
    if a.system != b.system:
        return reports
    marks = (a.suite, b.suite) if a.suite != b.suite else (runs[0].id, runs[1].id)
    return (
        replace(a, system=f"{a.system} ({marks[0]})"),
        replace(b, system=f"{b.system} ({marks[1]})"),
    )

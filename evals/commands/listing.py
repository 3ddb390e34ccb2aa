"""`dateline-eval list`: what there is to run, and what has been run."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import click

from evals import systems
from evals.commands.screen import columns
from evals.commands.told import store_option, told
from evals.metrics import catalogue
from evals.robustness import STRESSES
from evals.sets import FORMS
from evals.store import RunInfo, RunStore
from evals.suites import load_suite, suite_names


@click.command("list")
@click.option("--runs", is_flag=True, help="Show the stored runs instead, newest first.")
@store_option
@told
def list_command(runs: bool, store: Path) -> None:
    """Show the suites, set forms, systems, stresses and metrics that there are."""
    if runs:
        with RunStore.open(store, create=False) as opened:
            rows = [_run_row(info) for info in opened.runs()]
        head = ("run", "begun (UTC)", "suite", "system", "done")
        click.echo("\n".join(columns([head, *rows])))
    else:
        click.echo("\n".join(columns(list(_rows()))))


def _run_row(info: RunInfo) -> tuple[str, str, str, str, str]:
    done = f"{info.done}/{info.items}" + ("" if info.finished else ", unfinished")
    return info.id, f"{info.started:%Y-%m-%d %H:%M}", info.suite, info.system, done


def _rows() -> Iterator[tuple[str, str, str]]:
    for name in suite_names():
        samples = load_suite(name).samples
        kinds = Counter(sample.kind for sample in samples)
        shown = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
        yield "suite", name, f"{len(samples)} samples ({shown})"
    for name, home in FORMS.items():
        yield "set", f"{name}:PATH", _first_line(resolve_name(home))
    for name in systems.SYSTEMS:
        yield "system", name, _of_system(name)
    for name, stress in STRESSES.items():
        yield "stress", name, _first_line(stress)
    for name, metric in catalogue().items():
        yield "metric", name, metric.about


def _of_system(name: str) -> str:
    """What the list in the docstring of `evals.systems` says of a system."""
    listed = (line.split(maxsplit=1) for line in (systems.__doc__ or "").splitlines())
    return next((words[1] for words in listed if words[:1] == [name] and len(words) > 1), "")


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]

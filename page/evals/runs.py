"""The stored runs as the page lists them, and what is kept of one."""

from __future__ import annotations

from pathlib import Path

from evals.report import Report
from evals.store import RunInfo, RunStore
from page.conversation.run_record import run_name
from page.drawing.markup import long_date

MOST_RUNS = 50
"""Runs in the list; `dateline-eval list --runs` has them all."""

NONE = ""
"""The choice to compare with nothing."""


def stored(store: Path) -> tuple[RunInfo, ...]:
    """The newest runs that have answers to show; none where there is no store yet.

    Raises:
        EvalError: the file is no run store, or cannot be read.
    """
    if not store.exists():
        return ()
    with RunStore.open(store, create=False) as opened:
        return tuple(run for run in opened.runs() if run.kind == "answers" and run.done)[:MOST_RUNS]


def kept(store: Path, run_id: str) -> tuple[RunInfo, Report]:
    """One run and what was answered in it so far.

    Raises:
        EvalError: it is not there, or its records cannot be read.
    """
    with RunStore.open(store, create=False) as opened:
        return opened.run(run_id), opened.report(run_id)


def run_choices(runs: tuple[RunInfo, ...]) -> list[tuple[str, str]]:
    """(words, id) of each run."""
    return [(f"{run_name(run)}\n{run_facts(run)}", run.id) for run in runs]


def rival_choices(runs: tuple[RunInfo, ...], run_id: str) -> list[tuple[str, str]]:
    """(words, id) of the runs that a run can be compared with: those of its suite, under whatever
    stress, and none of them."""
    of = {run.id: run.suite.partition("+")[0] for run in runs}
    rivals = tuple(run for run in runs if run.id != run_id and of[run.id] == of.get(run_id))
    return [("nothing", NONE), *run_choices(rivals)] if rivals else []


def run_facts(run: RunInfo) -> str:
    """'75 of 75 · 22 November 2026, 07:40 · 3f2a90bc'; plain text, in the machine's own time."""
    began = run.started.astimezone()
    return f"{run.done:,} of {run.items:,} · {long_date(began.date())}, {began:%H:%M} · {run.id}"

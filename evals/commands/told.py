"""How a command of `dateline-eval` ends, and how it writes its reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from corpus.errors import EvalError
from evals.store import DEFAULT_STORE
from rag.commands.told import FAILED, telling

told = telling("Stopped.", lambda _: FAILED)
"""For commands that keep nothing."""

told_and_kept = telling(
    "Stopped. What was found so far is kept; the same command, without --fresh, goes on "
    "from there.",
    lambda _: FAILED,
)
"""For commands that keep what they have found so far in the store."""


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Tell what keeps a report from being written in this block, which takes its place at `out`.

    Raises:
        EvalError: it cannot be written there.
    """
    try:
        yield
    except OSError as error:
        raise EvalError(
            f"the report cannot be written: {error.strerror or error}",
            where=out,
            next_step="name another place with --out",
        ) from error


def make_folder(out: Path | None) -> None:
    """Make the folder of --out, if there is one, before a run takes its time.

    Raises:
        EvalError: it cannot be made.
    """
    if out is not None:
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)


def as_json(value: object) -> str:
    """A report in JSON as it is written to files and terminals."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def write_page(out: Path, text: str) -> None:
    """Write a report and say where it is.

    Raises:
        EvalError: it cannot be written there.
    """
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    click.echo(f"Written: {out}")


store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DEFAULT_STORE,
    show_default=True,
    help="The SQLite file that keeps the runs.",
)

"""How a command ends: with its output, or with an error in words and an exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from corpus.errors import DatelineError, EvalError
from evals.store import DEFAULT_STORE

Arguments = ParamSpec("Arguments")

FAILED, STOPPED = 1, 130
"""Exit statuses beside 0; 2 is click's own for wrong options."""


def told(
    command: Callable[Arguments, None], stopped: str = "Stopped."
) -> Callable[Arguments, None]:
    """Show an error that Dateline raises on purpose in its own words, and own up to a Ctrl-C."""

    @wraps(command)
    def ended(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DatelineError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(FAILED)
        except KeyboardInterrupt:
            click.echo(stopped, err=True)
            sys.exit(STOPPED)

    return ended


def told_and_kept(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """As `told`, for a command that keeps what it has found so far in the store."""
    return told(
        command,
        "Stopped. What was found so far is kept; the same command, without --fresh, goes on "
        "from there.",
    )


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

"""How a command ends: with its output, or with an error in words and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from corpus.errors import DatelineError

Arguments = ParamSpec("Arguments")

FAILED, BAD_USAGE, REFUSED, STOPPED = 1, 2, 3, 130
"""Exit statuses beside 0. 2 is click's own for wrong options; a question that is no question and
a date that is no date are bad usage too."""


def telling(
    stopped: str, status_of: Callable[[DatelineError], int]
) -> Callable[[Callable[Arguments, None]], Callable[Arguments, None]]:
    """A decorator for commands: errors that Dateline raises on purpose are told in their own words.

    Args:
        stopped: what is said after Ctrl-C: what became of the work.
        status_of: the exit status for an error.
    """

    def telling_of(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
        @wraps(command)
        def ended(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
            try:
                command(*args, **kwargs)
            except DatelineError as error:
                click.echo(f"Error: {error}", err=True)
                sys.exit(status_of(error))
            except KeyboardInterrupt:
                click.echo(stopped, err=True)
                sys.exit(STOPPED)

        return ended

    return telling_of


def _status_of(error: DatelineError) -> int:
    return BAD_USAGE if error.bad_usage else FAILED


told = telling("Stopped. What was committed is kept.", _status_of)
"""For commands that tell bad usage from failure."""

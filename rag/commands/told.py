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


def told(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Show an error that Dateline raises on purpose in its own words, with its exit status."""

    @wraps(command)
    def ended(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DatelineError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(BAD_USAGE if error.bad_usage else FAILED)
        except KeyboardInterrupt:
            click.echo("Stopped. What was committed is kept.", err=True)
            sys.exit(STOPPED)

    return ended

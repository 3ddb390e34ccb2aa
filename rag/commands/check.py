"""`dateline check`: each sentence of a draft held against the library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from corpus.errors import DatelineError, UnreadableFile
from rag.commands.shared import evidence_options, json_option, library_option, newsroom_of
from rag.commands.told import BAD_USAGE, STOPPED
from rag.showing.console import Console

Arguments = ParamSpec("Arguments")

DIFFERS = 1
"""Exit status where the library says otherwise anywhere, as `diff` and `grep` count: 0 is nothing
to report, 1 is something, and whatever went wrong is 2."""


def _told(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """As `rag.commands.told.told`, with 2 for every error: 1 means that something differs."""

    @wraps(command)
    def ended(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DatelineError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(BAD_USAGE)
        except KeyboardInterrupt:
            click.echo("Stopped. Nothing was written.", err=True)
            sys.exit(STOPPED)

    return ended


@click.command("check")
@click.argument("file")
@library_option
@evidence_options
@click.option("--html", "page", metavar="OUT", help="Write the annotated draft to this HTML file.")
@json_option("DraftReport.to_dict()")
@_told
def check_command(
    file: str,
    library: str | None,
    as_of: str | None,
    since: str | None,
    until: str | None,
    outlets: tuple[str, ...],
    page: str | None,
    as_json: bool,
) -> None:
    """Hold each sentence of FILE (Markdown, .docx or text; '-' for standard input) against the
    library: what carries it, what says otherwise, and on what the library is silent.

    Exit status 0 means that nothing differs, 1 that something does, 2 that it could not be checked.
    """
    from rag.drafts.reading import read_draft
    from rag.question.query import read_question

    # What cannot be checked is told before a model is loaded.
    draft = read_draft(file)
    read_question(draft.name, as_of=as_of, since=since, until=until)
    with newsroom_of(library) as newsroom:
        report = newsroom.check(
            draft, as_of=as_of, since=since, until=until, outlets=outlets or None
        )
    console = Console(as_json)
    if page is not None:
        _write(Path(page), report.to_html())
        console.note(f"Written: {page}")
    console.show(str(report), report.to_dict())
    if report.differs:
        sys.exit(DIFFERS)


def _write(out: Path, text: str) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnreadableFile(
            f"the page cannot be written: {error.strerror or error}",
            where=out,
            next_step="name another place with --html",
        ) from error

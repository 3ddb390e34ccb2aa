"""`dateline check`: each sentence of a draft held against the library."""

from __future__ import annotations

import sys

import click

from rag.commands.shared import (
    Scope,
    evidence_options,
    json_option,
    library_option,
    newsroom_of,
    write_out,
)
from rag.commands.told import BAD_USAGE, telling
from rag.showing.console import Console

DIFFERS = 1
"""Exit status where the library says otherwise anywhere, as `diff` and `grep` count: 0 is nothing
to report, 1 is something, and whatever went wrong is 2."""

# An error is never 1: that means that something differs.
_told = telling("Stopped. Nothing was written.", lambda _: BAD_USAGE)


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
    scope: Scope,
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
    read_question("draft", **scope)
    with newsroom_of(library) as newsroom:
        report = newsroom.check(draft, **scope)
    console = Console(as_json)
    if page is not None:
        write_out(page, report.to_html(), "--html")
        console.note(f"Written: {page}")
    console.show(str(report), report.to_dict())
    if report.differs:
        sys.exit(DIFFERS)

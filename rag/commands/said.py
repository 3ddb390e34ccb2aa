"""`dateline said`: what somebody said, dated and cited."""

from __future__ import annotations

import click

from rag.commands.shared import Scope, evidence_options, json_option, library_option, newsroom_of
from rag.commands.told import told
from rag.showing.console import Console


@click.command("said")
@click.argument("speaker")
@click.option("--about", metavar="WORDS", help="Only what was said about this.")
@library_option
@evidence_options
@json_option("the statements")
@told
def said_command(
    speaker: str,
    about: str | None,
    library: str | None,
    scope: Scope,
    as_json: bool,
) -> None:
    """Show what SPEAKER said, oldest first, however the name is spelt: "Majed al-Ansari".

    No language model is involved. Copies of one report count once.
    """
    from rag.question.query import read_question
    from rag.timeline.said import as_text

    read_question(speaker, **scope)
    with newsroom_of(library) as newsroom:
        found = newsroom.said(speaker, about, **scope)
    words = as_text(found) or f"No statement of “{speaker}”."
    Console(as_json).show(words, [one.to_dict() for one in found])

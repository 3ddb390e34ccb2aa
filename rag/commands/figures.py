"""`dateline figures`: the figures that count one thing, dated and cited."""

from __future__ import annotations

import click

from rag.commands.shared import Scope, evidence_options, json_option, library_option, newsroom_of
from rag.commands.told import told
from rag.showing.console import Console


@click.command("figures")
@click.argument("about")
@library_option
@evidence_options
@json_option("the figures")
@told
def figures_command(
    about: str,
    library: str | None,
    scope: Scope,
    as_json: bool,
) -> None:
    """Show the figures that count ABOUT, oldest first: "people killed in Gaza".

    No language model is involved. Copies of one report count once.
    """
    from rag.question.query import read_question

    # What cannot be asked is told before a model is loaded.
    read_question(about, **scope)
    with newsroom_of(library) as newsroom:
        found = newsroom.timeline(about, **scope)
    Console(as_json).show(found.rows_as_text(), [figure.to_dict() for figure in found.rows])

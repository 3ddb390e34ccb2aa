"""`dateline figures`: the figures that count one thing, dated and cited."""

from __future__ import annotations

import click

from rag.commands.shared import evidence_options, json_option, library_option, newsroom_of
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
    as_of: str | None,
    since: str | None,
    until: str | None,
    outlets: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the figures that count ABOUT, oldest first: "people killed in Gaza".

    No language model is involved. Copies of one report count once.
    """
    from rag.question.query import read_question
    from rag.timeline.figures import figures
    from rag.timeline.timeline import timeline_of

    query = read_question(about, as_of=as_of, since=since, until=until)
    with newsroom_of(library) as newsroom:
        found = figures(
            newsroom.library,
            newsroom.embedder,
            about,
            window=query.window,
            outlets=outlets or None,
        )
    words = timeline_of(about, found).rows_as_text()
    Console(as_json).show(words, [figure.to_dict() for figure in found])

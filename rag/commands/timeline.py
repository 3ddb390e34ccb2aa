"""`dateline timeline`: how a figure changes over time, and where its sources differ."""

from __future__ import annotations

from pathlib import Path

import click

from rag.commands.shared import (
    Scope,
    evidence_options,
    json_option,
    library_option,
    newsroom_of,
    write_out,
)
from rag.commands.told import told
from rag.showing.console import Console


@click.command("timeline")
@click.argument("about")
@library_option
@evidence_options
@click.option(
    "--plot",
    "plot_path",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Draw the dated figures into this SVG file.",
)
@json_option("the timeline")
@told
def timeline_command(
    about: str,
    library: str | None,
    scope: Scope,
    plot_path: Path | None,
    as_json: bool,
) -> None:
    """Show the figures that count ABOUT over time, with their changes and conflicts.

    A change is the same quantity at two days, a conflict different values for one day or event.
    No language model is involved.
    """
    from rag.question.query import read_question
    from rag.timeline.plot import plot

    read_question(about, **scope)
    console = Console(as_json)
    with newsroom_of(library) as newsroom:
        found = newsroom.timeline(about, **scope)
    console.show(found.to_text(), found.to_dict())
    if plot_path is not None:
        drawing = plot(found)
        if drawing:
            write_out(plot_path, drawing, "--plot")
            console.note(f"Drawn into {plot_path}.")
        else:
            console.note("Nothing to draw: fewer than two days have a figure.")

"""`dateline stats`: what a library holds, in figures."""

from __future__ import annotations

import click

from rag.commands.shared import json_option, library_option, newsroom_of
from rag.commands.told import told
from rag.showing.console import Console


@click.command("stats")
@library_option
@json_option("the figures")
@told
def stats_command(library: str | None, as_json: bool) -> None:
    """Count what the library holds."""
    from dataclasses import asdict

    with newsroom_of(library) as newsroom:
        figures = {name: _plain(value) for name, value in asdict(newsroom.library.stats()).items()}
    width = max(map(len, figures))
    words = "\n".join(f"{name:<{width}}  {value}" for name, value in figures.items())
    Console(as_json).show(words, figures)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | None) else str(value)

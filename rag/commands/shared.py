"""Options that several commands have, and the newsroom that they lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

Command = Callable[..., None]

library_option = click.option(
    "--library",
    metavar="PATH",
    help="The library: its folder, or a milvus: URI. Left out: DATELINE_LIBRARY, or "
    "dateline-library in this folder.",
)


def json_option(what: str) -> Callable[[Command], Command]:
    """`--json`, which prints `what` as JSON."""
    return click.option("--json", "as_json", is_flag=True, help=f"Print {what} as JSON.")


def span_options(command: Command) -> Command:
    """`--since` and `--until`."""
    for name, text in (
        ("--until", "The last day of publication to look at, YYYY-MM-DD."),
        ("--since", "The first day of publication to look at, YYYY-MM-DD."),
    ):
        command = click.option(name, metavar="DATE", help=text)(command)
    return command


def evidence_options(command: Command) -> Command:
    """What may serve as evidence: `--as-of`, `--since`, `--until`, `--outlet`."""
    command = outlet_option(command)
    text = "See no article that was published after this day, YYYY-MM-DD."
    return click.option("--as-of", metavar="DATE", help=text)(span_options(command))


outlet_option = click.option(
    "--outlet",
    "outlets",
    multiple=True,
    metavar="NAME",
    help="Look at this outlet's articles only; give it again for more outlets.",
)


def newsroom_of(library: str | None, model: str | None = None) -> Newsroom:
    """The newsroom over the library that was named; over the sample when there is none at all."""
    from corpus.walk import expanded, is_there
    from embeddings.milvus.address import is_milvus
    from rag import newsroom
    from rag.sample_library import open_sample
    from rag.settings import load_settings

    settings = load_settings(model=model)
    chosen = library or settings.library
    if library is None and not is_milvus(str(chosen)) and not is_there(expanded(chosen)):
        click.echo(f"No library at {chosen}: this is the sample library.", err=True)
        return open_sample(settings=settings)
    return newsroom.open(chosen, settings=settings)

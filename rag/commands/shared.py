"""Options that several commands have, and the newsroom that they lead to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

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


class Scope(TypedDict):
    """What may serve as evidence, as `Newsroom.ask` and its like are told it."""

    as_of: str | None
    since: str | None
    until: str | None
    outlets: tuple[str, ...] | None


def evidence_options(command: Command) -> Command:
    """`--as-of`, `--since`, `--until` and `--outlet`, which reach the command as one `scope`."""

    @wraps(command)
    def scoped(
        *,
        as_of: str | None,
        since: str | None,
        until: str | None,
        outlets: tuple[str, ...],
        **others: object,
    ) -> None:
        scope = Scope(as_of=as_of, since=since, until=until, outlets=outlets or None)
        command(scope=scope, **others)

    text = "See no article that was published after this day, YYYY-MM-DD."
    return click.option("--as-of", metavar="DATE", help=text)(span_options(outlet_option(scoped)))


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


def write_out(out: str | Path, text: str, option: str) -> None:
    """Write a page or a drawing to the place that an option names; its folder is made.

    Raises:
        UnreadableFile: it cannot be written there.
    """
    from corpus.errors import UnreadableFile

    try:
        Path(out).parent.mkdir(parents=True, exist_ok=True)
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnreadableFile(
            f"the file cannot be written: {error.strerror or error}",
            where=out,
            next_step=f"name another place with {option}",
        ) from error

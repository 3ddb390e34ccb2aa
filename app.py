"""`dateline-chat`: the page that asks a library, on this machine only.

The page itself is in `page/`: `turn` is the chat's state, `message` and `evidence` draw it, `desk`
says what is open; `ask_tab`, `draft_tab`, `library_tab` and `evals_tab` with what they call are its
tabs, `reader` is the article that all of them open; `layout` puts the parts together, `serve`
guards and serves them.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

import rag
from corpus.errors import DatelineError, SettingsError
from evals.store import DEFAULT_STORE
from page.evals_bench import Bench
from page.layout import build
from page.serve import require_auth, serve
from rag.newsroom import Newsroom
from rag.sample_library import open_sample
from rag.settings import load_settings

__all__ = ["build", "main"]

AUTH_VARIABLE = "DATELINE_CHAT_AUTH"


@click.command(name="dateline-chat")
@click.option(
    "--library",
    metavar="PATH",
    help="The library to ask: its folder, or a milvus: URI. Left out: the sample library, built on "
    "the first start.",
)
@click.option("--port", default=7860, show_default=True, help="0 picks a free one.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=f"Any but this machine's own needs {AUTH_VARIABLE}=name:password.",
)
@click.option("--model", help="The generator, as a model URI. Left out: the one in the settings.")
@click.option(
    "--runs",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DEFAULT_STORE,
    show_default=True,
    help="The SQLite file that keeps the runs of evals.",
)
def main(library: str | None, port: int, host: str, model: str | None, runs: Path) -> None:
    """Open the chat in a browser on this machine."""
    try:
        auth = _auth()
        require_auth(host, auth)
        with _open(library, model) as newsroom, Bench(newsroom, runs) as bench:
            click.echo("Loading the model…")
            newsroom.generator  # noqa: B018 - a missing model is told now, not at the first question
            page = build(bench)
            address = serve(page, library=newsroom.library.path, host=host, port=port, auth=auth)
            click.echo(f"Dateline is at {address}")
            page.block_thread()
    except DatelineError as error:
        raise click.ClickException(str(error)) from error


def _open(library: str | None, model: str | None) -> Newsroom:
    settings = load_settings(model=model)
    if library is None:
        return open_sample(settings=settings)
    return rag.open(library, settings=settings)


def _auth() -> tuple[str, str] | None:
    value = os.environ.get(AUTH_VARIABLE, "")
    if not value:
        return None
    name, colon, password = value.partition(":")
    if not (name and colon and password):
        raise SettingsError(
            "The name and the password are not written name:password", where=AUTH_VARIABLE
        )
    return name, password


if __name__ == "__main__":
    main()

"""`dateline-chat`: the page that asks a library, on this machine only.

The page itself is in `page/`: `desk/` is what is open, `conversation/` what has been said; each tab
has a folder; `reading/` is the article that all of them open, `kept/` the conversations of earlier
days, `api/` the same for programs. `layout` puts the tabs together, `serving/` guards and serves.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
from platformdirs import user_data_path

import rag
from corpus.errors import DatelineError, SettingsError
from corpus.masking import without_secrets
from evals.store import DEFAULT_STORE
from page.desk.desk import Desk, DeskOptions
from page.desk.recent import Recent
from page.evals.bench import Bench
from page.kept.store import KeptStore
from page.layout import build
from page.serving.running import run_until_stopped, stopping
from page.serving.serve import is_loopback, require_auth, serve
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
@click.option(
    "--offer",
    "offered",
    metavar="PATH",
    multiple=True,
    help="Another library that can be opened on the page; may be given more than once.",
)
@click.option("--metrics", is_flag=True, help="Let Prometheus read /metrics.")
def main(
    library: str | None,
    port: int,
    host: str,
    model: str | None,
    runs: Path,
    offered: tuple[str, ...],
    metrics: bool,
) -> None:
    """Open the chat in a browser on this machine."""
    try:
        auth = _auth()
        require_auth(host, auth)
        with (
            stopping() as stop,
            _open(library, model) as newsroom,
            Desk(newsroom, _may_open(host, auth, offered), _recent()) as desk,
            Bench(desk, runs) as bench,
        ):
            click.echo("Loading the model…")
            newsroom.generator  # noqa: B018 - a missing model is told now, not at the first question
            page = build(desk, bench, KeptStore())
            address = serve(page, desk, host=host, port=port, auth=auth, metrics=metrics)
            click.echo(f"Dateline is at {address}")
            run_until_stopped(page, desk.gate, stop)
    except DatelineError as error:
        raise click.ClickException(without_secrets(str(error))) from error


def _open(library: str | None, model: str | None) -> Newsroom:
    settings = load_settings(model=model)
    if library is None:
        return open_sample(settings=settings)
    return rag.open(library, settings=settings)


def _may_open(host: str, auth: tuple[str, str] | None, offered: tuple[str, ...]) -> DeskOptions:
    """Any folder for the one user of this machine; for others only what was named or made here.

    A page of this machine that asks for a password is one that others reach by way of a proxy.
    """
    return DeskOptions(anywhere=is_loopback(host) and auth is None, named=offered)


def _recent() -> Recent:
    return Recent(user_data_path("dateline") / "recent-libraries.json")


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

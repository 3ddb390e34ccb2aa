"""`dateline list`: the articles of a library, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from rag.commands.shared import (
    json_option,
    library_option,
    newsroom_of,
    outlet_option,
    span_options,
)
from rag.commands.told import told

if TYPE_CHECKING:
    from rag.showing.listing import Listed


@click.command("list")
@library_option
@span_options
@outlet_option
@click.option("--withdrawn", is_flag=True, help="Only withdrawn articles.")
@click.option("--groups", is_flag=True, help="Only reports with copies: the original, then those.")
@json_option("the articles")
@told
def list_command(
    library: str | None,
    since: str | None,
    until: str | None,
    outlets: tuple[str, ...],
    withdrawn: bool,
    groups: bool,
    as_json: bool,
) -> None:
    """List the library's articles, oldest first, undated ones last.

    Withdrawn articles are marked; a copy stands under its original, after '='.
    """
    from corpus import as_date
    from embeddings.store.window import DateWindow
    from rag.showing.listing import ListOptions, listed

    window = DateWindow(
        as_date(since) if since is not None else None, as_date(until) if until is not None else None
    )
    options = ListOptions(window, outlets, withdrawn, groups)
    with newsroom_of(library) as newsroom:
        found = listed(newsroom.library, options)
        # One line at a time: a library may hold more articles than one wants in memory.
        for line in _as_json(found) if as_json else _as_table(found):
            click.echo(line)


def _as_table(found: Iterable[Listed]) -> Iterator[str]:
    from rag.showing.listing import HEAD

    number = 0
    for number, one in enumerate(found, start=1):
        if number == 1:
            yield HEAD
        yield one.as_line()
    if number == 0:
        yield "No article."


def _as_json(found: Iterable[Listed]) -> Iterator[str]:
    """One array, an article a line."""
    before = None
    yield "["
    for one in found:
        if before is not None:
            yield f"{before},"
        before = json.dumps(one.as_dict(), ensure_ascii=False)
    if before is not None:
        yield before
    yield "]"

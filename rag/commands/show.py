"""`dateline show`: an article, and what became of it in the library."""

from __future__ import annotations

import click

from rag.commands.shared import json_option, library_option, newsroom_of
from rag.commands.told import told
from rag.showing.console import Console


@click.command("show")
@click.argument("article_id", metavar="ID")
@library_option
@click.option("--dropped", is_flag=True, help="Show the lines that were left out of its text.")
@click.option("--versions", is_flag=True, help="Show what it said before it was replaced.")
@click.option("--changes", is_flag=True, help="Show what changed from version to version.")
@json_option("all of it")
@told
def show_command(
    article_id: str,
    library: str | None,
    dropped: bool,
    versions: bool,
    changes: bool,
    as_json: bool,
) -> None:
    """Show an article: its head, then its text, or what the options name instead.

    Every citation's offsets count in the text shown here.
    """
    from rag.showing.article_view import ArticleView

    with newsroom_of(library) as newsroom:
        view = ArticleView.of(newsroom.library, article_id)
    parts = [view.head()]
    if dropped:
        parts.append(view.dropped())
    if versions:
        parts.append(view.earlier())
    if changes:
        parts.append(view.changed())
    if not (dropped or versions or changes):
        parts.append(view.article.text)
    Console(as_json).show("\n\n".join(parts), view.as_dict())

"""`dateline search`: the passages that answer a question best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rag.commands.shared import Scope, evidence_options, json_option, library_option, newsroom_of
from rag.commands.told import told
from rag.showing.console import Console

if TYPE_CHECKING:
    from rag.finding.hit import Hit


@click.command("search")
@click.argument("question")
@library_option
@evidence_options
@click.option("-k", default=8, show_default=True, type=click.IntRange(1, 200), help="How many.")
@json_option("the hits")
@told
def search_command(
    question: str,
    library: str | None,
    scope: Scope,
    k: int,
    as_json: bool,
) -> None:
    """Show the passages that answer QUESTION best. No language model is involved."""
    from rag.question.query import read_question
    from rag.showing.render import hit_dict

    read_question(question, **scope)
    with newsroom_of(library) as newsroom:
        hits = newsroom.search(question, k, **scope)
    words = "\n\n".join(_words(hit) for hit in hits)
    Console(as_json).show(words or "Nothing found.", [hit_dict(hit) for hit in hits])


def _words(hit: Hit) -> str:
    from rag.finding.sources import listed
    from rag.showing.render import byline

    also_in = f"\n    also in: {listed(hit.also_in)}" if hit.also_in else ""
    return (
        f"{hit.rank:>2}. {byline(hit.article)}  score {hit.score:.2f}  {hit.passage.id}{also_in}\n"
        f"    {' '.join(hit.text.split())}"
    )

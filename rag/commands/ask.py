"""`dateline ask`: an answer whose every sentence is cited, or a refusal that says why."""

from __future__ import annotations

import sys

import click

from rag.commands.shared import Scope, evidence_options, json_option, library_option, newsroom_of
from rag.commands.told import REFUSED, told
from rag.showing.console import Console


@click.command("ask")
@click.argument("question")
@library_option
@evidence_options
@click.option("--model", metavar="URI", help="The generator. Left out: the one in the settings.")
@json_option("Answer.to_dict()")
@told
def ask_command(
    question: str,
    library: str | None,
    scope: Scope,
    model: str | None,
    as_json: bool,
) -> None:
    """Answer QUESTION with cited sentences. Exit status 3 means refused, with the reason shown."""
    from rag.question.query import read_question

    # A question that cannot be asked is told before a model is loaded.
    read_question(question, **scope)
    with newsroom_of(library, model=model) as newsroom:
        answer = newsroom.ask(question, **scope)
    Console(as_json).show(str(answer), answer.to_dict())
    if answer.status == "refused":
        sys.exit(REFUSED)

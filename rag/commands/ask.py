"""`dateline ask`: an answer whose every sentence is cited, or a refusal that says why."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from rag.commands.shared import Scope, evidence_options, json_option, library_option, newsroom_of
from rag.commands.told import REFUSED, told
from rag.showing.console import Console

if TYPE_CHECKING:
    from rag.answer import Answer


FORM_NAMES = ("markdown", "html", "json", "csl", "bibtex")
"""Those of `rag.showing.exporting`, which is imported only when a file is written."""


@click.command("ask")
@click.argument("question")
@library_option
@evidence_options
@click.option("--model", metavar="URI", help="The generator. Left out: the one in the settings.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORM_NAMES),
    help="Print a whole file of this form: the answer with its sources, or (csl, bibtex) the "
    "cited articles alone.",
)
@json_option("Answer.to_dict()")
@told
def ask_command(
    question: str,
    library: str | None,
    scope: Scope,
    model: str | None,
    form: str | None,
    as_json: bool,
) -> None:
    """Answer QUESTION with cited sentences. Exit status 3 means refused, with the reason shown."""
    from rag.question.query import read_question

    if form and as_json:
        raise click.UsageError("--json and --format exclude each other.")
    # A question that cannot be asked is told before a model is loaded.
    read_question(question, **scope)
    with newsroom_of(library, model=model) as newsroom:
        answer = newsroom.ask(question, **scope)
    if form:
        click.echo(_written(answer, form, scope["as_of"] or ""), nl=False)
    else:
        Console(as_json).show(str(answer), answer.to_dict())
    if answer.status == "refused":
        sys.exit(REFUSED)


def _written(answer: Answer, form: str, as_of: str) -> str:
    from rag.showing.exporting import FORMS
    from rag.showing.transcript import Exchange, Transcript

    exchange = Exchange(answer.question, answer, as_of)
    return FORMS[form].write(Transcript(answer.question, "", date.today(), (exchange,)))

"""`dateline`: index articles, ask them, look into the library.

dateline index articles/ --library my-library
dateline ask "Who spoke to reporters?" --library my-library
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

from corpus.errors import DatelineError
from rag.console import Console

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

Arguments = ParamSpec("Arguments")

FAILED, BAD_USAGE, REFUSED = 1, 2, 3
"""Exit statuses beside 0. 2 is click's own for wrong options; a question that is no question and
a date that is no date are bad usage too."""


def _told(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Show an error that Dateline raises on purpose in its own words, with its exit status."""

    @wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DatelineError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(BAD_USAGE if error.bad_usage else FAILED)
        except KeyboardInterrupt:
            click.echo("Stopped. What was committed is kept.", err=True)
            sys.exit(130)

    return told


_library_option = click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="The library's folder. Left out: DATELINE_LIBRARY, or dateline-library in this folder.",
)


def _day_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, text in (
        ("--until", "The last day of publication to look at, YYYY-MM-DD."),
        ("--since", "The first day of publication to look at, YYYY-MM-DD."),
        ("--as-of", "See no article that was published after this day, YYYY-MM-DD."),
    ):
        command = click.option(name, metavar="DATE", help=text)(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def main() -> None:
    """Ask a collection of news articles; every sentence of an answer carries its proof."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_library_option
@click.option("--rebuild", is_flag=True, help="Embed every article anew with today's embedder.")
@click.option("--delete", "deleted", multiple=True, metavar="ID", help="Remove an article.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@_told
def index(
    paths: tuple[Path, ...],
    library: Path | None,
    rebuild: bool,
    deleted: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read articles from PATHS (files and folders) into a library; it is made if need be."""
    if not paths and not rebuild and not deleted:
        raise click.UsageError("Name at least one file or folder of articles.")
    from dataclasses import asdict

    from rag import indexing
    from rag.settings import load_settings

    console = Console(as_json)
    folder = library or load_settings().library
    if rebuild:
        console.note(indexing.rebuild(folder))
    for article_id in deleted:
        console.note(indexing.delete(folder, article_id))
    if paths:
        report = indexing.index(folder, paths)
        console.show(indexing.as_words(report), asdict(report))
        if report.rejected and not report.taken:
            sys.exit(FAILED)


@main.command()
@click.argument("question")
@_library_option
@_day_options
@click.option("--model", metavar="URI", help="The generator. Left out: the one in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print Answer.to_dict() as JSON.")
@_told
def ask(
    question: str,
    library: Path | None,
    as_of: str | None,
    since: str | None,
    until: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    """Answer QUESTION with cited sentences. Exit status 3 means refused, with the reason shown."""
    from rag.query import read_question

    # A question that cannot be asked is told before a model is loaded.
    read_question(question, as_of=as_of, since=since, until=until)
    with _newsroom(library, model=model) as newsroom:
        answer = newsroom.ask(question, as_of=as_of, since=since, until=until)
    Console(as_json).show(str(answer), answer.to_dict())
    if answer.status == "refused":
        sys.exit(REFUSED)


@main.command()
@click.argument("question")
@_library_option
@_day_options
@click.option("-k", default=8, show_default=True, type=click.IntRange(1, 200), help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON.")
@_told
def search(
    question: str,
    library: Path | None,
    as_of: str | None,
    since: str | None,
    until: str | None,
    k: int,
    as_json: bool,
) -> None:
    """Show the passages that answer QUESTION best. No language model is involved."""
    from rag.query import read_question
    from rag.render import byline, hit_dict

    read_question(question, as_of=as_of, since=since, until=until)
    with _newsroom(library) as newsroom:
        hits = newsroom.search(question, k, as_of=as_of, since=since, until=until)
    words = "\n\n".join(
        f"{hit.rank:>2}. {byline(hit.article)}  score {hit.score:.2f}  {hit.passage.id}\n"
        f"    {' '.join(hit.text.split())}"
        for hit in hits
    )
    Console(as_json).show(words or "Nothing found.", [hit_dict(hit) for hit in hits])


@main.command()
@click.argument("article_id", metavar="ID")
@_library_option
@click.option("--json", "as_json", is_flag=True, help="Print the article as JSON, text included.")
@_told
def show(article_id: str, library: Path | None, as_json: bool) -> None:
    """Show an article of the library; every citation's offsets count in the text shown here."""
    from rag.render import article_dict, byline

    with _newsroom(library) as newsroom:
        article = newsroom.library.article(article_id)
    words = f"{byline(article)}\n{article.source}\ndated by: {article.dated_by}\n\n{article.text}"
    Console(as_json).show(words, {**article_dict(article), "text": article.text})


@main.command()
@_library_option
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@_told
def stats(library: Path | None, as_json: bool) -> None:
    """Count what the library holds."""
    from dataclasses import asdict

    with _newsroom(library) as newsroom:
        figures = {name: _plain(value) for name, value in asdict(newsroom.library.stats()).items()}
    width = max(map(len, figures))
    words = "\n".join(f"{name:<{width}}  {value}" for name, value in figures.items())
    Console(as_json).show(words, figures)


@main.command()
@_library_option
@_told
def doctor(library: Path | None) -> None:
    """Check packages and models, and with --library a whole library against its checksums."""
    from rag.doctor import examine

    healthy = True
    for finding in examine(library):
        click.echo(f"{'ok  ' if finding.healthy else 'BAD '} {finding.what}")
        healthy = healthy and finding.healthy
    if not healthy:
        sys.exit(FAILED)


def _newsroom(library: Path | None, model: str | None = None) -> Newsroom:
    """The newsroom over the library that was named; over the sample when there is none at all."""
    from rag import newsroom
    from rag.sample_library import open_sample
    from rag.settings import load_settings

    settings = load_settings(model=model)
    folder = library or settings.library
    if library is None and not folder.exists():
        click.echo(f"No library at {folder}: this is the sample library.", err=True)
        return open_sample(settings=settings)
    return newsroom.open(folder, settings=settings)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | None) else str(value)


if __name__ == "__main__":
    main()

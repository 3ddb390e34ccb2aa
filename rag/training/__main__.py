"""`python -m rag.training reader --data FOLDER`: train a part, or go on where it was stopped."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import click

from embeddings import load_embedder
from embeddings.embedders.model_folder import model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER
from rag.finding.readers import SHIPPED
from rag.training.card import Base, publish
from rag.training.reader import Progress, ReaderOptions, train_reader
from rag.training.recipe import prepare


@click.group()
def main() -> None:
    """Train Dateline's own parts. Needs the training extra: pip install 'dateline[training]'."""


@main.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="The folder of the published sets.",
)
@click.option(
    "--held-out",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="What is measured on: an article that shares words with it is left out. Repeat.",
)
@click.option(
    "--steps", type=click.IntRange(min=1), default=ReaderOptions().steps, show_default=True
)
@click.option("--threads", type=click.IntRange(min=1), default=ReaderOptions().threads)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=SHIPPED,
    show_default="rag/adapters/reader",
    help="Where the adapter is written once it is done; the checkpoint lies beside it.",
)
def reader(data: Path, held_out: tuple[Path, ...], steps: int, threads: int, out: Path) -> None:
    """Train the reader, which ranks sentences and points to the words that answer."""
    options = replace(ReaderOptions(), steps=steps, threads=threads)
    recipe = prepare(data, held_out, options)
    click.echo(
        f"{recipe.questions:,} questions on {len(recipe.train)} articles; left out, because they "
        f"share words with what is measured on: {', '.join(recipe.left_out) or 'none'}"
    )
    folder = model_folder(DEFAULT_EMBEDDER)
    base = Base(DEFAULT_EMBEDDER, weights_digest(folder, DEFAULT_EMBEDDER))
    out.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256((recipe.digest + base.weights).encode()).hexdigest()
    trained = train_reader(
        recipe.train,
        recipe.dev,
        folder,
        load_embedder(),
        out / "checkpoint.pt",
        name,
        options,
        _tell,
    )
    publish(out, trained, base, recipe, options)
    (out / "checkpoint.pt").unlink()
    click.echo(f"dev before: {trained.before}\ndev after:  {trained.after}\nwritten: {out}")


def _tell(now: Progress) -> None:
    scored = f"  {now.scores}" if now.scores else ""
    click.echo(
        f"step {now.step:,} of {now.steps:,}  sentence {now.sentence:.3f}  words {now.words:.3f}  "
        f"{now.seconds_left / 60:.0f} min left{scored}"
    )


if __name__ == "__main__":
    main()

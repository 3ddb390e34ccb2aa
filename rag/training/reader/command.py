"""`python -m rag.training reader`: train the reader, or go on where it was stopped."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from pathlib import Path

import click

from embeddings import load_embedder
from embeddings.embedders.model_folder import model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER
from rag.training.asked import training_options
from rag.training.card import Base, Part, publish
from rag.training.lora import heads_of, lora_config
from rag.training.reader.recipe import Recipe, prepare
from rag.training.reader.train import (
    Progress,
    ReaderOptions,
    Trained,
    train_reader,
)


@click.command()
@training_options("reader", ReaderOptions().steps, ReaderOptions().threads)
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
    publish_reader(out, trained, base, recipe, options)
    (out / "checkpoint.pt").unlink()
    click.echo(f"dev before: {trained.before}\ndev after:  {trained.after}\nwritten: {out}")


def publish_reader(
    folder: Path, trained: Trained, base: Base, recipe: Recipe, options: ReaderOptions
) -> None:
    """Write the weights, the card with what they were learned from, and the loss curve.

    Raises:
        OSError: the folder cannot be written.
    """
    card = {
        "recipe": recipe.digest,
        "questions": recipe.questions,
        "articles": len(recipe.train),
        "left_out": list(recipe.left_out),
        "options": asdict(options),
        "dev_before": asdict(trained.before),
        "dev_after": asdict(trained.after),
    }
    made = Part(trained.adapter, heads_of(trained.model), lora_config(options.rank))
    publish(folder, made, base, card, trained.curve)


def _tell(now: Progress) -> None:
    scored = f"  {now.scores}" if now.scores else ""
    click.echo(
        f"step {now.step:,} of {now.steps:,}  sentence {now.sentence:.3f}  words {now.words:.3f}  "
        f"{now.seconds_left / 60:.0f} min left{scored}"
    )

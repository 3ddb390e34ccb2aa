"""`python -m rag.training answerer`: train the answerer, or go on where it was stopped."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from pathlib import Path

import click
import torch

from embeddings.embedders.model_folder import digest_of
from embeddings.embedders.models import DEFAULT_GENERATOR, resolve
from rag.training.answerer.packs import counted
from rag.training.answerer.recipe import DataOptions, Recipe, prepare
from rag.training.answerer.training import (
    AnswererOptions,
    AnswererRun,
    Progress,
    Trained,
    lora_of,
)
from rag.training.asked import so_far_option, training_options
from rag.training.card import Base, Part, publish
from rag.writing.generators.weights import ready_folder

LAYERS = 30
"""Of SmolLM2-135M."""


@click.command()
@training_options("answerer", AnswererOptions().steps, AnswererOptions().threads)
@click.option("--last", type=click.IntRange(min=1), help="End at this step, cooled down to it.")
@so_far_option
def answerer(
    data: Path,
    held_out: tuple[Path, ...],
    steps: int,
    last: int | None,
    threads: int,
    out: Path,
    so_far: bool,
) -> None:
    """Train the answerer, which copies an answer and names its sentence, or declines."""
    options = replace(AnswererOptions(), steps=steps, threads=threads, last=last or steps)
    recipe = prepare(data, held_out, options, DataOptions())
    click.echo(
        f"{sum(counted(recipe.train).values()):,} questions in {len(recipe.train):,} packs; left "
        f"out, because they share words with what is measured on: "
        f"{', '.join(recipe.left_out) or 'none'}"
    )
    ref = resolve(DEFAULT_GENERATOR)
    base = Base(DEFAULT_GENERATOR, digest_of([ref.path]))
    out.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256((recipe.digest + base.weights).encode()).hexdigest()
    folder = Path(ready_folder(ref, torch.bfloat16))
    run = AnswererRun(recipe.train, recipe.dev, folder, out, name, options)
    trained = run.best() if so_far else run.run(_tell)
    publish_answerer(out, trained, base, recipe, options)
    if not so_far:
        run.forget()
    click.echo(f"dev before: {trained.before}\ndev after:  {trained.after}\nwritten: {out}")


def publish_answerer(
    folder: Path, trained: Trained, base: Base, recipe: Recipe, options: AnswererOptions
) -> None:
    """Write the weights, the card with what they were learned from, and the loss curve.

    Raises:
        OSError: the folder cannot be written.
    """
    card = {
        "recipe": recipe.digest,
        "questions": counted(recipe.train),
        "articles": recipe.articles,
        "left_out": list(recipe.left_out),
        "options": asdict(options),
        "dev_before": asdict(trained.before),
        "dev_after": asdict(trained.after),
    }
    made = Part(trained.adapter, {}, lora_of(options, LAYERS))
    publish(folder, made, base, card, trained.curve)


def _tell(now: Progress) -> None:
    scored = f"  {now.scores}" if now.scores else ""
    click.echo(
        f"step {now.step:,} of {now.steps:,}  loss {now.loss:.3f}  "
        f"{now.seconds_left / 60:.0f} min left{scored}"
    )

"""`python -m rag.training verifier`: train the verifier, or go on where it was stopped."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import click
import numpy as np
from torch import nn

from embeddings import load_embedder
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.model_folder import model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER
from rag.adapters.adapter import Adapter
from rag.adapters.which import shipped
from rag.checking.statement_pairs import StatementPairing
from rag.checking.trained import SCALE, TrainedVerifier, load_verifier
from rag.checking.weighing import SIGNS
from rag.training.asked import so_far_option, training_options
from rag.training.card import Base, Part, publish
from rag.training.lora import adapter_of, heads_of, lora_config
from rag.training.verifier.batches import ready
from rag.training.verifier.drawing import whole_pairs
from rag.training.verifier.example import Example
from rag.training.verifier.measure import Row, measured, overlap, table
from rag.training.verifier.options import Progress, Trained, VerifierOptions
from rag.training.verifier.recipe import DataOptions, Recipe, prepare
from rag.training.verifier.scores import logits
from rag.training.verifier.signs import chances, checked, fit_scale
from rag.training.verifier.train import train_verifier

SCALED_ON = 1200
"""Examples that the scale of thirteen signs is fitted on."""

_OWN = Path(__file__).parents[3]
_NEWS = ("corpus/sample", "evals/suites")
"""Where the project's own articles lie: measured on, never learned from."""


@click.command()
@training_options("verifier", VerifierOptions().steps, VerifierOptions().threads)
@so_far_option
@click.option(
    "--measure-only", is_flag=True, help="Measure the verifier that lies in --out; train nothing."
)
def verifier(
    data: Path,
    held_out: tuple[Path, ...],
    steps: int,
    threads: int,
    out: Path,
    so_far: bool,
    measure_only: bool,
) -> None:
    """Train the verifier, which tells whether evidence carries a sentence."""
    options = replace(VerifierOptions(), steps=steps, threads=threads)
    recipe = prepare(data, held_out, own_news(), DataOptions())
    if measure_only:
        there = load_verifier(out)
        click.echo(table(measure(there, there.scale, recipe, load_embedder())))
        return
    click.echo(
        f"{len(recipe.train):,} sentences; left out, because they share words with what is "
        f"measured on: {', '.join(recipe.left_out) or 'none'}"
    )
    folder = model_folder(DEFAULT_EMBEDDER)
    base = Base(DEFAULT_EMBEDDER, weights_digest(folder, DEFAULT_EMBEDDER))
    begin = shipped("reader")
    out.mkdir(parents=True, exist_ok=True)
    trained = train_verifier(
        recipe.train,
        recipe.tune,
        folder,
        begin,
        out / "checkpoint.pt",
        name_of(recipe, base, options, Adapter.read(begin).digest),
        options,
        _tell,
        so_far=so_far,
    )
    embedder = load_embedder()
    scale = scale_of(trained, recipe, embedder)
    rows = measure(trained, scale, recipe, embedder)
    publish_verifier(out, trained, scale, base, recipe, options, rows)
    for name in ("checkpoint.pt", "best.pt"):
        if not so_far:
            (out / name).unlink(missing_ok=True)
    click.echo(table(rows))
    click.echo(f"written: {out}")


def own_news() -> list[Path]:
    """The project's own articles that are plain text."""
    return sorted(
        file
        for place in _NEWS
        for file in (_OWN / place).rglob("*")
        if file.suffix in (".md", ".txt")
    )


def name_of(recipe: Recipe, base: Base, options: VerifierOptions, begin: str) -> str:
    """What a checkpoint must be of to be gone on with: data, options, base, and beginning."""
    told = f"{recipe.digest}{base.weights}{begin}{sorted(asdict(options).items())}"
    return hashlib.sha256(told.encode()).hexdigest()


def scale_of(trained: Trained, recipe: Recipe, embedder: Embedder) -> nn.Linear:
    """The scale, fitted on what the run was tuned on."""
    held = whole_pairs(recipe.tune, SCALED_ON, random.Random(0))
    return fit_scale(
        _logits(trained, held), checked(held, embedder), [one.supported for one in held]
    )


def measure(
    trained: Trained | TrainedVerifier, scale: nn.Linear, recipe: Recipe, embedder: Embedder
) -> dict[str, dict[str, Row]]:
    """Each dev set, judged by the verifier with and without the exact checks, and by baselines."""
    made: dict[str, dict[str, Row]] = {}
    for name, held in recipe.dev.items():
        read, checks = _logits(trained, held), checked(held, embedder)
        rules = 0.5 * checks[:, 0] + 0.5 * checks[:, 1]
        # As `Verifier` does it: what differs gravely halves the support.
        grave = np.delete(checks[:, 2:], SIGNS[4:].index("attribution"), axis=1).any(axis=1)
        rules = rules * np.where(grave | (checks[:, 0] < 0.5), 0.5, 1.0)
        made[name] = {
            "trained, with checks": measured(held, chances(scale, read, checks), is_chance=True),
            "trained alone": measured(held, read[:, 0], is_chance=False),
            "checks": measured(held, rules, is_chance=False),
            "likeness": measured(held, checks[:, 1], is_chance=False),
            "overlap": measured(held, overlap(held), is_chance=False),
        }
        click.echo(f"measured: {name}")
    return made


def _logits(trained: Trained | TrainedVerifier, examples: tuple[Example, ...]) -> np.ndarray:
    pairing: StatementPairing = trained.pairing
    return logits(trained.model, [ready(pairing, one) for one in examples])


def publish_verifier(
    folder: Path,
    trained: Trained,
    scale: nn.Linear,
    base: Base,
    recipe: Recipe,
    options: VerifierOptions,
    rows: Mapping[str, Mapping[str, Row]],
) -> None:
    """Write the weights, the card with what they were learned from and are worth, and the curve.

    Raises:
        OSError: the folder cannot be written.
    """
    heads = heads_of(trained.model)
    heads |= {f"{SCALE}.{name}": one for name, one in scale.state_dict().items()}
    card = {
        "recipe": recipe.digest,
        "sentences": len(recipe.train),
        "tuned_on": min(SCALED_ON, len(recipe.tune)),
        "left_out": list(recipe.left_out),
        "options": asdict(options),
        "step": trained.step,
        "tune_before": asdict(trained.before),
        "tune_after": asdict(trained.after),
        "signs": list(SIGNS),
        "dev": {
            name: {way: asdict(row) for way, row in held.items()} for name, held in rows.items()
        },
    }
    made = Part(adapter_of(trained.model), heads, lora_config(options.rank))
    publish(folder, made, base, card, trained.curve)


def _tell(now: Progress) -> None:
    scored = f"  {now.scores}" if now.scores else ""
    click.echo(
        f"step {now.step:,} of {now.steps:,}  sentence {now.sentence:.3f}  words {now.words:.3f}  "
        f"pairs {now.pairs:.3f}  {now.seconds_left / 60:.0f} min left{scored}"
    )

"""`python -m rag.training.verifier.voices`: the verifier beside the language model, and both.

The language model is overheard and asked, untrained and taught on the verifier's own data; what
each says goes through a logistic scale that is fitted on the sentences that the verifier's scale
was fitted on. It is a comparison: none of it ships.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click
import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from embeddings import load_embedder
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.models import DEFAULT_GENERATOR, resolve
from rag.adapters.which import shipped
from rag.checking.trained import load_verifier
from rag.training.verifier.batches import ready
from rag.training.verifier.command import own_news
from rag.training.verifier.drawing import whole_pairs
from rag.training.verifier.example import Example
from rag.training.verifier.measure import Row, measured, table
from rag.training.verifier.recipe import DataOptions, prepare
from rag.training.verifier.scores import logits
from rag.training.verifier.signs import checked
from rag.training.verifier.speaking import SpeakingOptions, teach
from rag.training.verifier.spoken import LIKELIHOODS, Spoken, asked_together
from rag.writing.generators.weights import ready_folder

FITTED_ON = 600
MEASURED = 150
"""Sentences of each set: the language model reads three a second on one core."""

VOICES = {
    "verifier and checks": ("verifier", "checks"),
    "overheard": ("overheard",),
    "asked, untrained": ("asked",),
    "asked, taught": ("taught",),
    "overheard, taught": ("overheard", "taught"),
    "all, and checks": ("verifier", "checks", "overheard", "taught"),
}
"""What each column of the table weighs."""

Signs = dict[str, np.ndarray]


def verifier_signs(examples: Sequence[Example], embedder: Embedder) -> Signs:
    """What ships says: the trained verifier's two logits, and the exact checks."""
    shipping = load_verifier(shipped("verifier"))
    pairs = [ready(shipping.pairing, one) for one in examples]
    return {
        "verifier": logits(shipping.model, pairs),
        "checks": checked(examples, embedder),
    }


def spoken_signs(examples: Sequence[Example], spoken: Spoken, name: str, overhear: bool) -> Signs:
    """What the language model says of each example."""
    said = np.zeros((len(examples), 1), dtype=np.float32)
    heard = np.zeros((len(examples), len(LIKELIHOODS)), dtype=np.float32)
    spoken.model.eval()
    for one in asked_together(examples):
        places = list(one.places)
        with torch.inference_mode(), torch.autocast(spoken.model.device.type, torch.bfloat16):
            said[places, 0] = spoken.answers(one).float().cpu().numpy()
        if overhear:
            heard[places] = spoken.likelihoods(one)
    return {name: said} | ({"overheard": heard} if overhear else {})


def fitted(signs: Signs, names: Sequence[str], examples: Sequence[Example]) -> Pipeline:
    """The scale of a voice, both labels weighing the same."""
    scale = make_pipeline(
        StandardScaler(), LogisticRegression(C=0.3, class_weight="balanced", max_iter=1000)
    )
    scale.fit(_beside(signs, names), [one.supported for one in examples])
    return scale


def _beside(signs: Signs, names: Sequence[str]) -> np.ndarray:
    return np.concatenate([signs[name] for name in names], axis=1)


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--steps", type=click.IntRange(min=1), default=SpeakingOptions().steps)
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
def main(data: Path, steps: int, threads: int, out: Path) -> None:
    """Teach the language model, go on where it was stopped, and hold all voices side by side."""
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    recipe = prepare(data, (), own_news(), DataOptions())
    held = {
        name: whole_pairs(some, MEASURED, random.Random(0)) for name, some in recipe.dev.items()
    }
    sets = {"": whole_pairs(recipe.tune, FITTED_ON, random.Random(0)), **held}
    embedder, signs = load_embedder(), {}
    for name, some in sets.items():
        signs[name] = verifier_signs(some, embedder)
    spoken = Spoken(Path(ready_folder(resolve(DEFAULT_GENERATOR), torch.bfloat16)))
    for name, some in sets.items():
        signs[name] |= spoken_signs(some, spoken, "asked", overhear=True)
        click.echo(f"overheard: {name or 'what the scales are fitted on'}")
    options = replace(SpeakingOptions(), steps=steps)
    told = json.dumps([recipe.digest, asdict(options)])
    digest = hashlib.sha256(told.encode()).hexdigest()
    teach(spoken, recipe.train, out / "checkpoint.pt", digest, options, click.echo)
    for name, some in sets.items():
        signs[name] |= spoken_signs(some, spoken, "taught", overhear=False)
    scales = {voice: fitted(signs[""], names, sets[""]) for voice, names in VOICES.items()}
    rows = {
        name: {voice: _row(scales[voice], signs[name], VOICES[voice], some) for voice in VOICES}
        for name, some in held.items()
    }
    (out / "voices.md").write_text(table(rows) + "\n", encoding="utf-8")
    click.echo(table(rows))


def _row(scale: Pipeline, signs: Signs, names: Sequence[str], examples: Sequence[Example]) -> Row:
    chances = scale.predict_proba(_beside(signs, names))[:, 1]
    return measured(examples, chances, is_chance=True)


if __name__ == "__main__":
    main()

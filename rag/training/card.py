"""What a trained part is published with: its weights, and a card that says where they come from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file

from embeddings.embedders.model_folder import digest_of
from rag.adapters.merging import WEIGHTS
from rag.training.reader import ReaderOptions, Trained, heads_of, lora_of
from rag.training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Base:
    """The model that an adapter belongs to.

    Attributes:
        uri: as `embeddings.embedders.models` reads it.
        weights: SHA-256 of its weights, hexadecimal.
    """

    uri: str
    weights: str


def publish(
    folder: Path, trained: Trained, base: Base, recipe: Recipe, options: ReaderOptions
) -> None:
    """Write the weights in float16, PEFT's configuration, the card, and the loss curve.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_file(_half(trained.adapter), folder / WEIGHTS[0])
    save_file(_half(heads_of(trained.model)), folder / WEIGHTS[1])
    config = lora_of(options)
    config.base_model_name_or_path = base.uri
    config.inference_mode = True
    config.save_pretrained(str(folder))
    _write(
        folder / "card.json",
        {
            "base": base.uri,
            "base_weights": base.weights,
            "weights": digest_of([folder / name for name in WEIGHTS]),
            "recipe": recipe.digest,
            "questions": recipe.questions,
            "articles": len(recipe.train),
            "left_out": list(recipe.left_out),
            "options": asdict(options),
            "dev_before": asdict(trained.before),
            "dev_after": asdict(trained.after),
        },
    )
    _write(folder / "curve.json", trained.curve)


def _half(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: one.detach().cpu().half().contiguous() for name, one in tensors.items()}


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", encoding="utf-8")

"""What a trained part is published with: its weights, and a card that says where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig
from safetensors.torch import save_file

from embeddings.embedders.model_folder import digest_of
from rag.adapters.merging import WEIGHTS


@dataclass(frozen=True, slots=True)
class Base:
    """The model that an adapter belongs to.

    Attributes:
        uri: as `embeddings.embedders.models` reads it.
        weights: SHA-256 of its weights, hexadecimal.
    """

    uri: str
    weights: str


@dataclass(frozen=True, slots=True)
class Part:
    """What was learned.

    Attributes:
        adapter: the tensors of the LoRA adapter by PEFT's names.
        heads: those of the layers that the base does not have, by name; empty where there are
            none.
        config: the adapter's shape.
    """

    adapter: Mapping[str, torch.Tensor]
    heads: Mapping[str, torch.Tensor]
    config: LoraConfig


def publish(
    folder: Path,
    part: Part,
    base: Base,
    card: Mapping[str, object],
    curve: Sequence[Mapping[str, float]],
) -> None:
    """Write the weights in float16, PEFT's configuration, the card, and the loss curve.

    Args:
        folder: of the part; made where it is not there.
        card: what is told beside the base and the digest of the weights: data, options, scores.
        curve: a row for each note that was taken on the way.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_file(_half(part.adapter), folder / WEIGHTS[0])
    save_file(_half(part.heads), folder / WEIGHTS[1])
    part.config.base_model_name_or_path = base.uri
    part.config.inference_mode = True
    part.config.save_pretrained(str(folder))
    own = {
        "base": base.uri,
        "base_weights": base.weights,
        "weights": digest_of([folder / name for name in WEIGHTS]),
    }
    _write(folder / "card.json", own | dict(card))
    _write(folder / "curve.json", curve)


def _half(tensors: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: one.detach().cpu().half().contiguous() for name, one in tensors.items()}


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", encoding="utf-8")

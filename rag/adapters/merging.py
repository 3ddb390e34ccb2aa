"""An adapter made part of its model's weights: one product a layer, and no cost afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from corpus.errors import AdapterUnusable
from embeddings.embedders.model_folder import digest_of, model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER
from rag.adapters.adapter import TRAIN_ANEW, Adapter

WEIGHTS = ("adapter_model.safetensors", "heads.safetensors")
"""The adapter's files of weights, in the order of their digest."""

_PREFIX = "base_model.model."
"""What PEFT puts before the name of each layer of the base."""


def check_weights(adapter: Adapter) -> None:
    """Check that the weights are those that the card was written for.

    Raises:
        AdapterUnusable: a file is missing, damaged or of another training.
    """
    try:
        found = digest_of([adapter.folder / name for name in WEIGHTS])
    except OSError as error:
        raise AdapterUnusable(
            f"the weights cannot be read ({error})", where=adapter.folder, next_step=TRAIN_ANEW
        ) from error
    if found != adapter.digest:
        raise AdapterUnusable(
            "the weights are not those that card.json was written for",
            where=adapter.folder,
            next_step=TRAIN_ANEW,
        )


def usable(folder: Path, base: str = DEFAULT_EMBEDDER) -> tuple[Adapter, Path]:
    """The adapter in a folder and the folder of its base, both checked.

    Args:
        folder: of the adapter.
        base: URI of the model that it is to be merged into.

    Raises:
        AdapterUnusable: the adapter is missing, damaged, or was trained on other weights.
        ModelMissing: the base is not on this machine.
    """
    adapter = Adapter.read(folder)
    where = model_folder(base)
    adapter.check_base(weights_digest(where, base))
    check_weights(adapter)
    return adapter, where


def merge(adapter: Adapter, backbone: nn.Module) -> None:
    """Add the adapter's product to the weights of each layer that it was trained for.

    Raises:
        AdapterUnusable: its file is damaged, or names layers that the base does not have.
    """
    with torch.no_grad():
        for layer, product in products(adapter, backbone):
            layer.weight += product


def products(adapter: Adapter, backbone: nn.Module) -> Iterator[tuple[nn.Linear, torch.Tensor]]:
    """Each layer that the adapter was trained for, with what is to be added to its weights.

    Raises:
        AdapterUnusable: its file is damaged, or names layers that the base does not have.
    """
    tensors = _load(adapter, WEIGHTS[0])
    layers = dict(backbone.named_modules())
    for key in sorted(name for name in tensors if name.endswith(".lora_A.weight")):
        name = key.removeprefix(_PREFIX).removesuffix(".lora_A.weight")
        layer = layers.get(name)
        other = tensors.get(key.replace(".lora_A.", ".lora_B."))
        if not isinstance(layer, nn.Linear) or other is None:
            raise AdapterUnusable(
                f"the adapter names a layer that the model does not have: {name}",
                where=adapter.folder,
                next_step=TRAIN_ANEW,
            )
        yield layer, adapter.scale * (other.float() @ tensors[key].float())


def heads(adapter: Adapter, name: str) -> dict[str, torch.Tensor]:
    """The tensors of one layer that the base does not have, in float32: 'weight', mostly 'bias'.

    Raises:
        AdapterUnusable: the file is damaged, or does not have that layer.
    """
    found = {
        key.removeprefix(f"{name}."): tensor.float()
        for key, tensor in _load(adapter, WEIGHTS[1]).items()
        if key.startswith(f"{name}.")
    }
    if "weight" not in found:
        raise AdapterUnusable(
            f"the adapter has no layer {name}", where=adapter.folder, next_step=TRAIN_ANEW
        )
    return found


def _load(adapter: Adapter, name: str) -> dict[str, torch.Tensor]:
    try:
        return load_file(adapter.folder / name)
    except (OSError, SafetensorError) as error:
        raise AdapterUnusable(
            f"{name} cannot be read ({error})", where=adapter.folder, next_step=TRAIN_ANEW
        ) from error

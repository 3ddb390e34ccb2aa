"""A model of a LoRA backbone and heads of its own: its shape, and what of it is trained."""

from __future__ import annotations

from typing import Protocol, cast

import torch
from peft import (
    LoraConfig,
    PeftModel,
    get_peft_model_state_dict,
    set_peft_model_state_dict,
)
from torch import nn


class Trainable(Protocol):
    """A module whose `backbone` carries the adapter; every other layer is a head."""

    backbone: nn.Module

    def state_dict(self) -> dict[str, torch.Tensor]:
        """All its tensors by name."""
        ...

    def load_state_dict(self, state_dict: dict[str, torch.Tensor], strict: bool = ...) -> object:
        """The reverse."""
        ...


def lora_config(rank: int) -> LoraConfig:
    """An adapter on every linear layer of a BERT-like base."""
    return LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        lora_dropout=0.05,
        target_modules=["query", "key", "value", "dense"],
    )


def heads_of(model: Trainable) -> dict[str, torch.Tensor]:
    """The tensors of the layers that the base does not have, by name."""
    return {
        name: one.detach().cpu()
        for name, one in model.state_dict().items()
        if not name.startswith("backbone.")
    }


def adapter_of(model: Trainable) -> dict[str, torch.Tensor]:
    """The adapter's tensors by PEFT's names."""
    return {
        name: one.detach().cpu().contiguous()
        for name, one in get_peft_model_state_dict(cast(PeftModel, model.backbone)).items()
    }


def trained_of(model: Trainable) -> dict[str, torch.Tensor]:
    """All tensors that a run changes, by name."""
    return heads_of(model) | adapter_of(model)


def set_trained(model: Trainable, weights: dict[str, torch.Tensor]) -> None:
    """The reverse of `trained_of`."""
    own = heads_of(model).keys()
    model.load_state_dict({name: weights[name] for name in own}, strict=False)
    set_peft_model_state_dict(
        cast(PeftModel, model.backbone),
        {name: one for name, one in weights.items() if name not in own},
    )

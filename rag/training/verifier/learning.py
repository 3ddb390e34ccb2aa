"""The verifier's model before training, the batches of a run, and the losses of a batch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from peft import get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file
from torch import nn
from transformers import AutoModel

from embeddings.embedders.quiet import no_bars
from rag.adapters.merging import WEIGHTS
from rag.checking.statement_model import StatementModel
from rag.training.lora import lora_config
from rag.training.verifier.batches import UNKNOWN, Ready, batches, learnable
from rag.training.verifier.options import VerifierOptions


def model_of(base: Path, begin: Path | None, options: VerifierOptions) -> StatementModel:
    """The model before training."""
    with no_bars():
        backbone = AutoModel.from_pretrained(base, attn_implementation="sdpa")
    backbone.pooler = None
    adapted = get_peft_model(backbone, lora_config(options.rank))
    if begin is not None:
        known = load_file(begin / WEIGHTS[0])
        set_peft_model_state_dict(adapted, {name: one.float() for name, one in known.items()})
    model = StatementModel(adapted, backbone.config.hidden_size)
    return model.to("cuda" if torch.cuda.is_available() else "cpu")


def steps_of(
    examples: Sequence[Ready], options: VerifierOptions, done: int
) -> Iterator[tuple[int, list[Ready]]]:
    """The batches of each step after `done`, counted from 1; the same in every run."""
    step = epoch = 0
    while True:
        for batch in batches(examples, options.tokens, random.Random(options.seed + epoch)):
            step += 1
            if step > options.steps:
                return
            if step > done:
                yield step, batch
        epoch += 1


def losses_of(
    model: StatementModel, batch: Sequence[Ready], options: VerifierOptions
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of the sentences, the words and the pairs, in nats, each the mean of what there is."""
    made = learnable(batch, model.device)
    with torch.autocast(model.device.type, torch.bfloat16):
        whole, words = model(made.batch)
    whole, words = whole.float(), words.float()
    sentence = nn.functional.binary_cross_entropy_with_logits(whole, made.supported)
    known = made.words != UNKNOWN
    none = whole.new_zeros(())
    per_word = none
    if known.any():
        weight = torch.where(made.words[known] > 0, options.wrong, 1.0)
        per_word = nn.functional.binary_cross_entropy_with_logits(
            words[known], made.words[known], weight=weight
        )
    pairs = none
    if len(made.better):
        pairs = nn.functional.softplus(whole[made.worse] - whole[made.better]).mean()
    return sentence, per_word, pairs

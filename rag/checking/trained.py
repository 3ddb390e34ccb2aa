"""The trained verifier: a small cross-encoder that reads a sentence and its evidence together.

It tells which words of the sentence the evidence does not license, and whether any. How it was
trained, and on what, is in `rag/training/verifier/` and on the card in `rag/adapters/verifier/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from embeddings.embedders.models import DEFAULT_EMBEDDER
from embeddings.embedders.quiet import no_bars
from rag.adapters.merging import heads, merge, usable
from rag.checking.statement_model import HEADS, StatementModel
from rag.checking.statement_pairs import StatementPair, StatementPairing, statements_batched
from rag.checking.weighing import SIGNS, Found, Weighed

SCALE = "scale"
"""The layer that turns the signs into one logit."""

_HAS_BF16 = any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))
_DOUBTFUL = 0.0
"""Logit above which a word is told as not licensed: more likely than not."""


class TrainedVerifier:
    """Weighs sentences. Made by `load_verifier`.

    Attributes:
        model: the network, in evaluation mode.
        scale: turns its logits and what the exact checks found into one logit.
        pairing: makes what it reads.
        name: the first digits of the adapter's digest.
    """

    def __init__(
        self, model: StatementModel, scale: nn.Linear, pairing: StatementPairing, name: str
    ) -> None:
        self.model = model.eval()
        self.scale = scale.eval()
        self.pairing = pairing
        self.name = name

    def weigh(self, sentence: str, spans: Sequence[str], found: Found) -> Weighed:
        """The chance that the spans, taken together, carry the sentence."""
        pair = self.pairing.pair(sentence, spans)
        if not pair.offsets:
            return Weighed(0.0, ())
        with torch.inference_mode():
            with torch.autocast("cpu", torch.bfloat16, enabled=_HAS_BF16):
                whole, words = self.model(statements_batched([pair]))
            own = words[0, 1 : 1 + len(pair.offsets)].float()
            signs = torch.tensor([float(whole[0]), float(own.max()), *found.signs])
            chance = float(self.scale(signs).sigmoid())
        return Weighed(chance, _doubtful(sentence, pair, own.tolist()))


def _doubtful(sentence: str, pair: StatementPair, logits: Sequence[float]) -> tuple[str, ...]:
    """The words of which a token is doubtful; those that stand together as one."""
    spans: list[tuple[int, int]] = []
    for (start, end), logit in zip(pair.offsets, logits, strict=True):
        if logit <= _DOUBTFUL:
            continue
        first, last = _whole_word(sentence, start, end)
        if spans and first <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return tuple(sentence[start:end].strip(" ,.;:") for start, end in spans)


def _whole_word(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def load_verifier(folder: Path, base: str = DEFAULT_EMBEDDER) -> TrainedVerifier:
    """The trained verifier, its adapter merged into a copy of the base's weights.

    Raises:
        AdapterUnusable: the adapter is missing, damaged, or was trained on other weights.
        ModelMissing: the base is not on this machine.
    """
    adapter, where = usable(folder, base)
    with no_bars():
        backbone = AutoModel.from_pretrained(
            where, attn_implementation="sdpa", local_files_only=True
        )
    merge(adapter, backbone)
    model = StatementModel(backbone, backbone.config.hidden_size)
    for name in HEADS:
        getattr(model, name).load_state_dict(heads(adapter, name))
    scale = nn.Linear(len(SIGNS), 1)
    scale.load_state_dict(heads(adapter, SCALE))
    pairing = StatementPairing(AutoTokenizer.from_pretrained(where))
    return TrainedVerifier(model, scale, pairing, adapter.digest[:16])

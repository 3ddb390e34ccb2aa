"""The reader: a trained cross-encoder that reads the question and a sentence together.

It tells which sentence answers, which of its words do, and whether any does. How it was trained,
and on what, is in `rag/training/` and on the card in `rag/adapters/reader/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer

from embeddings.embedders.models import DEFAULT_EMBEDDER
from embeddings.embedders.quiet import no_bars
from rag.adapters.merging import heads, merge, usable
from rag.finding.pairs import Pairing, batched
from rag.finding.read import Candidate, Read
from rag.finding.reader_model import ReaderModel

_HAS_BF16 = any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))
"""Where the processor multiplies bfloat16: 0.08 s instead of 0.19 for twelve sentences, two cores;
over 240 sentences of the sample suite logits moved by 0.01 on average and 0.05 at most."""

_LONGEST_ANSWER = 24
"""Tokens; 99.7 % of the answers to the 7,085 questions of the training articles are no longer."""


class Reader:
    """Reads sentences for a question. Made by `load_reader`."""

    def __init__(self, model: ReaderModel, pairing: Pairing, name: str) -> None:
        self._model = model.eval()
        self._pairing = pairing
        self.name = name

    def read(self, question: str, candidates: Sequence[Candidate]) -> tuple[Read, ...]:
        """What each sentence is to the question, in the order given."""
        if not candidates:
            return ()
        pairs = [self._pairing.pair(question, one) for one in candidates]
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=_HAS_BF16):
            answers, words = self._model(batched(pairs))
            chances = words.float().softmax(dim=1)
        found = []
        for row, pair in enumerate(pairs):
            size = len(pair.offsets)
            if not size:
                found.append(Read(float(answers[row]), 0, 0, 0.0))
                continue
            inside = chances[row, pair.first : pair.first + size]
            first, last, sure = _best_span(inside[:, 0], inside[:, 1])
            start, end = pair.offsets[first][0], pair.offsets[last][1]
            found.append(Read(float(answers[row]), start, end, sure))
        return tuple(found)


def _best_span(first: torch.Tensor, last: torch.Tensor) -> tuple[int, int, float]:
    """The likeliest first and last token, in order and not too far apart, and how likely."""
    both = first.unsqueeze(1) * last.unsqueeze(0)
    both = both.triu().tril(_LONGEST_ANSWER - 1)
    best = int(both.argmax())
    return best // both.shape[1], best % both.shape[1], float(both.max())


def load_reader(folder: Path, base: str = DEFAULT_EMBEDDER) -> Reader:
    """The reader, its adapter merged into a copy of the base's weights.

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
    model = ReaderModel(backbone, backbone.config.hidden_size)
    model.answers.load_state_dict(heads(adapter, "answers"))
    model.words.load_state_dict(heads(adapter, "words"))
    return Reader(model, Pairing(AutoTokenizer.from_pretrained(where)), adapter.digest[:16])

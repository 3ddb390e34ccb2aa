"""The trained verifier's network: the embedder's own transformer, marks added, two small heads."""

from __future__ import annotations

import torch
from torch import nn

from rag.checking.statement_pairs import MARKS, StatementBatch

HEADS = ("marks", "words", "whole")
"""The layers that the base does not have."""


class StatementModel(nn.Module):
    """Tells whether evidence carries a sentence, and which of its words it does not carry.

    Attributes:
        backbone: a BERT-like transformer of `width` hidden units.
        marks: added to the embedding of each token; zero before training.
        words: hidden state of each token → logit that the evidence does not license it.
        whole: hidden state of [CLS], highest and summed chance of a word → logit of being carried.
    """

    def __init__(self, backbone: nn.Module, width: int) -> None:
        super().__init__()
        self.backbone = backbone
        self.marks = nn.Embedding(MARKS, width)
        nn.init.zeros_(self.marks.weight)
        self.words = nn.Linear(width, 1)
        self.whole = nn.Linear(width + 2, 1)

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.words.weight.device

    def forward(self, batch: StatementBatch) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of being carried, shape (pairs,); of each word's not being so, (pairs, tokens)."""
        embedded = self.backbone.get_input_embeddings()(batch.ids)  # type: ignore[operator]
        hidden = self.backbone(
            inputs_embeds=embedded + self.marks(batch.marks),
            token_type_ids=batch.types,
            attention_mask=batch.attention,
        ).last_hidden_state.float()
        words = self.words(hidden).squeeze(-1).masked_fill(~batch.sentence, -30.0)
        chances = words.sigmoid()
        told = torch.stack([chances.amax(1), chances.sum(1).clamp(max=8.0) / 4], dim=1)
        return self.whole(torch.cat([hidden[:, 0], told], dim=1)).squeeze(-1), words

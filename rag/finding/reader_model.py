"""The reader's network: the embedder's own transformer, and two small heads over it."""

from __future__ import annotations

import torch
from torch import nn

from rag.finding.pairs import Batch


class ReaderModel(nn.Module):
    """Scores whether a sentence answers a question, and which of its words do.

    Attributes:
        backbone: a BERT-like transformer of `width` hidden units.
        answers: hidden state of [CLS] → logit; 0 stands for 'no sentence answers'.
        words: hidden state of each token → logits of being the answer's first and last.
    """

    def __init__(self, backbone: nn.Module, width: int) -> None:
        super().__init__()
        self.backbone = backbone
        self.answers = nn.Linear(width, 1)
        self.words = nn.Linear(width, 2)

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.answers.weight.device

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of answering, shape (pairs,); of first and last word, (pairs, tokens, 2)."""
        hidden = self.backbone(
            input_ids=batch.ids, token_type_ids=batch.types, attention_mask=batch.attention
        ).last_hidden_state.float()
        words = self.words(hidden).masked_fill(~batch.sentence.unsqueeze(-1), -1e4)
        return self.answers(hidden[:, 0]).squeeze(-1), words

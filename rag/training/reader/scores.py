"""How good the reader is on groups that it did not learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from sklearn.metrics import roc_auc_score

from rag.finding.pairs import batched
from rag.finding.reader_model import ReaderModel
from rag.training.reader.batches import NO_SPAN, Ready


@dataclass(frozen=True, slots=True)
class Scores:
    """What came out.

    Attributes:
        n: groups, answered or not.
        first: share of the answered ones whose answering sentence scores highest.
        span: share of the answered ones whose first and last token are both right.
        auroc: probability that an answered group's best score is above an unanswered one's.
    """

    n: int
    first: float
    span: float
    auroc: float


def scores(model: ReaderModel, groups: Sequence[Ready]) -> Scores:
    """Score the model; it is left in the mode, training or not, that it was in."""
    was_training = model.training
    model.eval()
    first, span, best, answered = [], [], [], []
    with torch.inference_mode():
        for one in groups:
            logits, words = model(batched(one.pairs).to(model.device))
            best.append(float(logits.max()))
            answered.append(one.is_answered)
            if not one.is_answered:
                continue
            first.append(int(logits.argmax()) == one.answer)
            if one.first != NO_SPAN:
                row = words[one.answer]
                span.append(
                    int(row[:, 0].argmax()) == one.first and int(row[:, 1].argmax()) == one.last
                )
    model.train(was_training)
    return Scores(
        len(groups),
        sum(first) / max(1, len(first)),
        sum(span) / max(1, len(span)),
        float(roc_auc_score(answered, best)),
    )

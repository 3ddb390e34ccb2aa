"""How good the verifier is on sets that it did not learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from rag.checking.statement_model import StatementModel
from rag.checking.statement_pairs import statements_batched
from rag.training.verifier.batches import Ready


@dataclass(frozen=True, slots=True)
class Scores:
    """What came out of one set.

    Attributes:
        n: examples.
        auroc: probability that a true sentence scores above a false one, of any pair.
        pairs: share of the pairs of which the true sentence scores higher.
    """

    n: int
    auroc: float
    pairs: float


def logits(model: StatementModel, examples: Sequence[Ready], at_once: int = 32) -> np.ndarray:
    """Of each example the logit of being carried and that of its worst word, shape (n, 2).

    The model is left in the mode, training or not, that it was in.
    """
    was_training = model.training
    model.eval()
    order = sorted(range(len(examples)), key=lambda place: len(examples[place].pair.ids))
    found = np.zeros((len(examples), 2), dtype=np.float32)
    with torch.inference_mode(), torch.autocast(model.device.type, torch.bfloat16):
        for start in range(0, len(order), at_once):
            places = order[start : start + at_once]
            batch = statements_batched([examples[place].pair for place in places])
            whole, words = model(batch.to(model.device))
            found[places, 0] = whole.float().cpu().numpy()
            found[places, 1] = words.amax(1).float().cpu().numpy()
    model.train(was_training)
    return found


def scored(examples: Sequence[Ready], support: np.ndarray) -> Scores:
    """The scores of a support, shape (n,), given to examples."""
    labels = np.array([one.supported for one in examples])
    groups: dict[str, tuple[list[float], list[float]]] = {}
    for one, value in zip(examples, support, strict=True):
        if one.group:
            groups.setdefault(one.group, ([], []))[not one.supported].append(float(value))
    won = [
        (good > bad) + (good == bad) / 2
        for goods, bads in groups.values()
        for good in goods
        for bad in bads
    ]
    return Scores(
        len(examples),
        float(roc_auc_score(labels, support)),
        float(np.mean(won)) if won else float("nan"),
    )

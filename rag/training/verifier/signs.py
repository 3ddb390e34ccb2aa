"""What the trained verifier and the exact checks say of examples, and the scale over both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from torch import nn

from embeddings.embedders.embedder import Embedder
from embeddings.embedders.remembering import RememberingEmbedder
from rag.checking.verify import Verifier
from rag.checking.weighing import SIGNS
from rag.training.verifier.example import Example

_AT_ONCE = 256


def checked(examples: Sequence[Example], embedder: Embedder) -> np.ndarray:
    """What the exact checks find of each example, shape (n, len(SIGNS) - 2)."""
    remembering = RememberingEmbedder(embedder)
    texts = sorted({part for one in examples for part in (one.text, " ".join(one.evidence))})
    for start in range(0, len(texts), _AT_ONCE):
        remembering.embed(texts[start : start + _AT_ONCE])
    verifier = Verifier(remembering)
    found = [verifier.found(one.text, one.evidence).signs for one in examples]
    return np.array(found, dtype=np.float32)


def fit_scale(logits: np.ndarray, checks: np.ndarray, supported: Sequence[bool]) -> nn.Linear:
    """The scale from signs to the logit of being carried.

    Args:
        logits: of the trained verifier, shape (n, 2).
        checks: of the exact checks, shape (n, len(SIGNS) - 2).
        supported: what is true.

    Both labels weigh the same, so that a chance of one half is the point between them.
    """
    signs = np.concatenate([logits, checks], axis=1)
    scaler = StandardScaler().fit(signs)
    fitted = LogisticRegression(C=0.3, class_weight="balanced", max_iter=1000)
    fitted.fit(scaler.transform(signs), np.array(supported))
    weight = fitted.coef_[0] / scaler.scale_
    scale = nn.Linear(len(SIGNS), 1)
    with torch.no_grad():
        scale.weight.copy_(torch.tensor(weight, dtype=torch.float32)[None])
        offset = fitted.intercept_[0] - float(weight @ scaler.mean_)
        scale.bias.copy_(torch.tensor([offset], dtype=torch.float32))
    return scale


def chances(scale: nn.Linear, logits: np.ndarray, checks: np.ndarray) -> np.ndarray:
    """The chance of each example, shape (n,)."""
    signs = torch.tensor(np.concatenate([logits, checks], axis=1), dtype=torch.float32)
    with torch.inference_mode():
        made: np.ndarray = scale(signs).sigmoid().squeeze(-1).numpy()
    return made

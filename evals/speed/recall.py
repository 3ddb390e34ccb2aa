"""Recall of the nearest passages: the same ones as by other vectors?"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

NEAREST = 10


def recall(found: NDArray[Any], truth: NDArray[Any], k: int = NEAREST) -> float:
    """Mean share of each question's k nearest by `truth` that are its k nearest by `found`.

    Args:
        found, truth: scores of shape (questions, passages), higher is nearer. Of equal ones the
            first is taken.
        k: how many; no more than there are passages.
    """
    ours, right = _nearest(found, k), _nearest(truth, k)
    shared = [len(np.intersect1d(*rows)) for rows in zip(ours, right, strict=True)]
    return float(np.mean(shared) / k)


def _nearest(scores: NDArray[Any], k: int) -> NDArray[np.intp]:
    return np.argsort(-scores, axis=1, kind="stable")[:, :k]

"""What Dateline asks of an embedder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EmbedderFingerprint:
    """What makes two vectors comparable. A library made under one is refused under another.

    Attributes:
        name: the model URI.
        weights: SHA-256 of the weight file, hexadecimal.
        pooling: how token vectors become one ('mean', 'cls', …).
        prefix: text put before every passage by the embedder itself; '' for none.
        normalised: True when vectors have unit length.
        dimensions: length of one vector.
    """

    name: str
    weights: str
    pooling: str
    prefix: str
    normalised: bool
    dimensions: int


class Embedder(Protocol):
    """Turns texts into unit vectors whose inner product is their closeness in meaning."""

    @property
    def engine(self) -> str:
        """What computes the vectors, such as 'openvino bf16'; for reports.

        It is no part of the fingerprint: engines of one model agree, and tests hold them to it.
        """
        ...

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        ...

    @property
    def max_tokens(self) -> int:
        """The most tokens of one text that the model reads, special tokens included."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens included, without truncation."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions), float32, L2-normalised, in input order."""
        ...

"""An embedder that embeds no text twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors

REMEMBERED = 100_000
"""Vectors kept in memory: 150 MB at 384 float32 dimensions; FIB, the largest set, needs 30,000."""


class RememberingEmbedder:
    """Any embedder, with the vectors of the texts that it has seen.

    A draft is checked, and a verifier measured, by holding one claim against many sentences and
    many claims against the same ones. Embedding each text once, many at a time, is most of the
    speed.

    Args:
        embedder: makes the vectors.
        most: how many are kept; when more come, all are forgotten.
    """

    def __init__(self, embedder: Embedder, most: int = REMEMBERED) -> None:
        self._embedder = embedder
        self._most = most
        self._vectors: dict[str, Vectors] = {}

    @property
    def engine(self) -> str:
        """That of the embedder behind it."""
        return self._embedder.engine

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """That of the embedder behind it."""
        return self._embedder.fingerprint

    @property
    def max_tokens(self) -> int:
        """The most tokens of one text that are read."""
        return self._embedder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text."""
        return self._embedder.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimensions), float32, in input order."""
        if not texts:
            return self._embedder.embed(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if len(self._vectors) + len(new) > self._most:
            self._vectors.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

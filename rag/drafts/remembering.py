"""An embedder that embeds no text twice while one draft is checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors


class Remembering:
    """Any embedder, with the vectors of the texts that it has seen.

    Each sentence of a draft is held against many spans, and each span against many sentences.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
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
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

"""An embedder without a model, for tests and for trying things out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from embeddings.embedders.embedder import EmbedderFingerprint, Vectors
from embeddings.terms import TermReader

_RECIPE = "signed feature hashing of terms, BLAKE2b, 1"
_TOKEN = re.compile(r"\w+|[^\w\s]")


class HashEmbedder:
    """A deterministic stand-in for a real embedder: a bag of hashed words.

    It measures the overlap of words, not closeness of meaning: 'truce' and 'ceasefire' are
    strangers to it. Use it where a test or an example needs vectors at once, the same on every
    machine, and no model; never to judge how well Dateline finds things.

    Args:
        dimensions: length of one vector. Fewer dimensions make more words collide.
        max_tokens: what it claims to read of one text; a token is a word or a mark. It reads
            everything, whatever this says.

    Raises:
        ValueError: either is below 1.
    """

    def __init__(self, dimensions: int = 64, max_tokens: int = 256) -> None:
        if dimensions < 1 or max_tokens < 1:
            raise ValueError("dimensions and max_tokens must be at least 1")
        self._max_tokens = max_tokens
        self._fingerprint = EmbedderFingerprint(
            name=f"hash:{dimensions}",
            weights=hashlib.sha256(_RECIPE.encode()).hexdigest(),
            pooling="sum",
            prefix="",
            normalised=True,
            dimensions=dimensions,
        )

    @property
    def engine(self) -> str:
        """'hashing': it runs no model."""
        return "hashing"

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        return self._fingerprint

    @property
    def max_tokens(self) -> int:
        """What it claims to read of one text."""
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words and marks of each text."""
        return [len(_TOKEN.findall(text)) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimensions), float32, in input order.

        A text without a term gets the first axis: a vector of length 0 would be no unit vector.
        """
        dimensions = self._fingerprint.dimensions
        vectors = np.zeros((len(texts), dimensions), dtype=np.float32)
        reader = TermReader()
        for vector, text in zip(vectors, texts, strict=True):
            for term in reader.terms(text):
                digest = int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())
                vector[(digest >> 1) % dimensions] += 1.0 if digest & 1 else -1.0
            if not vector.any():
                vector[0] = 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

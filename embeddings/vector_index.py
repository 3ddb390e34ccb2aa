"""Exact search by inner product, in FAISS."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.embedder import Vectors

Numbers = NDArray[np.int64]


class VectorIndex:
    """Vectors under whole-number names, searched exactly.

    Exact search is the right one up to about 200,000 vectors of 384 dimensions on two cores;
    beyond that an approximate index pays.
    """

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, numbers: Numbers, vectors: Vectors) -> VectorIndex:
        """An index of vectors of shape (n, dimensions) under n numbers, each ≥ 0 and used once."""
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        if len(numbers):
            index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), numbers)
        return cls(index)

    @classmethod
    def from_bytes(cls, data: bytes) -> VectorIndex:
        """The index that `to_bytes` wrote.

        Raises:
            ValueError: the bytes are no such index. FAISS keeps no checksum: whoever stores the
                bytes must hold one, or damage inside a vector goes unseen.
        """
        try:
            index = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
        except RuntimeError as error:
            raise ValueError(f"not a FAISS index: {error}") from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise ValueError(f"not an index with numbers: {type(index).__name__}")
        return cls(index)

    def to_bytes(self) -> bytes:
        """The whole index as bytes: the same vectors always give the same bytes."""
        data: bytes = faiss.serialize_index(self._index).tobytes()
        return data

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """Length of one vector."""
        return int(self._index.d)

    @property
    def numbers(self) -> Numbers:
        """The number of every vector, shape (n,), in the order of adding."""
        numbers: Numbers = faiss.vector_to_array(self._index.id_map).astype(np.int64)
        return numbers

    def search(
        self, vector: Vectors, k: int, allowed: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """The k nearest, as (number, inner product), best first.

        All that tie with the k-th are returned too, so that the caller can break ties by a rule
        of its own; FAISS breaks them by chance of order.

        Args:
            vector: shape (dimensions,).
            k: how many, at least 1.
            allowed: search among these only, inside the index; None for all. Searching all and
                sifting afterwards would return fewer than k though more are there.

        Raises:
            ValueError: k is below 1, or the vector has another length.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        if vector.shape != (self.dimensions,):
            raise ValueError(f"a vector of shape ({self.dimensions},) is needed: {vector.shape}")
        parameters = None if allowed is None else _among(allowed)
        candidates = len(self) if allowed is None else len(allowed)
        if candidates == 0:
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        # One more than asked for: only when the next one ties with the k-th is there a choice.
        wanted = min(k + 1, candidates)
        scores, numbers = self._index.search(query, wanted, params=parameters)
        found = {int(n): float(s) for n, s in zip(numbers[0], scores[0], strict=True) if n >= 0}
        ranked = sorted(found.values(), reverse=True)
        if len(ranked) > k:
            if ranked[k] == ranked[k - 1]:
                found |= self._at_least(query, ranked[k - 1], parameters)
            found = {n: s for n, s in found.items() if s >= ranked[k - 1]}
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def _at_least(self, query: Vectors, score: float, parameters: Any) -> dict[int, float]:
        below = float(np.nextafter(np.float32(score), np.float32(-np.inf)))
        _, scores, numbers = self._index.range_search(query, below, params=parameters)
        return {int(n): float(s) for n, s in zip(numbers, scores, strict=True)}


def _among(allowed: Numbers) -> Any:
    bits = np.zeros(int(allowed.max(initial=-1)) + 1, dtype=np.bool_)
    bits[allowed] = True
    # FAISS's type stubs describe its C++ side; these calls are its Python side.
    selector = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore[call-arg,arg-type]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]

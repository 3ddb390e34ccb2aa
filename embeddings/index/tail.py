"""What was added since the base was made, in memory, searched exactly beside it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from embeddings.embedders.embedder import Vectors
from embeddings.index.filters import FACETS, Facets, Mask
from embeddings.index.postings import Found, GrowingPostings
from embeddings.index.stored import Block
from embeddings.index.vector_index import Places


class Tail:
    """Passages with higher numbers than the base's; more are added as the library grows.

    Attributes:
        facets: of its n passages.
        vectors: shape (n, dimensions).
    """

    def __init__(self, dimensions: int) -> None:
        self.facets = Facets(np.zeros(0, dtype=FACETS))
        self.vectors: Vectors = np.zeros((0, dimensions), dtype=np.float32)
        self._postings = GrowingPostings()

    def extend(self, blocks: Iterable[Block]) -> int:
        """Adds passages with higher numbers; says how many."""
        facets, vectors = [], []
        place = before = len(self.facets)
        for block in blocks:
            for terms in block.terms:
                self._postings.add(place, terms)
                place += 1
            facets.append(block.facets)
            vectors.append(block.vectors)
        if facets:
            self.facets = self.facets.extended(np.concatenate(facets))
            self.vectors = np.concatenate([self.vectors, *vectors])
        return place - before

    def find(self, term: str) -> list[Found]:
        """The postings of a term."""
        found = self._postings.find(term)
        return [] if found is None else [found]

    def candidates(self, vector: Vectors, count: int, allowed: Mask) -> Places:
        """As `VectorIndex.candidates`, but never missing a near one."""
        places = np.flatnonzero(allowed)
        if len(places) <= count:
            return places
        scores = (self.vectors @ vector)[places]
        return places[np.argpartition(scores, -count)[-count:]]

"""BM25 over Milvus: its sparse index proposes passages, their stored terms score them.

The scores are the local library's: Lucene's variant over the whole library, exact lengths. Milvus
has a BM25 of its own, but its Lite edition counts how rare a term is in each segment by itself,
and a score must not depend on how a library is cut. So a passage is stored with the weight that
each of its terms has in a library whose passages have `reference_length` terms on average. That
the library's true average is another one changes each weight by a factor that is known to be at
most `mean / reference`, so it is known when no passage that was not proposed can be among the k
best.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import LibraryError
from embeddings.milvus.client import MOST_ROWS, Row
from embeddings.milvus.schema import MOST_TERMS, TERM_BYTES
from embeddings.terms import TermReader

K1 = 1.5
B = 0.75
"""bm25s' own defaults, which the local library has."""

TermCounts = Mapping[str, int]
"""Term as it is stored → how often, in the order of first appearance."""

TERM_FIELDS = ("passage_id", "terms", "counts")

# Milvus's sparse vectors have dimensions up to 2³² − 2; 0 is for a passage without terms.
_DIMENSIONS = 2**32 - 3
_NO_TERM = {0: 1e-6}
# Weights and sums are float32 in Milvus: what it proposes may be this much off.
_SLACK = 1.0001
_FIRST = 64


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 needs to know of the whole library.

    Attributes:
        passages: how many.
        mean_length: terms of a passage, on average.
        reference_length: what the stored weights were made with.
    """

    passages: int
    mean_length: float
    reference_length: float

    def rarity(self, holding: int) -> float:
        """The weight of a term that so many passages hold."""
        return math.log(1.0 + (self.passages - holding + 0.5) / (holding + 0.5))

    @property
    def most(self) -> float:
        """By how much a true score may exceed a proposed one, as a factor."""
        return max(1.0, self.mean_length / self.reference_length) * _SLACK


def count_terms(reader: TermReader, text: str, where: object) -> TermCounts:
    """The terms of an embedded text, as they are stored.

    Raises:
        LibraryError: more different ones than Milvus takes.
    """
    counts = Counter(stored(term) for term in reader.terms(text))
    if len(counts) > MOST_TERMS:
        raise LibraryError(
            f"a passage has {len(counts):,} different words; Milvus takes {MOST_TERMS:,}",
            where=str(where),
            next_step="use an embedder that reads shorter passages",
        )
    return counts


def stored(term: str) -> str:
    """A term as Milvus holds it: itself, or the digest of one that is too long."""
    if len(term.encode()) <= TERM_BYTES:
        return term
    return f"#{hashlib.blake2b(term.encode(), digest_size=16).hexdigest()}"


def weights(terms: TermCounts, reference_length: float) -> dict[int, float]:
    """The sparse vector of a passage: what each term adds to a score, its rarity aside."""
    length = sum(terms.values())
    vector: dict[int, float] = {}
    for term, count in terms.items():
        place = _dimension(term)
        vector[place] = vector.get(place, 0.0) + _saturated(count, length, reference_length)
    return vector or dict(_NO_TERM)


def best(
    text: str,
    k: int,
    statistics: Statistics,
    holding: Callable[[str], int],
    propose: Callable[[Mapping[int, float], int], list[tuple[float, Row]]],
) -> list[tuple[str, float]]:
    """The k passages with the best BM25: (passage id, score), best first, ties by id.

    Args:
        text: the question.
        k: at least 1.
        statistics: of the library.
        holding: how many passages hold a term.
        propose: the passages with the largest inner products with a sparse vector, and at most
            so many: (inner product, `TERM_FIELDS`).
    """
    asked = Counter(stored(term) for term in TermReader().terms(text))
    rare = {
        term: times * statistics.rarity(known)
        for term, times in asked.items()
        if (known := holding(term))
    }
    if not rare:
        return []
    query: dict[int, float] = {}
    for term, weight in rare.items():
        query[_dimension(term)] = query.get(_dimension(term), 0.0) + weight
    limit = max(_FIRST, 2 * k)
    while True:
        limit = min(limit, MOST_ROWS)
        found = propose(query, limit)
        scored = _scored(found, rare, statistics)
        exhausted = len(found) < limit or limit == MOST_ROWS
        if exhausted or (len(scored) >= k and scored[k - 1][1] > found[-1][0] * statistics.most):
            return scored[:k]
        limit *= 4


def _scored(
    found: Sequence[tuple[float, Row]], rare: Mapping[str, float], statistics: Statistics
) -> list[tuple[str, float]]:
    pairs = []
    for _, row in found:
        counts = dict(zip(row["terms"], row["counts"], strict=True))
        length = sum(counts.values())
        score = math.fsum(
            weight * _saturated(counts[term], length, statistics.mean_length)
            for term, weight in rare.items()
            if term in counts
        )
        if score > 0:
            pairs.append((str(row["passage_id"]), score))
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _saturated(count: int, length: int, mean: float) -> float:
    return count / (count + K1 * (1.0 - B + B * length / mean))


def _dimension(term: str) -> int:
    digest = hashlib.blake2b(term.encode(), digest_size=8).digest()
    return 1 + int.from_bytes(digest, "big") % _DIMENSIONS

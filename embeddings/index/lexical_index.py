"""Search by words: BM25 in Lucene's variant, exact, over postings that lie in several places.

score = Σ over the question's terms of rarity · count / (count + k1 · (1 - b + b · length / mean))
with rarity = ln(1 + (N - df + 0.5) / (df + 0.5)) (Kamphuis et al. 2020, table 1). N, df and the
mean length are those of the whole library, filtered passages included, so that a score does not
depend on how the library is cut into a base and a tail, nor on what is filtered.

Terms are added up from the rarest to the commonest. As soon as all that are still to come cannot
lift a passage that has none of the earlier ones among the best k (a count adds less than the
rarity), they are looked up only for those that are still in the running (the MaxScore rule of
Turtle and Flood, 1995): common terms then cost little, and no hit is lost.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.index.arrays import Array
from embeddings.index.filters import Facets, Mask
from embeddings.index.postings import Found
from embeddings.terms import TermReader

K1 = 1.5
B = 0.75
"""bm25s' own defaults, and those of the lexical index that this one replaced."""

_FEW_POSTINGS = 1_000
# Below this adding a term up costs less than finding out whether it must be.
_ROUNDING = 1e-9
# Sums of a few terms in double precision differ by far less.


@dataclass(frozen=True, slots=True)
class Part:
    """Passages of the library that are searched together: its base, or its tail.

    Attributes:
        facets: of the n passages.
        find: gives the postings of a term by the passages' places, in one or more pieces.
    """

    facets: Facets
    find: Callable[[str], list[Found]]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the whole library holds: passages, and terms of all of them together."""

    passages: int
    terms: int


@dataclass(frozen=True, slots=True)
class _Term:
    weight: float
    pieces: list[Found]

    @property
    def size(self) -> int:
        return sum(len(places) for places, _ in self.pieces)


Best = tuple[NDArray[np.intp], NDArray[np.float64]]
"""Places of passages, ascending, and their scores."""


def search(
    parts: Sequence[Part],
    allowed: Sequence[Mask],
    statistics: Statistics,
    text: str,
    k: int,
) -> list[Best]:
    """For each part its k best, and all that tie with the k-th; scores are above 0.

    Args:
        parts: the library, cut in any way.
        allowed: for each part shape (n,), True where a passage may be found.
        statistics: of the whole library.
        text: the question, in plain words. A word that it repeats counts as often.
        k: how many, at least 1.

    Raises:
        ValueError: k is below 1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    asked = Counter(TermReader().terms(text))
    terms: list[list[_Term]] = [[] for _ in parts]
    for term, times in asked.items():
        found = [part.find(term) for part in parts]
        holding = sum(map(_living, parts, found))
        if holding:
            rarity = math.log(1 + (statistics.passages - holding + 0.5) / (holding + 0.5))
            for place, pieces in enumerate(found):
                terms[place].append(_Term(times * rarity, pieces))
    mean = statistics.terms / max(statistics.passages, 1)
    return [
        _best(sorted(mine, key=lambda term: -term.weight), part.facets.terms, mean, k, mask)
        for part, mine, mask in zip(parts, terms, allowed, strict=True)
    ]


def _living(part: Part, pieces: Sequence[Found]) -> int:
    """How many passages hold a term, without those that are in the library no more."""
    dead = part.facets.dead
    holding = sum(len(places) for places, _ in pieces)
    if not len(dead):
        return holding
    return holding - sum(int(np.count_nonzero(_held(places, dead)[1])) for places, _ in pieces)


def _held(
    places: NDArray[np.uint32], asked: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """For each place that is asked for, where among the places it would stand, and if it does."""
    at = np.minimum(np.searchsorted(places, asked.astype(np.uint32)), len(places) - 1)
    return at, places[at] == asked


def _best(
    terms: Sequence[_Term], lengths: NDArray[np.int32], mean: float, k: int, allowed: Mask
) -> Best:
    scores = np.zeros(len(lengths), dtype=np.float64)
    to_come = np.cumsum([term.weight for term in reversed(terms)])[::-1].tolist()
    running: NDArray[np.intp] | None = None
    everything = bool(allowed.all())
    for place, term in enumerate(terms):
        if running is None and place and term.size > _FEW_POSTINGS:
            running = _running(scores, k, to_come[place])
        if running is None:
            _add(scores, term, lengths, mean, None if everything else allowed)
        else:
            _add_to(scores, running, term, lengths, mean)
    places = np.flatnonzero(scores) if running is None else running
    found = scores[places]
    if len(places) > k:
        best = found >= np.partition(found, -k)[-k]
        places, found = places[best], found[best]
    return places, found


def _running(scores: NDArray[np.float64], k: int, to_come: float) -> NDArray[np.intp] | None:
    """Who can still be among the best k, or None while that may be anyone."""
    places = np.flatnonzero(scores)
    if len(places) < k:
        return None
    found = scores[places]
    least = float(np.partition(found, -k)[-k])
    if to_come >= least * (1 - _ROUNDING):
        return None
    return places[found >= (least - to_come) * (1 - _ROUNDING)]


def _add(
    scores: NDArray[np.float64],
    term: _Term,
    lengths: NDArray[np.int32],
    mean: float,
    allowed: Mask | None,
) -> None:
    for places, counts in term.pieces:
        chosen, often = places, counts
        if allowed is not None:
            mine = allowed[places]
            chosen, often = places[mine], counts[mine]
        scores[chosen] += term.weight * _share(often, lengths[chosen], mean)


def _add_to(
    scores: NDArray[np.float64],
    running: NDArray[np.intp],
    term: _Term,
    lengths: NDArray[np.int32],
    mean: float,
) -> None:
    for places, counts in term.pieces:
        at, held = _held(places, running)
        chosen, often = running[held], counts[at[held]]
        scores[chosen] += term.weight * _share(often, lengths[chosen], mean)


def _share(counts: Array, lengths: NDArray[np.int32], mean: float) -> NDArray[np.float64]:
    often = counts.astype(np.float64)
    share: NDArray[np.float64] = often / (often + K1 * (1 - B + B / mean * lengths))
    return share

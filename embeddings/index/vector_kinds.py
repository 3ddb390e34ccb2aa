"""The kinds of vector index, by the size of the library that each is the right one for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of vector index.

    Attributes:
        name: what it is called in tables and messages.
        upto: the most passages that it is chosen for.
        factory: how `faiss.index_factory` spells it; written down with every index of the kind.
        sample: vectors that it is trained on, at most; 0 for none. 40 a list are one more than
            FAISS asks for.
        more, times: of a question for k passages, times · k + more are taken as candidates, which
            are then scored anew by their own 32-bit vectors.
        effort: how far a graph or a list index looks: `efSearch` or `nprobe`. 0 where it has
            nothing of the sort.
        care: how far a graph looks while it is built: `efConstruction`.
        few: below this share of passages that a filter admits they are all looked at, one by one.
    """

    name: str
    upto: int
    factory: str
    sample: int = 0
    more: int = 16
    times: int = 1
    effort: int = 0
    care: int = 0
    few: float = 0.0


# Measured on two cores of an EPYC, others at work beside, by FAISS alone on vectors of 384
# dimensions about stories and subjects as `evals.speed.archive` makes them, 40 to 100 questions:
# - exact: 100 ns a vector (100,000: 9.7 ms), and 1,536 bytes.
# - sq8: 25 ns a vector (100,000: 2.5 ms; 400,000: 11.5 ms), 384 bytes, recall@10 1.000.
# - hnsw: 0.3 to 0.6 ms, 650 bytes; 200,000 took 28 s to build, recall@10 0.998. With 16 links,
#   efConstruction 40 (FAISS's own) and stories that share nothing, 400,000 gave 0.92.
# - ivf: 0.2 to 0.5 ms, 80 bytes; 200,000 took 7 s to train and build, recall@10 1.000, and 0.998
#   to 1.000 where a filter admits 1 to 30 %.
EXACT = Kind("exact", 50_000, "Flat")
"""Up to 5 ms a search."""

SQ8 = Kind("sq8", 200_000, "SQ8", sample=65_536, more=32, times=2)
"""Up to 5 ms a search, and nothing can be missed but by rounding, which the rescoring mends."""

HNSW = Kind(
    "hnsw", 500_000, "HNSW32,SQ8", sample=65_536, more=32, times=2, effort=256, care=80, few=0.1
)
"""Where few are admitted its codes are looked at one by one: 25 ns each."""

IVF = Kind(
    "ivf", 4_000_000, "IVF4096,RaBitQfs", sample=163_840, more=100, times=4, effort=64, few=0.02
)
"""One bit a dimension says little of vectors that are far away: many candidates are scored anew."""

IVF_LARGE = Kind(
    "ivf-large", 1 << 62, "IVF16384,RaBitQfs",
    sample=655_360, more=100, times=4, effort=128, few=0.02,
)  # fmt: skip
"""The same with more lists: FAISS advises four times the square root of the size or more."""

KINDS = (EXACT, SQ8, HNSW, IVF, IVF_LARGE)
"""By size, ascending."""

_LISTS = re.compile(r"IVF\d+")
_FEWEST_A_LIST = 39
# FAISS warns below this many training vectors a centroid (ClusteringParameters).


def fitted(kind: Kind, passages: int) -> Kind:
    """The kind as it would be for a library of that size, to try it at sizes not its own.

    Only the number of lists depends on the size: a power of 2 near four times the square root,
    which is FAISS's own advice, with enough vectors for each to be trained.
    """
    fewest = max(1, passages // _FEWEST_A_LIST).bit_length() - 1
    lists = 1 << min(round(4 * passages**0.5).bit_length() - 1, fewest)
    return replace(kind, factory=_LISTS.sub(f"IVF{lists}", kind.factory))

"""What is known of a sentence and its evidence, and the chance that comes of it.

The trained verifier reads both; the exact checks say what differs. Each misses what the other sees,
so the chance is taken from both: a logistic scale over these signs, fitted on sentences of which
people or rules have said whether their evidence carries them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, get_args

from rag.checking.claims import DifferenceKind

KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)

SIGNS = ("whole", "word", "cover", "likeness", *KINDS)
"""What the scale weighs, in the order of its weights: the trained verifier's logit of being
carried and that of its most doubtful word's not being so, then what the exact checks found."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the exact checks found.

    Attributes:
        cover: share of the sentence's words that the evidence holds.
        likeness: inner product of the two vectors.
        kinds: what differs.
    """

    cover: float
    likeness: float
    kinds: frozenset[DifferenceKind]

    @property
    def signs(self) -> tuple[float, ...]:
        """In the order of `SIGNS`, without the first two."""
        return (self.cover, self.likeness, *(float(kind in self.kinds) for kind in KINDS))


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the trained verifier says.

    Attributes:
        chance: that the evidence carries the sentence, in [0, 1].
        words: of the sentence, which it holds for not licensed, in their order.
    """

    chance: float
    words: tuple[str, ...]


class Weighs(Protocol):
    """Whatever gives a sentence its chance; `rag.checking.trained` has the one that ships."""

    name: str

    def weigh(self, sentence: str, spans: Sequence[str], found: Found) -> Weighed:
        """The chance that the spans, taken together, carry the sentence."""
        ...

"""Groups made ready for the model: token ids, and where in them the answer begins and ends."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from rag.finding.pairs import Pair, Pairing
from rag.training.reader.groups import Group

NO_SPAN = -1
"""Stands for a token where there is none to learn."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A group as the model sees it.

    Attributes:
        pairs: the question with each sentence.
        answer: index of the pair that answers; `len(pairs)` where none does.
        first, last: places in that pair's ids of the answer's tokens; NO_SPAN where none does,
            or where the answer was cut off.
    """

    pairs: tuple[Pair, ...]
    answer: int
    first: int = NO_SPAN
    last: int = NO_SPAN

    @property
    def longest(self) -> int:
        """Tokens of its longest pair."""
        return max(len(pair.ids) for pair in self.pairs)

    @property
    def is_answered(self) -> bool:
        """Whether one of its sentences answers."""
        return self.answer < len(self.pairs)


def ready(pairing: Pairing, group: Group) -> Ready:
    """A group as token ids."""
    pairs = tuple(pairing.pair(group.question, one) for one in group.candidates)
    if group.answer is None:
        return Ready(pairs, len(pairs))
    pair = pairs[group.answer]
    held = [
        place
        for place, (start, end) in enumerate(pair.offsets)
        if start < group.end and end > group.start
    ]
    if not held or pair.offsets[held[-1]][1] < group.end:
        return Ready(pairs, group.answer)
    return Ready(pairs, group.answer, pair.first + held[0], pair.first + held[-1])


def batches(groups: Sequence[Ready], budget: int, rng: random.Random) -> list[list[Ready]]:
    """Groups of like length together, in a random order of batches.

    Args:
        groups: at least one.
        budget: most tokens of a batch, padding included; a longer group is a batch by itself.
    """
    made: list[list[Ready]] = []
    batch: list[Ready] = []
    pairs = longest = 0
    for one in sorted(groups, key=lambda one: (one.longest, rng.random())):
        if batch and max(longest, one.longest) * (pairs + len(one.pairs)) > budget:
            made.append(batch)
            batch, pairs, longest = [], 0, 0
        batch.append(one)
        pairs += len(one.pairs)
        longest = max(longest, one.longest)
    made.append(batch)
    rng.shuffle(made)
    return made

"""Some of many examples, drawn so that the same seed draws the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

from rag.training.verifier.example import Example


def drawn(held: list[Example], count: int, rng: random.Random) -> list[Example]:
    """So many of them, or all."""
    return held if len(held) <= count else rng.sample(held, count)


def pairs_drawn(held: list[Example], count: int, rng: random.Random) -> list[Example]:
    """So many pairs, as evenly of each kind as there are."""
    pairs: dict[str, list[Example]] = {}
    for one in held:
        pairs.setdefault(one.pair, []).append(one)
    kinds: dict[str, list[list[Example]]] = {}
    for pair in pairs.values():
        kinds.setdefault(pair[0].kind, []).append(pair)
    for those in kinds.values():
        rng.shuffle(those)
    made: list[Example] = []
    for taken in range(count):
        left = [those for those in kinds.values() if those]
        if not left:
            break
        made += left[taken % len(left)].pop()
    return made


def whole_pairs(held: Sequence[Example], count: int, rng: random.Random) -> tuple[Example, ...]:
    """About so many examples, all of a pair or none of it."""
    pairs: dict[str, list[Example]] = {}
    for number, one in enumerate(held):
        pairs.setdefault(one.pair or f"#{number}", []).append(one)
    order = list(pairs.values())
    rng.shuffle(order)
    made: list[Example] = []
    for pair in order:
        if len(made) >= count:
            break
        made += pair
    return tuple(made)

"""Examples made ready for the model, and batches of pairs that stay together."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from rag.checking.statement_pairs import StatementBatch, StatementPair, StatementPairing
from rag.checking.statement_pairs import statements_batched as padded
from rag.training.verifier.example import Example

UNKNOWN = -1.0
"""Stands for a token of which nobody said whether it is licensed."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An example as the model sees it.

    Attributes:
        pair: its token ids and marks.
        supported: whether the evidence carries it.
        words: of each token of the sentence 1 where it is not licensed, 0 where it is, or UNKNOWN.
        group: of examples that belong together; '' for none.
    """

    pair: StatementPair
    supported: bool
    words: tuple[float, ...]
    group: str


def ready(pairing: StatementPairing, example: Example) -> Ready:
    """An example as token ids, with what is to be learned of each token."""
    pair = pairing.pair(example.text, example.evidence)
    if example.wrong is None:
        words = (UNKNOWN,) * len(pair.offsets)
    else:
        words = tuple(
            float(any(start < last and end > first for first, last in example.wrong))
            for start, end in pair.offsets
        )
    return Ready(pair, example.supported, words, example.pair)


def batches(examples: Sequence[Ready], budget: int, rng: random.Random) -> list[list[Ready]]:
    """Those of one pair in one batch, those of like length together, in a random order.

    Args:
        examples: at least one.
        budget: most tokens of a batch, padding included.
    """
    units: dict[str, list[Ready]] = {}
    for number, one in enumerate(examples):
        units.setdefault(one.group or f"#{number}", []).append(one)
    # A summary of which many false ones were made would fill a batch by itself.
    bounded = [part for unit in units.values() for part in _cut(unit, 6, rng)]
    keyed = [(max(len(one.pair.ids) for one in unit), rng.random(), unit) for unit in bounded]
    made: list[list[Ready]] = []
    batch: list[Ready] = []
    for longest, _, unit in sorted(keyed, key=lambda one: one[:2]):
        if batch and longest * (len(batch) + len(unit)) > budget:
            made.append(batch)
            batch = []
        batch.extend(unit)
    made.append(batch)
    rng.shuffle(made)
    return made


def _cut(unit: list[Ready], most: int, rng: random.Random) -> Iterator[list[Ready]]:
    rng.shuffle(unit)
    for start in range(0, len(unit), most):
        yield unit[start : start + most]


@dataclass(frozen=True, slots=True)
class Learnable:
    """A batch with what is to be learned.

    Attributes:
        batch: as the model takes it.
        supported: 1 or 0 for each example, shape (examples,).
        words: 1, 0 or UNKNOWN for each token, shape (examples, tokens).
        better, worse: places of true and false examples of one pair, the same number of each.
    """

    batch: StatementBatch
    supported: torch.Tensor
    words: torch.Tensor
    better: torch.Tensor
    worse: torch.Tensor


def learnable(examples: Sequence[Ready], device: torch.device) -> Learnable:
    """A batch as tensors on a device."""
    batch = padded([one.pair for one in examples])
    words = torch.full(batch.ids.shape, UNKNOWN)
    for row, one in enumerate(examples):
        words[row, 1 : 1 + len(one.words)] = torch.tensor(one.words)
    pairs = [
        (place, other)
        for place, one in enumerate(examples)
        if one.supported and one.group
        for other, against in enumerate(examples)
        if against.group == one.group and not against.supported
    ]
    better, worse = torch.tensor(pairs, dtype=torch.long).reshape(-1, 2).T
    supported = torch.tensor([float(one.supported) for one in examples])
    return Learnable(
        batch.to(device),
        supported.to(device),
        words.to(device),
        better.to(device),
        worse.to(device),
    )

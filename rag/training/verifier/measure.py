"""The verifier beside what it has to beat, on sets that nothing was learned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from embeddings.terms import TermReader
from rag.training.verifier.example import Example

DRAWS = 400
"""Of the bootstrap; whole documents are drawn."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way to judge on one set.

    Attributes:
        n: sentences.
        auroc: probability that a true one scores above a false one, with its interval of 95 %.
        pairs: share of the pairs whose true sentence scores higher; None where there are none.
        balanced: mean of the shares of true and of false ones told right, at one half; None for a
            score without a scale.
        kinds: AUROC of the false ones of each kind against all true ones, with how many there are.
    """

    n: int
    auroc: tuple[float, float, float]
    pairs: float | None
    balanced: float | None
    kinds: dict[str, tuple[float, int]]


def overlap(examples: Sequence[Example]) -> np.ndarray:
    """The share of each sentence's terms that its evidence holds."""
    reader = TermReader()
    found = []
    for one in examples:
        mine = set(reader.terms(one.text))
        theirs = {term for text in one.evidence for term in reader.terms(text)}
        found.append(len(mine & theirs) / max(1, len(mine)))
    return np.array(found)


def measured(examples: Sequence[Example], score: np.ndarray, *, is_chance: bool) -> Row:
    """How well a score tells the true sentences from the false ones."""
    labels = np.array([one.supported for one in examples])
    kinds = {}
    for kind in sorted({one.kind for one in examples if not one.supported}):
        held = np.array([one.supported or one.kind == kind for one in examples])
        count = int((held & ~labels).sum())
        kinds[kind] = (float(roc_auc_score(labels[held], score[held])), count)
    low, high = _interval(examples, labels, score)
    balanced = None
    if is_chance:
        said = score >= 0.5
        balanced = float(((said & labels).sum() / labels.sum()
                          + (~said & ~labels).sum() / (~labels).sum()) / 2)  # fmt: skip
    return Row(
        len(examples),
        (float(roc_auc_score(labels, score)), low, high),
        _pairs(examples, score),
        balanced,
        kinds,
    )


def _interval(
    examples: Sequence[Example], labels: np.ndarray, score: np.ndarray
) -> tuple[float, float]:
    documents: dict[str, list[int]] = {}
    for place, one in enumerate(examples):
        documents.setdefault(f"{one.domain}/{one.document}", []).append(place)
    held = [np.array(places) for places in documents.values()]
    rng = np.random.default_rng(1)
    found = []
    for _ in range(DRAWS):
        places = np.concatenate([held[at] for at in rng.integers(len(held), size=len(held))])
        drawn = labels[places]
        if drawn.any() and not drawn.all():
            found.append(roc_auc_score(drawn, score[places]))
    low, high = np.quantile(found, [0.025, 0.975]) if found else (float("nan"),) * 2
    return float(low), float(high)


def _pairs(examples: Sequence[Example], score: np.ndarray) -> float | None:
    groups: dict[str, tuple[list[float], list[float]]] = {}
    for one, value in zip(examples, score, strict=True):
        if one.pair:
            groups.setdefault(one.pair, ([], []))[not one.supported].append(float(value))
    won = [
        (good > bad) + (good == bad) / 2
        for goods, bads in groups.values()
        for good in goods
        for bad in bads
    ]
    return float(np.mean(won)) if won else None


def table(rows: Mapping[str, Mapping[str, Row]]) -> str:
    """The rows as Markdown: a line a set, a column a way to judge."""
    ways = list(next(iter(rows.values())))
    lines = [
        "| set | n | " + " | ".join(ways) + " | pairs | balanced accuracy |",
        "| --- | --- |" + " --- |" * (len(ways) + 2),
    ]
    for name, held in rows.items():
        last = held[ways[0]]
        cells = [
            f"{row.auroc[0]:.2f} [{row.auroc[1]:.2f}, {row.auroc[2]:.2f}]" for row in held.values()
        ]
        pairs = "–" if last.pairs is None else f"{last.pairs:.2f}"
        balanced = "–" if last.balanced is None else f"{last.balanced:.2f}"
        lines.append(f"| {name} | {last.n} | {' | '.join(cells)} | {pairs} | {balanced} |")
    return "\n".join(lines)

"""How far down does the first gold stand?

    value = 1 / rank of the first gold, 0 where none is among the hits; their mean is MRR

What a gold is, and where it stands, is in `evals.metrics.ranks`. Source: mean reciprocal rank of
TREC-8's question answering track (Voorhees, 1999). Its weakness: a step from 1 to 2 costs as much
as one from 2 to nothing, and a system that shows few hits is cut where it stops. Unscored: samples
without gold, and systems that do not search.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.ranks import NOTHING_TO_FIND, By, best_rank, gold_ranks, listed, shown
from evals.sample import Sample, Score
from rag.answer import Answer


class ReciprocalRank(Metric):
    """Mean of 1 over the rank of the first gold article or passage (MRR)."""

    group = "retrieval"

    def __init__(self, by: By) -> None:
        self.by = by
        self.name = f"{by}_mrr"

    @property
    def about(self) -> str:
        """What it measures, in one line."""
        return f"Mean of 1 over the rank of the first gold {self.by} (MRR)."

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        ranks = gold_ranks(sample, answer, self.by)
        if ranks is None:
            return Score(None, shown(answer), NOTHING_TO_FIND)
        best = best_rank(ranks)
        return Score(1 / best if best else 0.0, shown(answer), listed(ranks))

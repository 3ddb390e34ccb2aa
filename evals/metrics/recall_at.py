"""How much of the gold is among the first k hits?

    value = golds whose rank is at most k / golds

What a gold is, and where it stands, is in `evals.metrics.ranks`. Source: recall as in van
Rijsbergen, Information Retrieval (1979), cut at rank k. Its weakness: it asks for every gold also
where any one would do, as with syndicated copies, so there read `hit_at`. Unscored: samples
without gold, and systems that do not search.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.ranks import NOTHING_TO_FIND, By, gold_ranks, listed, shown
from evals.sample import Sample, Score
from rag.answer import Answer


class RecallAt(Metric):
    """Mean share of the gold articles or passages among the first k hits."""

    group = "retrieval"

    def __init__(self, k: int, by: By) -> None:
        self.k, self.by = k, by
        self.name = f"{by}_recall@{k}"

    @property
    def about(self) -> str:
        """What it measures, in one line."""
        return f"Mean share of the gold {self.by}s that are among the first {self.k}."

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        ranks = gold_ranks(sample, answer, self.by)
        if ranks is None:
            return Score(None, shown(answer), NOTHING_TO_FIND)
        found = sum(rank is not None and rank <= self.k for rank in ranks)
        return Score(found / len(ranks), shown(answer), listed(ranks))

"""Is anything that answers the question among the first k hits?

    value = 1 if the rank of the first gold is at most k, else 0

What a gold is, and where it stands, is in `evals.metrics.ranks`. Source: 'success at k', as
trec_eval and DPR's 'top-k accuracy' (Karpukhin et al., 2020) have it. Its weakness: one gold is as
good as all, so on questions that need several read `recall_at`. By passage it rests on the quotes
that somebody marked: other words that answer as well count as nothing. Unscored: samples
without gold, and systems that do not search.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.ranks import NOTHING_TO_FIND, By, best_rank, gold_ranks, listed, shown
from evals.sample import Sample, Score
from rag.answer import Answer


class HitAt(Metric):
    """Share of questions with a gold article or passage among the first k hits."""

    group = "retrieval"

    def __init__(self, k: int, by: By) -> None:
        self.k, self.by = k, by
        self.name = f"{by}_hit@{k}"

    @property
    def about(self) -> str:
        """What it measures, in one line."""
        return f"Share of questions with a gold {self.by} among the first {self.k}."

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        ranks = gold_ranks(sample, answer, self.by)
        if ranks is None:
            return Score(None, shown(answer), NOTHING_TO_FIND)
        best = best_rank(ranks)
        value = float(best is not None and best <= self.k)
        return Score(value, shown(answer), listed(ranks))

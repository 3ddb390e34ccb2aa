"""Do the golds stand at the top?

    DCG   = sum over the ranks r ≤ k at which a gold is first shown of 1 / log2(1 + r)
    ideal = the same sum over the ranks 1 … min(k, m)
    value = DCG / ideal

m is the number of different ranks at which golds are first shown, plus the golds that no hit
shows; so two quotes that one passage holds are one thing to find. What a gold is, and where it
stands, is in `evals.metrics.ranks`.

Source: Järvelin and Kekäläinen, Cumulated Gain-based Evaluation of IR Techniques (2002), with the
discount that BEIR (Thakur et al., 2021) reports. Its weakness: the gain is binary, where BEIR's
keeps the grades of the sets that have them; and a system that shows fewer than k hits is scored as
if the rest were wrong. So `least` leaves answers with fewer hits unscored, for figures that are
held against published ones.
Unscored too: samples without gold, and systems that do not search.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.ranks import NOTHING_TO_FIND, By, gold_ranks, hits_listed, listed, ndcg, shown
from evals.sample import Sample, Score
from rag.answer import Answer


class NdcgAt(Metric):
    """Mean nDCG of the gold articles or passages among the first k hits.

    Args:
        least: articles, or passages, that an answer must list to be scored.
    """

    group = "retrieval"

    def __init__(self, k: int, by: By, least: int = 0) -> None:
        self.k, self.by, self.least = k, by, least
        self.name = f"{by}_ndcg@{k}"

    @property
    def about(self) -> str:
        """What it measures, in one line."""
        return f"Mean nDCG of the gold {self.by}s among the first {self.k}."

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        ranks = gold_ranks(sample, answer, self.by)
        if ranks is None:
            return Score(None, shown(answer), NOTHING_TO_FIND)
        if (listing := hits_listed(answer, self.by)) < self.least:
            return Score(None, shown(answer), f"only {listing} {self.by}s are listed")
        return Score(ndcg(ranks, self.k), shown(answer), listed(ranks))

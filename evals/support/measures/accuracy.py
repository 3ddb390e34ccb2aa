"""How often is the verdict that of people?

    accuracy = claims with the same verdict / claims

Misleading where one label is rare; `balanced_accuracy` is not.
"""

from __future__ import annotations

from evals.support.measures.base import Counts, Values, Votes, share


def accuracy(votes: Votes, counts: Counts) -> Values:
    """Share of claims with the verdict that people gave."""
    right = votes.people == votes.judge
    return share(votes.total(right, counts), votes.total(right | True, counts))

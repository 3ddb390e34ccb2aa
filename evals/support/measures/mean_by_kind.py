"""How often is the verdict right, every kind of claim weighing the same?

    mean over kinds of the balanced accuracy on that kind

The overall figure of SummEdits (Laban et al. 2023), whose kinds are its domains. Undefined where a
kind has supported claims only, or unsupported ones only.
"""

from __future__ import annotations

import numpy as np

from evals.support.measures.base import Counts, Values, Votes, share


def mean_by_kind(votes: Votes, counts: Counts) -> Values:
    """Mean over kinds of the balanced accuracy; NaN where a kind of the votes lacks a class.

    A draw that leaves out a kind, or a class of it, is the mean of the others.
    """
    every = _by_kind(votes, votes.once())
    if np.isnan(every).any() or not every.size:
        return np.full(len(counts), np.nan)
    found = _by_kind(votes, counts)
    defined = ~np.isnan(found)
    return share(np.nansum(found, axis=0), defined.sum(axis=0).astype(np.float64))


def _by_kind(votes: Votes, counts: Counts) -> Values:
    """The balanced accuracy of each of k kinds: shape (k, r)."""
    rows = []
    for kind in np.unique(votes.kind):
        inside = votes.kind == kind
        recalls = [
            share(votes.total(inside & truth & called, counts), votes.total(inside & truth, counts))
            for truth, called in ((votes.people, votes.judge), (~votes.people, ~votes.judge))
        ]
        rows.append(np.mean(recalls, axis=0))
    return np.array(rows, dtype=np.float64).reshape(-1, len(counts))

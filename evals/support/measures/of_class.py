"""When the verdict is 'unsupported' (or 'supported'), is it right, and how much does it find?

    precision = rightly called so / called so
    recall    = rightly called so / so in truth
    F1        = 2 · rightly called so / (called so + so in truth)

van Rijsbergen, Information Retrieval (1979), chapter 7. For a reader who relies on the checks the
recall of 'unsupported' is the share of false sentences that are caught. F1 is 0, and precision is
undefined, where a verdict is never given.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evals.support.measures.base import Counts, Values, Votes, share

Said = NDArray[np.bool_]


def precision_supported(votes: Votes, counts: Counts) -> Values:
    """Of the claims called supported, the share that are."""
    return _precision(votes, votes.people, votes.judge, counts)


def recall_supported(votes: Votes, counts: Counts) -> Values:
    """Of the supported claims, the share called so."""
    return _precision(votes, votes.judge, votes.people, counts)


def f1_supported(votes: Votes, counts: Counts) -> Values:
    """Harmonic mean of the two for 'supported'."""
    return _f1(votes, votes.people, votes.judge, counts)


def precision_unsupported(votes: Votes, counts: Counts) -> Values:
    """Of the claims called unsupported, the share that are."""
    return _precision(votes, ~votes.people, ~votes.judge, counts)


def recall_unsupported(votes: Votes, counts: Counts) -> Values:
    """Of the unsupported claims, the share that was caught."""
    return _precision(votes, ~votes.judge, ~votes.people, counts)


def f1_unsupported(votes: Votes, counts: Counts) -> Values:
    """Harmonic mean of the two for 'unsupported'."""
    return _f1(votes, ~votes.people, ~votes.judge, counts)


def _precision(votes: Votes, truth: Said, called: Said, counts: Counts) -> Values:
    return share(votes.total(truth & called, counts), votes.total(called, counts))


def _f1(votes: Votes, truth: Said, called: Said, counts: Counts) -> Values:
    whole = votes.total(truth, counts) + votes.total(called, counts)
    return share(2 * votes.total(truth & called, counts), whole)

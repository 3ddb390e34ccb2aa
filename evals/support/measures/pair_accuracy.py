"""Of two statements on one document, does the true one get the higher score?

    pair accuracy = mean over pairs of [score of the true > score of the false] + ½ [equal]

0.5 is chance. Where a pair has several true or false claims, the mean over their combinations. It
needs no threshold; the measure of FIB (Tam et al. 2022), which counts a tie as wrong.
"""

from __future__ import annotations

import numpy as np

from evals.support.measures.base import Counts, Values, Votes, share


def pair_accuracy(votes: Votes, counts: Counts) -> Values:
    """Share of pairs put in the right order, ties half; NaN where there is no whole pair."""
    won = np.zeros(votes.documents)
    pairs = np.zeros(votes.documents)
    members: dict[int, list[int]] = {}
    for at, pair in enumerate(votes.pair):
        if pair >= 0:
            members.setdefault(int(pair), []).append(at)
    for places in members.values():
        true = votes.support[[at for at in places if votes.people[at]]]
        false = votes.support[[at for at in places if not votes.people[at]]]
        if len(true) and len(false):
            document = votes.document[places[0]]
            gaps = true[:, None] - false[None, :]
            won[document] += float((np.sign(gaps) + 1).mean() / 2)
            pairs[document] += 1
    return share(
        np.asarray(counts @ won, dtype=np.float64), np.asarray(counts @ pairs, dtype=np.float64)
    )

"""Is the support score a probability? By how much is it not?

    ECE = Σ over bins of (claims in it / claims) · |mean score in it − share supported in it|

over ten bins of equal width; 0 is perfect. Naeini et al., Obtaining Well Calibrated Probabilities
Using Bayesian Binning (2015); `evals.curves` draws the same bins. The score does not claim to be a
probability (see `Verification`): this says how far it is from one, on a set whose mix of true and
false claims is its makers' choice.
"""

from __future__ import annotations

import numpy as np

from evals.curves import BINS, bin_of
from evals.support.measures.base import Counts, Values, Votes, share


def calibration_error(votes: Votes, counts: Counts) -> Values:
    """Expected calibration error of the support score; lower is better."""
    place = bin_of(votes.support)
    # |mean − share| · n of a bin is the distance of its two sums.
    gaps = sum(
        (
            np.abs(votes.total((votes.support - votes.people) * (place == at), counts))
            for at in range(BINS)
        ),
        start=np.zeros(len(counts)),
    )
    return share(gaps, votes.total(np.ones(len(votes.people)), counts))

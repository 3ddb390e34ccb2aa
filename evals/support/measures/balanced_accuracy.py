"""How often is the verdict right, both labels weighing the same?

    balanced accuracy = ½ (share of supported claims called supported
                           + share of unsupported claims called unsupported)

0.5 is chance, whatever the mix of labels. Brodersen et al., The Balanced Accuracy and Its
Posterior Distribution (2010); the measure of SummEdits (Laban et al. 2023).
"""

from __future__ import annotations

from evals.support.measures.base import Counts, Values, Votes
from evals.support.measures.of_class import recall_supported, recall_unsupported


def balanced_accuracy(votes: Votes, counts: Counts) -> Values:
    """Mean of the two recalls; NaN where a class is missing."""
    return (recall_supported(votes, counts) + recall_unsupported(votes, counts)) / 2

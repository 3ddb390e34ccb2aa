"""What the measures of a verifier are computed from: labels, verdicts and scores, side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Votes:
    """What people and a judge said of n claims on d documents.

    Attributes:
        people: shape (n,), whether people found the claim supported.
        judge: shape (n,), whether the judge did.
        support: shape (n,), the judge's score in [0, 1].
        document: shape (n,), the number of its document, in [0, d).
        pair: shape (n,), the number of its pair; -1 where it has none. A pair lies in one document.
        kind: shape (n,), the number of its kind.
        documents: d.
    """

    people: NDArray[np.bool_]
    judge: NDArray[np.bool_]
    support: Values
    document: Counts
    pair: Counts
    kind: Counts
    documents: int

    def once(self) -> Counts:
        """Every document counted once: shape (1, d)."""
        return np.ones((1, self.documents), dtype=np.int64)

    def total(self, values: NDArray[np.bool_] | Values, counts: Counts) -> Values:
        """The sum of one value a claim, each claim as often as its document was drawn.

        Args:
            values: shape (n,).
            counts: shape (r, d).

        Returns:
            Shape (r,).
        """
        by_document = np.bincount(self.document, weights=values, minlength=self.documents)
        return np.asarray(counts @ by_document, dtype=np.float64)


Measure = Callable[[Votes, Counts], Values]
"""One number for each of r draws of documents, `counts` of shape (r, d) saying how often each was
drawn. Shape (r,); NaN where a draw leaves the number undefined."""


def share(part: Values, whole: Values) -> Values:
    """part / whole, NaN where the whole is 0."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)

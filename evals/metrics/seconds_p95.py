"""How long does a slow answer take?

    value = usage.seconds['total'], in seconds of wall time; summarised by the 95th percentile

Source: Hyndman and Fan's definition 7 (1996), numpy's default. Its weakness: with fewer than some
hundred samples it rests on the slowest few, so read its interval. Unscored: answers that do not
say.
"""

from __future__ import annotations

import numpy as np

from evals.metrics.base import Values
from evals.metrics.seconds_median import SecondsMedian


class SecondsP95(SecondsMedian):
    """95th percentile of the wall time of an answer, in seconds."""

    name = "seconds_p95"

    def summarise(self, values: Values) -> Values:
        """The 95th percentile."""
        return np.asarray(np.percentile(values, 95, axis=-1))

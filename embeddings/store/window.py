"""The span of days that a question may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

UNDATED = 0
"""Stands for 'no date' among day numbers: `date.toordinal()` counts from 1."""


@dataclass(frozen=True, slots=True)
class DateWindow:
    """The days of publication that are looked at; both ends are included.

    An undated article is admitted only when the window is open at both ends: who asks 'as of'
    some day must never be shown what may have come later. A window whose `since` lies after
    its `until` admits nothing.

    Attributes:
        since: the first day, or None for 'from the beginning'.
        until: the last day, or None for 'to the end'.
    """

    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """True when nothing is shut out."""
        return self.since is None and self.until is None

    def admits(self, published: date | None) -> bool:
        """Whether an article of that day of publication may be looked at."""
        if self.is_open:
            return True
        if published is None:
            return False
        return (self.since is None or self.since <= published) and (
            self.until is None or published <= self.until
        )

    def mask(self, days: NDArray[np.int32]) -> NDArray[np.bool_]:
        """`admits` for many articles at once.

        Args:
            days: shape (n,), `date.toordinal()` of each, or `UNDATED`.

        Returns:
            Shape (n,), True where the article is admitted.
        """
        if self.is_open:
            return np.ones(days.shape, dtype=np.bool_)
        admitted: NDArray[np.bool_] = days != UNDATED
        if self.since is not None:
            admitted &= days >= self.since.toordinal()
        if self.until is not None:
            admitted &= days <= self.until.toordinal()
        return admitted


def day_number(published: date | None) -> int:
    """`date.toordinal()`, or `UNDATED`."""
    return published.toordinal() if published else UNDATED

"""How new each of some articles is among them, by the order of their days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def recency(days: Sequence[date | None]) -> list[float]:
    """1.0 for the newest day, evenly less for each older one, 0.0 where there is no day.

    By rank, because a week is long in a strike and short in a trial.
    """
    order = {day: place for place, day in enumerate(sorted({day for day in days if day}), start=1)}
    return [order[day] / len(order) if day else 0.0 for day in days]

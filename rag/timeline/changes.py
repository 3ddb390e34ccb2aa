"""A change: the same quantity at two days, and the difference, which is computed from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.timeline.figures import Figure
from rag.timeline.series import may_both_hold, same_source


@dataclass(frozen=True, slots=True)
class Change:
    """Two figures of one quantity, of two days, that differ.

    Attributes:
        before, after: the earlier and the later figure.
        is_one_source: whether one counter gives both; else the change may be a difference of
            counting too.
    """

    before: Figure
    after: Figure
    is_one_source: bool

    @property
    def difference(self) -> float:
        """The later value less the earlier one, in their unit."""
        return self.after.value - self.before.value

    @property
    def share(self) -> float | None:
        """The difference as a share of the earlier value; None where that is zero."""
        return self.difference / self.before.value if self.before.value else None

    def __str__(self) -> str:
        """'from 38 (2023-03-19) to 36 (2023-03-24): −2'."""
        sources = (
            ""
            if self.is_one_source
            else f", counted by {self.before.source}, then {self.after.source}"
        )
        return (
            f"from {self.before.expression} ({self.before.day_label}) to {self.after.expression} "
            f"({self.after.day_label}): {signed(self.difference)}{sources} "
            f"[{self.before.citation.marker}][{self.after.citation.marker}]"
        )

    def to_dict(self) -> dict[str, object]:
        """Only what JSON has; figures by the number of their citation."""
        return {
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "difference": self.difference,
            "share": self.share,
            "is_one_source": self.is_one_source,
        }


def changes_in(series: Sequence[Figure]) -> tuple[Change, ...]:
    """The changes of one series, in order: each figure against the one before it in time.

    The figure before is the last of an earlier day by the same counter; where there is none,
    the last of an earlier day by anybody.
    """
    dated = [one for one in series if one.as_of is not None and not one.is_incident]
    found: list[Change] = []
    seen: set[tuple[object, ...]] = set()
    for at, after in enumerate(dated):
        earlier = [one for one in dated[:at] if _day(one) < _day(after)]
        own = [one for one in earlier if same_source(one, after)]
        if not earlier:
            continue
        before = (own or earlier)[-1]
        key = before.value, _day(before), after.value, _day(after)
        if key in seen or may_both_hold(before, after):
            continue
        seen.add(key)
        found.append(Change(before, after, bool(own)))
    return tuple(found)


def signed(value: float) -> str:
    """'+8,838' or '−2'; as many decimals as it has, at most two."""
    text = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    return f"{'−' if value < 0 else '+'}{text}"


def _day(figure: Figure) -> int:
    return figure.as_of.toordinal() if figure.as_of else 0

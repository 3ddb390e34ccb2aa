"""One row of the torture table: how often a fault was caused, how often it did harm."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from scipy.stats import beta

CONFIDENCE = 0.95
SHOWN = 3
"""Bad cases that a row tells in full; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a row is about.

    Attributes:
        number: of the row in the table of faults.
        name: the fault.
        cause: how it is caused here.
        must: what the library or the reader has to do.
        full: how many cases the published figure rests on.
        quick: how many of them the tests carry.
    """

    number: int
    name: str
    cause: str
    must: str
    full: int
    quick: int


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a fault.

    Attributes:
        number, fault: of the Fault.
        tried: cases.
        bad: those where harm was done.
        note: figures beside, and the first bad cases.
    """

    number: int
    fault: str
    tried: int
    bad: int
    note: str

    @property
    def bound(self) -> float:
        """The highest rate of harm that these cases leave open at 95 %.

        None of n: the rule of three, 3/n (Hanley and Lippman-Hand 1983). Else the upper end of
        the two-sided interval of Clopper and Pearson (1934).
        """
        if self.tried == 0:
            return 1.0
        if self.bad == 0:
            return min(1.0, 3 / self.tried)
        if self.bad == self.tried:
            return 1.0
        upper = (1 + CONFIDENCE) / 2
        return float(beta.ppf(upper, self.bad + 1, self.tried - self.bad))


@dataclass(slots=True)
class Tally:
    """Counts the cases of one fault while they run."""

    fault: Fault
    tried: int = 0
    bad: list[str] = field(default_factory=list)

    def count(self, case: str, harm: str = "") -> None:
        """One more case; `harm` says what went wrong in it, if anything did."""
        self.tried += 1
        if harm:
            self.bad.append(f"{case}: {harm}")

    def row(self, note: str = "") -> Row:
        """What came of it all."""
        told = [*([note] if note else []), *(f"BAD {bad}" for bad in self.bad[:SHOWN])]
        return Row(self.fault.number, self.fault.name, self.tried, len(self.bad), "; ".join(told))


def chance(fault: Fault, seed: int, case: int) -> random.Random:
    """A source of chance for one case, so that any case can be repeated by itself."""
    return random.Random(f"{fault.number}:{seed}:{case}")

"""A quantity of a text, and a number that counts nothing: what `quantities` reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Qualifier = Literal["exact", "about", "more than", "at least", "nearly", "at most", "less than"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text.

    Attributes:
        start, end: character offsets of the whole expression, qualifier and unit included; end is
            exclusive.
        value: 'about 2.3 million' is 2300000.0; of a range its middle; of a plural ('tens of
            thousands') its least; of a share ('a third of') its per cent.
        low, high: the values that the words allow, both included; `math.inf` where it is open.
        qualifier: 'exact' where nothing qualifies it.
        unit: '%', '$', 'km', 'week', …, singular; '' where it is a plain count.
        counted: the noun phrase that is counted, lower-cased ('palestinian prisoners'), or ''.
        grain: the step at which it is written: 100.0 of '1,200', 100000.0 of '2.3 million'.
    """

    start: int
    end: int
    value: float
    low: float
    high: float
    qualifier: Qualifier
    unit: str
    counted: str
    grain: float = 1.0


@dataclass(frozen=True, slots=True)
class Designation:
    """A number that counts nothing: of a thing's name, of a row, of the clock.

    Attributes:
        start, end: character offsets; end is exclusive.
        value: 'tenth' is 10.0, 'Resolution 2728' is 2728.0, '5:30 PM' is 17.5.
        kind: what it does.
    """

    start: int
    end: int
    value: float
    kind: Literal["label", "ordinal", "time"]

"""What news may say of a figure: 'about 1,200' of 1,160, but never '13 million' of 12.5 million."""

from __future__ import annotations

import math

from corpus.content.quantity import Qualifier, Quantity
from corpus.content.units import DURATIONS, canonical_unit

_OPPOSED = {
    "more than": {"less than", "at most", "nearly"},
    "at least": {"less than", "at most", "nearly"},
    "less than": {"more than", "at least"},
    "at most": {"more than", "at least"},
    "nearly": {"more than", "at least"},
    "about": {"less than", "at most"},
    "exact": {"less than", "at most"},
}
"""What may not be said of the same figure: 'up to 500' is not '500', and 'over' is not 'under'."""


def agrees(said: Quantity, source: Quantity) -> bool:
    """Whether what is said of a figure is what news may say of the source's figure.

    'About 1,200' may be said of 1,160, 'more than 32,000' of 32,414, 'nearly 33,000' of 32,900;
    '13 million' may not be said of 12.5 million. What is counted is not compared.
    """
    factor = _same_unit(said.unit, source.unit)
    if factor is None:
        return False
    low, high, value = source.low * factor, source.high * factor, source.value * factor
    if said.low == said.high and source.low < source.high and source.qualifier == "exact":
        return source.unit == "%" and low <= said.value <= high
    if math.isclose(said.value, value, rel_tol=1e-9):
        return _same_value(said, source.qualifier)
    if low < high < math.inf and source.qualifier in ("exact", "about") and source.low > 0:
        return said.low <= high and low <= said.high and _covers(said, low, high)
    if source.qualifier not in ("exact", "about"):
        # 'At least 63' rounds to 'more than 60' as 63 does, but not to the other side of it.
        alike = (("more than", "at least"), ("less than", "at most"), ("nearly",))
        return any({source.qualifier, said.qualifier} <= set(each) for each in alike) and _rounds(
            said, value
        )
    return _rounds(said, value)


def _same_value(said: Quantity, qualifier: Qualifier) -> bool:
    if said.qualifier == qualifier:
        return True
    if said.qualifier in ("more than", "less than", "nearly"):
        # Of exactly 40 it is not true to say 'more than 40'.
        return {said.qualifier, qualifier} in ({"more than", "at least"}, {"less than", "at most"})
    return qualifier not in _OPPOSED[said.qualifier]


def _covers(said: Quantity, low: float, high: float) -> bool:
    """Whether what is said allows what a source tells as a range or as 'about'."""
    if said.qualifier == "exact" and said.low == said.high:
        return _rounds(said, (low + high) / 2)
    if said.qualifier in ("more than", "at least"):
        return low >= said.value and low - said.value <= said.grain
    if said.qualifier in ("less than", "at most"):
        return high <= said.value and said.value - high <= said.grain
    return said.low <= (low + high) / 2 <= said.high


def _rounds(said: Quantity, value: float) -> bool:
    """Whether news may round `value` to what is said."""
    step = max(said.grain, value / 20)
    if said.qualifier in ("more than", "at least"):
        return said.value <= value <= said.value + step and (
            value > said.value or said.qualifier == "at least"
        )
    if said.qualifier in ("less than", "at most"):
        return said.value - step <= value <= said.value
    if said.qualifier in ("about", "nearly") or said.low < said.high:
        return said.low <= value <= said.high
    # Without a word that says so only what is plainly a rounding: a coarser step, half a per cent.
    near = abs(said.value - value) <= min(said.grain / 2, 0.005 * value)
    whole_per_cent = said.unit == "%" and value % 1 != 0 and abs(said.value - value) <= 0.5
    return (near and said.grain >= 10) or (whole_per_cent and said.value % 1 == 0)


def _same_unit(said: str, source: str) -> float | None:
    """What to multiply the source's value by to have it in the unit that is said; None if never."""
    if canonical_unit(said) == canonical_unit(source):
        return 1.0
    if said in DURATIONS and source in DURATIONS:
        # Days make weeks and months years exactly; days make months only about.
        if (DURATIONS[said][0]) == DURATIONS[source][0]:
            return DURATIONS[source][1] / DURATIONS[said][1]
        return None
    if not said or not source:
        # 'Of 97, 33 were' leaves out what an earlier figure had: a bare number is not another.
        return 1.0 if {said, source} & {"", "$", "£", "€"} == {said, source} else None
    return None

"""How numbers stand in the text and the plots of a page.

A minus is the true minus sign, a number and its unit stay on one line, and a share is told as a
percentage.
"""

from __future__ import annotations

from evals.metrics.base import Unit
from evals.statistics import Estimate

NOTHING = "–"
_SPACE = "\u00a0"
_UNITS: dict[Unit, str] = {"share": "%", "seconds": "s", "tokens": "tokens"}


def percent(share: float, places: int = 0) -> str:
    """'62 %' of 0.62; with `places` decimals."""
    return f"{share * 100:.{places}f}{_SPACE}%".replace("-", "−")


def amount(value: float) -> str:
    """A number of no fixed scale, to three figures where it is small: '0.012', '4.53', '1,204'."""
    size = abs(value)
    places = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 or size == 0 else 3
    return f"{value:,.{places}f}".replace("-", "−")


def plain(value: float, unit: Unit) -> str:
    """A value without its unit: '62.0' of a share of 0.62."""
    return f"{value * 100:.1f}".replace("-", "−") if unit == "share" else amount(value)


def signed(value: float, unit: Unit) -> str:
    """As `plain`, with a plus before what is not negative."""
    text = plain(value, unit)
    return text if text.startswith("−") else f"+{text}"


def with_unit(text: str, unit: Unit, *, gap: bool = False) -> str:
    """A number with its unit; the gap between two shares is told in points, not per cent."""
    return f"{text}{_SPACE}{'points' if gap and unit == 'share' else _UNITS[unit]}"


def value(found: Estimate, unit: Unit) -> str:
    """'62.0 %', or a dash where nothing was scored."""
    return NOTHING if found.value is None else with_unit(plain(found.value, unit), unit)


def interval(found: Estimate, unit: Unit) -> str:
    """'50.1 to 73.4', in the unit of the value, or a dash where nothing was scored."""
    if found.low is None or found.high is None:
        return NOTHING
    return f"{plain(found.low, unit)} to {plain(found.high, unit)}"


def gain(found: Estimate, unit: Unit) -> str:
    """'+3.1 points', or a dash where the two have nothing to compare."""
    return NOTHING if found.value is None else with_unit(signed(found.value, unit), unit, gap=True)


def gain_interval(found: Estimate, unit: Unit) -> str:
    """'−2.0 to +8.2', or a dash."""
    if found.low is None or found.high is None:
        return NOTHING
    return f"{signed(found.low, unit)} to {signed(found.high, unit)}"


def p_value(p: float) -> str:
    """'0.031', or '< 0.001': below that, a drawn test tells no more."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """'1 question', '2 questions'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"

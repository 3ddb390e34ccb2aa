"""Plots of shares with their intervals: one on a line, a bar for each kind, differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.html.figures import interval, percent, value
from evals.html.svg import WIDTH, Drawing, Scale, ticks
from evals.html.text import shortened
from evals.statistics import Estimate

_LABEL = 16
"""Characters of a label at the left of a bar: what fits there."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar plot: its name and its estimate as a share."""

    name: str
    found: Estimate


@dataclass(frozen=True, slots=True)
class Gap:
    """One row of a forest plot.

    Attributes:
        gain: the difference of shares, turned so that more is better for the first system.
    """

    name: str
    gain: Estimate


def whisker(found: Estimate) -> Markup:
    """A share and its interval on a line from 0 to 1, for a cell beside the same numbers."""
    if found.value is None or found.low is None or found.high is None:
        return Markup("")
    low, high, at = (f"{2 + 96 * share:.1f}" for share in (found.low, found.high, found.value))
    return Markup(
        '<svg class="whisker" viewBox="0 0 100 14" aria-hidden="true">'
        '<line class="grid" x1="2" y1="7" x2="98" y2="7"/>'
        '<line class="grid" x1="50" y1="4" x2="50" y2="10"/>'
        '<line class="interval" x1="{}" y1="7" x2="{}" y2="7"/>'
        '<circle class="mark" cx="{}" cy="7" r="3"/></svg>'
    ).format(low, high, at)


def kind_bars(bars: Sequence[Bar], key: str, means: str) -> Markup:
    """A bar for each kind with its interval; the value and n in figures at its end.

    Args:
        bars: those with a value are drawn, at least one.
        means: what the share is a share of: 'right'.
    """
    scored = [bar for bar in bars if bar.found.value is not None]
    told = "; ".join(f"{b.name} {value(b.found, 'share')} of {b.found.n}" for b in scored)
    row, top = 24.0, 8.0
    bottom = top + row * len(scored)
    drawing = Drawing(key, f"Share {means} by kind of question", told, bottom + 40)
    across = Scale(0.0, 1.0, 104.0, 272.0)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = across(share)
        drawing.line((x, top), (x, bottom), "grid")
        drawing.text((x, bottom + 15), percent(share), "tick", "middle")
    for place, bar in enumerate(scored):
        y = top + row * (place + 0.5)
        _kind_bar(drawing, across, y, bar)
    drawing.line((across.start, top), (across.start, bottom), "axis")
    drawing.text(
        ((across.start + across.end) / 2, bottom + 33),
        f"{means}, with 95 % interval",
        "name",
        "middle",
    )
    return drawing.markup()


def _kind_bar(drawing: Drawing, across: Scale, y: float, bar: Bar) -> None:
    found = bar.found
    if found.value is None or found.low is None or found.high is None:
        return
    words = f"{bar.name}: {value(found, 'share')} [{interval(found, 'share')}], n {found.n}"
    with drawing.tip(words):
        drawing.text((96, y + 4), shortened(bar.name, _LABEL), "label", "end")
        drawing.box(across.start, y - 7, across(found.value) - across.start, 14, "bar")
        drawing.line((across(found.low), y), (across(found.high), y), "interval")
        for end in (found.low, found.high):
            drawing.line((across(end), y - 4), (across(end), y + 4), "interval")
        drawing.text((318, y + 4), percent(found.value), "label", "end")
        drawing.text((WIDTH - 2, y + 4), f"n {found.n}", "tick", "end")


def forest_plot(gaps: Sequence[Gap], first: str, second: str, key: str) -> Markup:
    """Differences with their intervals about a line at none; right of it the first is better.

    A square is filled where the interval leaves out 0, and open where it does not.
    """
    scored = [gap for gap in gaps if gap.gain.value is not None]
    told = "; ".join(f"{g.name} {_points(g.gain)}" for g in scored)
    widest = max(abs(end) for g in scored for end in (g.gain.low or 0, g.gain.high or 0))
    limit = max(0.02, widest * 1.05)
    row, top = 22.0, 24.0
    bottom = top + row * len(scored)
    drawing = Drawing(key, f"Differences of {first} and {second}", told, bottom + 40)
    across = Scale(-limit, limit, 132.0, 318.0)
    zero = across(0.0)
    drawing.text((zero - 6, 12), f"◂ {shortened(second, 26)} better", "name", "end")
    drawing.text((zero + 6, 12), f"{shortened(first, 14)} better ▸", "name")
    for points in ticks(-limit * 100, limit * 100, 4):
        x = across(points / 100)
        drawing.line((x, top), (x, bottom), "grid")
        words = f"{points:+g}".replace("-", "−") if points else "0"
        drawing.text((x, bottom + 15), words, "tick", "middle")
    drawing.line((zero, top), (zero, bottom), "axis")
    for place, gap in enumerate(scored):
        _forest_row(drawing, across, top + row * (place + 0.5), gap)
    drawing.text((zero, bottom + 33), "difference in points, with 95 % interval", "name", "middle")
    return drawing.markup()


def _forest_row(drawing: Drawing, across: Scale, y: float, gap: Gap) -> None:
    gain = gap.gain
    if gain.value is None or gain.low is None or gain.high is None:
        return
    sure = gain.low > 0 or gain.high < 0
    with drawing.tip(f"{gap.name}: {_points(gain)}, n {gain.n}"):
        drawing.text((across.start - 10, y + 4), shortened(gap.name, 21), "label", "end")
        drawing.text((WIDTH - 2, y + 4), f"n {gain.n}", "tick", "end")
        drawing.line((across(gain.low), y), (across(gain.high), y), "interval")
        for end in (gain.low, gain.high):
            drawing.line((across(end), y - 4), (across(end), y + 4), "interval")
        drawing.box(across(gain.value) - 4, y - 4, 8, 8, "mark" if sure else "mark open")


def _points(gain: Estimate) -> str:
    if gain.value is None or gain.low is None or gain.high is None:
        return "nothing to compare"
    value, low, high = (
        f"{share * 100:+.1f}".replace("-", "−") for share in (gain.value, gain.low, gain.high)
    )
    return f"{value} points [{low} to {high}]"

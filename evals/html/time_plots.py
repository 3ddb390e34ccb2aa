"""Plots of seconds: what each stage takes, and how the whole answers spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from evals.html.figures import amount, counted
from evals.html.svg import WIDTH, Drawing, Frame, Scale, ticks
from evals.html.text import shortened
from evals.stages import Stage

MOST_BARS = 24
"""Bars of a histogram; more would be thinner than the gap between them."""

_LABEL = 16
"""Characters of a label at the left of a bar: what fits there."""


def stage_plot(stages: Sequence[Stage], key: str) -> Markup:
    """Median seconds of each stage, each bar starting where the one before it ends."""
    whole = sum(stage.median for stage in stages)
    told = "; ".join(f"{stage.name} {amount(stage.median)} s" for stage in stages)
    row, top = 24.0, 8.0
    bottom = top + row * len(stages)
    drawing = Drawing(key, "Median seconds of each stage", told, bottom + 40)
    across = Scale(0.0, whole or 1.0, 76.0, 300.0)
    for seconds in ticks(across.low, across.high, 4):
        x = across(seconds)
        drawing.line((x, top), (x, bottom), "grid")
        drawing.text((x, bottom + 15), f"{seconds:g}", "tick", "middle")
    begun = 0.0
    for place, stage in enumerate(stages):
        y = top + row * (place + 0.5)
        left, right = across(begun), across(begun + stage.median)
        begun += stage.median
        with drawing.tip(
            f"{stage.name}: median {amount(stage.median)} s, 95 % within {amount(stage.p95)} s, "
            f"n {stage.n}"
        ):
            drawing.text((68, y + 4), shortened(stage.name, _LABEL), "label", "end")
            drawing.box(left, y - 7, max(right - left, 1.0), 14, "bar")
            drawing.text((WIDTH - 2, y + 4), f"{amount(stage.median)} s", "label", "end")
        if place + 1 < len(stages):
            drawing.line((right, y + 7), (right, y + row - 7), "axis")
    drawing.line((across.start, top), (across.start, bottom), "axis")
    drawing.text(((across.start + across.end) / 2, bottom + 33), "seconds", "name", "middle")
    return drawing.markup()


def time_plot(seconds: Sequence[float], key: str) -> Markup:
    """How long the answers took: a histogram with the median and the 95th percentile.

    Args:
        seconds: of each answer, at least one.
    """
    values = np.asarray(seconds, dtype=np.float64)
    edges = _edges(values)
    counts, _ = np.histogram(values, bins=edges)
    median, p95 = (float(np.percentile(values, share)) for share in (50, 95))
    told = (
        f"{counted(len(values), 'answer')}: median {amount(median)} s, 95 % within "
        f"{amount(p95)} s, the slowest {amount(float(values.max()))} s."
    )
    drawing = Drawing(key, "Seconds of a whole answer", told, 250)
    across = Scale(float(edges[0]), float(edges[-1]), 44.0, 348.0)
    up = Scale(0.0, float(counts.max()), 206.0, 42.0)
    Frame(across, up, "seconds of a whole answer", "answers", _plainly, _plainly).draw(drawing)
    for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True):
        with drawing.tip(f"{amount(float(low))} to {amount(float(high))} s: {int(count)}"):
            left, width = across(float(low)), across(float(high)) - across(float(low))
            y = up(float(count))
            drawing.box(left + 0.5, y, width - 1, up(0) - y, "bar")
    for at, words, y in ((median, "median", 30.0), (p95, "95th percentile", 18.0)):
        x = across(at)
        anchor = "start" if x < 200 else "end"
        drawing.line((x, y + 2), (x, up.start), "rule")
        drawing.text(
            (x + (4 if anchor == "start" else -4), y + 4),
            f"{words} {amount(at)} s",
            "label",
            anchor,
        )
    return drawing.markup()


def _edges(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Edges of bins from 0 to beyond the slowest, as many as numpy's own rule finds fit."""
    high = float(values.max()) or 1.0
    wanted = len(np.histogram_bin_edges(values, bins="auto")) - 1 if len(values) > 1 else 4
    return np.linspace(0.0, high * 1.02, min(max(wanted, 4), MOST_BARS) + 1)


def _plainly(number: float) -> str:
    return f"{number:g}"

"""Plots that hold confidence against what came true: risk and coverage, and calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from evals.curves import Bin, RiskPoint
from evals.html.figures import percent
from evals.html.svg import Drawing, Frame, Point, Scale
from evals.statistics import CONFIDENCE

MOST_POINTS = 240
"""Points of a curve; more would lie on one another."""


def wilson(right: int, n: int) -> tuple[float, float]:
    """95 % interval of a share counted from n ≥ 1 items.

    Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927): holds for
    the few items of one bar, where a bootstrap does not.
    """
    # Imported here, because scipy.stats takes longer to load than the rest of the command line.
    from scipy.stats import binomtest

    found = binomtest(right, n).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def risk_plot(points: Sequence[RiskPoint], asked: int, key: str) -> Markup:
    """Share wrong against share answered, the surest first, with a band of intervals.

    Args:
        points: of `evals.curves.risk_coverage`, at least one.
        asked: the questions that coverage is a share of.
    """
    last = points[-1]
    thin = _thinned(points)
    band = [_risk_interval(point, asked) for point in thin]
    # The first few answers alone have intervals so wide that they would press the curve flat.
    settled = [b[1] for p, b in zip(thin, band, strict=True) if p.coverage >= last.coverage / 4]
    ceiling = min(1.0, math.ceil(max([*settled, *(p.risk for p in thin), 0.1]) * 10) / 10)
    told = (
        f"All {percent(last.coverage)} of questions that got an answer: "
        f"{percent(last.risk)} of them wrong. The surest half of these: "
        f"{percent(_at(points, last.coverage / 2).risk)} wrong."
    )
    drawing = Drawing(key, "Risk against coverage", told, 250)
    across, up = Scale(0.0, 1.0, 44.0, 348.0), Scale(0.0, ceiling, 206.0, 28.0)
    drawing.clip(across.start, up.end, across.end, up.start)
    Frame(across, up, "share of questions answered", "wrong among them", percent, percent).draw(
        drawing
    )
    places: list[Point] = [(across(p.coverage), up(p.risk)) for p in thin]
    edges = [(low, min(high, ceiling)) for low, high in band]
    drawing.area(
        [(x, up(high)) for (x, _), (_, high) in zip(places, edges, strict=True)],
        [(x, up(low)) for (x, _), (low, _) in zip(places, edges, strict=True)],
        "band",
    )
    drawing.path(places, "curve")
    for point, place in zip(thin, places, strict=True):
        with drawing.tip(
            f"confidence ≥ {point.threshold:.2f}: {percent(point.coverage)} answered, "
            f"{percent(point.risk)} of them wrong"
        ):
            drawing.dot(place, 2.5 if len(thin) <= 60 else 1.5, "point")
    drawing.dot(places[-1], 4.5, "mark")
    x, y = places[-1]
    above = y - 12 if y - 12 > up.end else y + 20
    drawing.text(
        (min(x + 4, 348), above), f"as run: {percent(last.risk)} wrong", "label halo", "end"
    )
    return drawing.markup()


def _risk_interval(point: RiskPoint, asked: int) -> tuple[float, float]:
    answered = round(point.coverage * asked)
    return wilson(round(point.risk * answered), answered)


def _thinned(points: Sequence[RiskPoint]) -> list[RiskPoint]:
    """At most `MOST_POINTS` of the points, evenly drawn, the first and the last among them."""
    if len(points) <= MOST_POINTS:
        return list(points)
    return [points[int(at)] for at in np.linspace(0, len(points) - 1, MOST_POINTS).round()]


def _at(points: Sequence[RiskPoint], coverage: float) -> RiskPoint:
    """The first point that covers at least so much."""
    return next((point for point in points if point.coverage >= coverage - 1e-9), points[-1])


def at_coverages(
    points: Sequence[RiskPoint], shares: Sequence[float] = (0.25, 0.5, 0.75, 1.0)
) -> list[tuple[float, RiskPoint]]:
    """The curve in figures: (share of the answers given, the point that first covers it)."""
    return [(share, _at(points, share * points[-1].coverage)) for share in shares]


def reliability_plot(
    bars: Sequence[Bin],
    error: float,
    key: str,
    *,
    across: str = "confidence of the system",
    up: str = "right",
) -> Markup:
    """Share right against confidence: a bar for each bin, n on it, and the diagonal of trust.

    Args:
        bars: of `evals.curves.reliability`, at least one.
        error: their expected calibration error.
        across, up: what the axes are called.
    """
    told = f"Expected calibration error {error:.3f}. " + "; ".join(
        f"{bar.low:.1f} to {bar.high:.1f}: {percent(bar.right)} {up} of {bar.n}" for bar in bars
    )
    drawing = Drawing(key, f"Share {up} against {across}", told, 260)
    x, y = Scale(0.0, 1.0, 44.0, 348.0), Scale(0.0, 1.0, 216.0, 46.0)
    Frame(x, y, across, up, _share, percent).draw(drawing)
    drawing.text((38, y.end - 8), "n", "tick", "end")
    for bar in bars:
        low, high = wilson(round(bar.right * bar.n), bar.n)
        left, right = x(bar.low) + 1.5, x(bar.high) - 1.5
        middle = (left + right) / 2
        with drawing.tip(
            f"{across} {bar.low:.1f} to {bar.high:.1f} (mean {bar.confidence:.2f}): "
            f"{percent(bar.right)} {up} [{percent(low)} to {percent(high)}], n {bar.n}"
        ):
            drawing.box(left, y(bar.right), right - left, y(0) - y(bar.right), "bar")
            drawing.line((left, y(bar.right)), (right, y(bar.right)), "top")
            drawing.line((middle, y(low)), (middle, y(high)), "interval")
            drawing.text((middle, y.end - 8), str(bar.n), "tick", "middle")
    drawing.line((x(0), y(0)), (x(1), y(1)), "diagonal")
    return drawing.markup()


def _share(share: float) -> str:
    return f"{share:.1f}"

"""A timeline as a picture: a table for Gradio's own plots, and an SVG that needs nothing else.

Neither matplotlib nor plotly is installed with Dateline. Gradio draws `frame` itself
(`gradio.LinePlot`), and shows the SVG in `gradio.HTML`; it carries no script and follows the
reader's light or dark colours.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rag.timeline.about import read_about
from rag.timeline.figures import Figure
from rag.timeline.series import in_series
from rag.timeline.timeline import Timeline

if TYPE_CHECKING:
    import pandas

_WIDTH, _HEIGHT = 640.0, 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 76.0, 16.0, 40.0, 44.0
_TICKS = 4
_MARKS = ("circle", "square", "triangle", "diamond")
_DASHES = ("", "6 3", "2 3", "8 3 2 3")
"""Series differ by the form of their marks and lines too, so that nothing rests on colour."""


def frame(timeline: Timeline) -> pandas.DataFrame:
    """One row a dated figure: day, value, what, by, where, series, outlet, quote.

    For `gradio.LinePlot(value=…, x="day", y="value", color="series")`.
    """
    import pandas

    rows = [
        {
            "day": pandas.Timestamp(one.as_of),
            "value": one.value,
            "what": one.what,
            "by": one.source,
            "where": one.where,
            "series": _series_name(series[0]),
            "outlet": one.citation.article.outlet_name,
            "quote": one.citation.quote,
        }
        for series in _series(timeline)
        for one in series
        if one.as_of
    ]
    columns = ["day", "value", "what", "by", "where", "series", "outlet", "quote"]
    return pandas.DataFrame(rows, columns=columns)


def plot(timeline: Timeline) -> str:
    """The dated figures as an SVG, value over days; '' where fewer than two days have one.

    Every word of an article is escaped. Figures that conflict with others are ringed.
    """
    series = [dated for each in _series(timeline) if (dated := [one for one in each if one.as_of])]
    days = sorted({one.as_of for each in series for one in each if one.as_of})
    if len(days) < 2:
        return ""
    top = max(one.value for each in series for one in each) or 1.0
    ringed = {id(one) for conflict in timeline.conflicts for one in conflict.figures}
    parts = [_head(timeline, days), *_axes(days, top)]
    for at, each in enumerate(series):
        parts += _drawn(each, at, days, top, ringed)
    parts += _legend(series)
    return "".join([*parts, "</svg>"])


def _head(timeline: Timeline, days: Sequence[date]) -> str:
    told = "; ".join(f"{one.day_label}: {one.expression}" for one in timeline.rows if one.as_of)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
        f'width="100%" font-family="system-ui, sans-serif" font-size="12" fill="currentColor" '
        f'stroke="none"><title>{html.escape(timeline.about)}, {days[0]} to {days[-1]}</title>'
        f"<desc>{html.escape(told)}</desc>"
    )


def _axes(days: Sequence[date], top: float) -> list[str]:
    parts = []
    for step in range(_TICKS + 1):
        value = top * step / _TICKS
        y = _y(value, top)
        parts.append(
            f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" '
            f'stroke="currentColor" stroke-opacity="0.2"/>'
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_short(value)}</text>'
        )
    span = (days[-1] - days[0]).days
    for step in range(_TICKS + 1 if span >= _TICKS else 2):
        day = days[0] + timedelta(days=round(span * step / (_TICKS if span >= _TICKS else 1)))
        anchor = "start" if step == 0 else "end" if day == days[-1] else "middle"
        parts.append(
            f'<text x="{_x(day, days):.1f}" y="{_HEIGHT - _BOTTOM + 20:.1f}" '
            f'text-anchor="{anchor}">{day}</text>'
        )
    return parts


def _drawn(
    series: Sequence[Figure], at: int, days: Sequence[date], top: float, ringed: set[int]
) -> list[str]:
    points = [(_x(one.as_of, days), _y(one.value, top), one) for one in series if one.as_of]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    dash = f' stroke-dasharray="{_DASHES[at % 4]}"' if _DASHES[at % 4] else ""
    parts = [
        f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-opacity="0.6"{dash}/>'
    ]
    for x, y, one in points:
        label = html.escape(f"{one.day_label}: {one.expression} ({one.source})")
        ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="currentColor"/>'
        parts.append(
            f"<g><title>{label}</title>{ring if id(one) in ringed else ''}{_mark(at, x, y)}</g>"
        )
    return parts


def _mark(at: int, x: float, y: float) -> str:
    kind = _MARKS[at % len(_MARKS)]
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    if kind == "square":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    if kind == "triangle":
        return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z"/>'
    return f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'


def _legend(series: Sequence[Sequence[Figure]]) -> list[str]:
    parts = []
    for at, each in enumerate(series[: len(_MARKS)]):
        x, y = _LEFT + (at % 2) * 270, 12.0 + (at // 2) * 16
        name = html.escape(_series_name(each[0]))
        parts.append(f'{_mark(at, x, y)}<text x="{x + 12}" y="{y + 4}">{name}</text>')
    return parts


def _series(timeline: Timeline) -> list[list[Figure]]:
    return in_series(timeline.rows, one_subject=bool(read_about(timeline.about).terms))


def _series_name(figure: Figure) -> str:
    name = figure.what + (f", {figure.where}" if figure.where else "")
    return f"{name} ({figure.quantity.unit})" if figure.quantity.unit else name


def _x(day: date | None, days: Sequence[date]) -> float:
    span = (days[-1] - days[0]).days or 1
    passed = ((day or days[0]) - days[0]).days
    return _LEFT + 10 + passed / span * (_WIDTH - _LEFT - _RIGHT - 20)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)


def _short(value: float) -> str:
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if value >= size:
            return f"{value / (1e3 if letter == 'k' else size):,.3g}{letter}"
    return f"{value:,.3g}"

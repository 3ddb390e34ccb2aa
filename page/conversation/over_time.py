"""Figures over time in an answer: a plot whose every point is cited, a table, and conflicts.

The plot is made of boxes whose places are percentages: Gradio's sanitiser takes the `viewBox` from
an SVG, its own plots need scripts that the page's policy forbids, and a box can be a link. Figures
are points on stems, not a line: between two reports nobody counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from page.drawing.cited import marker_html, note_html
from page.drawing.markup import count, long_date, plain, shortened
from page.drawing.places import Place
from rag.timeline import Conflict, Figure, Timeline
from rag.timeline.about import read_about
from rag.timeline.series import in_series

MOST_SERIES = 4
"""As many forms of points as can be told apart without colour."""
MOST_POINTS = 48
"""Newest first; more would lie on one another in a column of 40 rem."""
_FORMS = ("dot", "square", "triangle", "diamond")
_MOST_TICKS = 4
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Series:
    """Dated figures that count one thing.

    Attributes:
        name: what they count, with place and unit.
        figures: oldest first.
    """

    name: str
    figures: tuple[Figure, ...]


def series_of(timeline: Timeline) -> tuple[Series, ...]:
    """What the plot shows: the series with the most dated figures, at most `MOST_SERIES`."""
    one_subject = bool(read_about(timeline.about).terms)
    found = []
    for figures in in_series(timeline.rows, one_subject=one_subject):
        dated = tuple(one for one in figures if one.as_of)[-MOST_POINTS:]
        if dated:
            found.append(Series(_name(dated[0]), dated))
    return tuple(sorted(found, key=lambda one: -len(one.figures))[:MOST_SERIES])


def timeline_html(timeline: Timeline, seen_from: date) -> str:
    """The plot, where there are figures of two days or more, and the table of all figures."""
    if not timeline.rows:
        return ""
    rows = "".join(_row(one, seen_from) for one in timeline.rows)
    table = (
        '<div class="dl-scroll"><table><thead><tr><th>Day</th><th>Figure</th><th>Of what</th>'
        f"<th>Whose count</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    summary = f"{count(len(timeline.rows), 'figure')}, each with its source"
    return (
        '<section class="dl-over-time"><h3>Figures over time</h3>'
        f"{plot_html(series_of(timeline), timeline.conflicts, seen_from)}"
        f"<details><summary>{summary}</summary>{table}</details></section>"
    )


def plot_html(series: Sequence[Series], conflicts: Sequence[Conflict], seen_from: date) -> str:
    """Points on stems, value over days; '' where fewer than two days have a figure."""
    days = sorted({one.as_of for each in series for one in each.figures if one.as_of})
    if len(days) < 2:
        return ""
    step, ticks = ticks_to(max(one.value for each in series for one in each.figures))
    top = step * ticks
    ringed = {_key(one) for conflict in conflicts for one in conflict.figures}
    points = [
        _point(one, form, days, top, _key(one) in ringed, seen_from)
        for each, form in zip(series, _FORMS, strict=False)
        for one in each.figures
    ]
    lines = "".join(
        f'<span class="dl-tick" style="bottom:{tick / ticks:.1%}">'
        f"<span>{_short(step * tick)}</span></span>"
        for tick in range(ticks + 1)
    )
    key = "".join(
        f'<li><span class="dl-form dl-form-{form}"></span>{plain(each.name)}</li>'
        for each, form in zip(series, _FORMS, strict=False)
    )
    rings = (
        '<li><span class="dl-form dl-form-dot dl-ringed"></span>sources differ</li>'
        if ringed
        else ""
    )
    return (
        f'<ul class="dl-key">{key}{rings}</ul><div class="dl-plot">{lines}{"".join(points)}</div>'
        f'<p class="dl-axis"><span>{long_date(days[0])}</span>'
        f"<span>{long_date(days[-1])}</span></p>"
    )


_LEAST = 1e-9
"""Below it there is nothing to draw: no article counts so finely."""


def ticks_to(top: float) -> tuple[float, int]:
    """A round step and how many of it reach up to `top`, at most four."""
    if top < _LEAST:
        return 1.0, 1
    size = 10.0 ** math.floor(math.log10(top / _MOST_TICKS))
    step = next(size * each for each in _ROUND if size * each * _MOST_TICKS >= top)
    return step, math.ceil(top / step)


def conflicts_html(conflicts: Sequence[Conflict], seen_from: date) -> str:
    """Each conflict with its figures side by side, each in its source's words."""
    if not conflicts:
        return ""
    told = "".join(
        f'<div class="dl-conflict"><h4>{plain(one.what)}</h4><div class="dl-sides">'
        + "".join(_side(figure, seen_from) for figure in one.figures)
        + "</div></div>"
        for one in conflicts
    )
    return f'<section class="dl-conflicts"><h3>≠ The sources differ</h3>{told}</section>'


def _side(figure: Figure, seen_from: date) -> str:
    quote = shortened(figure.citation.quote, 260)
    return (
        f'<div class="dl-side"><p class="dl-value">{plain(figure.expression)}</p>'
        f'<p class="dl-whose">{plain(figure.source)}, {plain(figure.day_label)}'
        f'{marker_html(figure.citation, seen_from)}</p><q dir="auto">{plain(quote)}</q></div>'
    )


def _row(figure: Figure, seen_from: date) -> str:
    notes = [figure.what, figure.where]
    if figure.is_part:
        notes.append("a part of another figure")
    if figure.is_more:
        notes.append("on top of another figure")
    return (
        f"<tr><td>{plain(figure.day_label)}</td>"
        f"<td>{plain(figure.expression)}{marker_html(figure.citation, seen_from)}</td>"
        f"<td>{plain(', '.join(filter(None, notes)))}</td><td>{plain(figure.source)}</td></tr>"
    )


def _point(
    figure: Figure, form: str, days: Sequence[date], top: float, is_ringed: bool, seen_from: date
) -> str:
    assert figure.as_of is not None
    left = (figure.as_of - days[0]).days / (days[-1] - days[0]).days
    height = max(0.0, figure.value / top)
    ring = " dl-ringed" if is_ringed else ""
    # A note that opens to the left of its point stays inside the column.
    side = " dl-leftwards" if left > 0.5 else ""
    told = f"{figure.day_label}: {figure.expression} ({figure.source})"
    return (
        f'<span class="dl-ref dl-stem{side}" style="left:{left:.1%};height:{height:.1%}">'
        f'<a class="dl-point dl-form dl-form-{form}{ring}" href="#{Place.of(figure.citation)}">'
        f'<span class="dl-unseen">{plain(told)}</span></a>'
        f"{note_html(figure.citation, seen_from, told)}</span>"
    )


def _name(figure: Figure) -> str:
    name = ", ".join(filter(None, (figure.what, figure.where)))
    return f"{name} ({figure.quantity.unit})" if figure.quantity.unit else name


def _key(figure: Figure) -> tuple[str, int, float]:
    return figure.citation.article.id, figure.quantity.start, figure.value


def _short(value: float) -> str:
    """'41k', '2.5m': round figures for the lines of the plot."""
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if value >= size:
            return f"{value / (1e3 if letter == 'k' else size):,.3g}{letter}"
    return f"{value:,.3g}"

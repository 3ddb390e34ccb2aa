"""Questions of change: the two ends of a count and their difference, or the figures there are.

A change is computed from two quoted figures of two days that are asked for. Where the articles
date fewer, the figures of what is asked for are quoted as they are, and it is said what lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rag.answer import Refusal
from rag.answering.work import Work
from rag.checking.citation import Citation
from rag.events import Event
from rag.finding.evidence import Evidence
from rag.timeline.changes import signed
from rag.timeline.figures import Figure
from rag.timeline.series import in_series
from rag.timeline.timeline import Timeline

_MOST_TOLD = 3
"""Figures that are quoted where no change can be computed: what a reader takes in at a glance."""


def tell_change(work: Work, found: Timeline) -> Iterator[Event]:
    """Quotes the first and the last figure and computes what lies between them; else quotes the
    figures of what is asked for and fills in `work.correction`."""
    ends = _first_and_last(work, found)
    if ends is None:
        yield from _tell_what_there_is(work, found)
        return
    before, after = ends
    difference = after.value - before.value
    work.short = signed(difference) if difference else "no change"
    work.working = (
        f"from {before.expression} ({before.day_label}) to {after.expression} ({after.day_label})"
    )
    yield from work.quote(before.citation)
    yield from work.quote(after.citation)


def outside_days(work: Work) -> Refusal | None:
    """A refusal where figures of what is asked for are read, and all that have a day are of others.

    One without a day tells nothing about days that are not those of its fellows.
    """
    window = work.understanding.period
    if work.timeline is None or work.understanding.kind != "change" or window is None:
        return None
    read = [one for one in in_series(work.timeline.rows) if _read_articles(work, one)]
    if any(one.as_of and window.admits(one.as_of) for series in read for one in series):
        return None
    dated = [one for one in _nearest_series(work, work.timeline) if one.as_of]
    if not dated:
        return None
    days = ", ".join(dict.fromkeys(one.day_label for one in dated))
    return Refusal(
        "outside_dates",
        f"The articles give no figure of this for the days that are asked for; those that they "
        f"give are of {days}.",
    )


def _first_and_last(work: Work, found: Timeline) -> tuple[Figure, Figure] | None:
    """The ends of the series that the evidence is about, within the days that are asked for."""
    best: list[Figure] = []
    shared = 0
    for series in in_series(found.rows):
        dated = [one for one in series if one.as_of and _is_asked(work, one.as_of)]
        if len({one.as_of for one in dated}) < 2:
            continue
        if (held := _read_articles(work, dated)) > shared:
            best, shared = dated, held
    return (best[0], best[-1]) if best else None


def _tell_what_there_is(work: Work, found: Timeline) -> Iterator[Event]:
    series = _nearest_series(work, found)
    dated = [one for one in series if one.as_of and _is_asked(work, one.as_of)]
    told = [*dated, *(one for one in series if one.as_of is None)][:_MOST_TOLD]
    if not told:
        return
    figures = "; ".join(f"{one.expression} ({one.day_label})" for one in told)
    work.correction = (
        "The articles do not date two figures of this in the days that are asked for, so no change "
        f"is computed. They give: {figures}."
    )
    for one in told:
        yield from work.quote(one.citation)


def _nearest_series(work: Work, found: Timeline) -> Sequence[Figure]:
    """The series of which most articles are among the evidence; empty where none is."""
    ranked = [(_read_articles(work, each), each) for each in in_series(found.rows)]
    read, best = max(ranked, key=lambda each: each[0], default=(0, []))
    return best if read else ()


def _read_articles(work: Work, series: Sequence[Figure]) -> int:
    return len({one.citation.article.id for one in series if is_read(work, one)})


def _is_asked(work: Work, day: date) -> bool:
    window = work.understanding.period
    return window is None or window.admits(day)


def is_read(work: Work, figure: Figure) -> bool:
    """Whether its sentence is among the evidence: what is far from the question is another's."""
    return any(holds(one, figure) for one in work.evidence)


def holds(span: Evidence | Citation, figure: Figure) -> bool:
    """Whether a span of an article has the figure in it."""
    article, start, end = span.span
    quantity = figure.quantity
    return article == figure.citation.article.id and start <= quantity.start and quantity.end <= end

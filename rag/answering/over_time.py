"""Questions of how many: the newest figure, the change between two, and figures that conflict.

What is computed here is computed from quoted figures, and its working is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from embeddings.embedders.embedder import Embedder
from embeddings.protocol import LibraryLike
from rag.answering.changing import holds, is_read, tell_change
from rag.answering.work import Work
from rag.checking.citation import Citation
from rag.events import Event
from rag.timeline.conflicts import Conflict
from rag.timeline.figures import Figure
from rag.timeline.series import in_series
from rag.timeline.timeline import Timeline, timeline


def read_figures(work: Work, library: LibraryLike, embedder: Embedder) -> None:
    """Fills in `work.timeline` where a question of how many has several figures for an answer."""
    asked = work.understanding
    if asked.kind not in ("count", "change") and not asked.latest:
        return
    with work.timed("figures"):
        found = timeline(
            library,
            embedder,
            asked.about or work.query.text,
            window=work.query.window,
            outlets=work.query.outlets,
        )
    if found.rows:
        work.timeline = found


def prefer_figures(work: Work, looked_at: int) -> None:
    """Where a count is asked for, prefers a sentence that holds a figure of what is counted.

    Args:
        work: with its evidence, and what was chosen of it.
        looked_at: best sentences among which one is sought.
    """
    if work.timeline is None or work.understanding.kind != "count" or len(work.chosen) != 1:
        return
    rows = work.timeline.rows
    if any(holds(work.chosen[0], row) for row in rows):
        return
    held = [one for one in work.evidence[:looked_at] if any(holds(one, row) for row in rows)]
    work.chosen = held[:1] or work.chosen


def prefer_newest(work: Work) -> None:
    """Of a count that runs on, the newest figure answers where no day is asked for.

    Only one whose sentence is among the evidence, of the series that the best sentence is of.
    """
    asked = work.understanding
    if work.timeline is None or work.value is None or asked.kind != "count":
        return
    if asked.period or asked.after or asked.before or asked.latest:
        return
    chosen = work.chosen[0].hit.article.id
    for series in in_series(work.timeline.rows):
        told = [one for one in series if one.citation.article.id == chosen]
        own = next((one for one in told if _is_at(one, work.value)), None)
        if own is None:
            continue
        dated = [one for one in series if one.as_of and not (one.is_part or one.is_incident)]
        newest = dated[-1] if dated else own
        held = [one for one in work.evidence if holds(one, newest)]
        if held and own.as_of and newest.as_of and newest.as_of > own.as_of:
            work.chosen = held[:1]
            work.value = newest.quantity.start, newest.quantity.end
        return


def _is_at(figure: Figure, span: tuple[int, int]) -> bool:
    return figure.quantity.start < span[1] and span[0] < figure.quantity.end


def figure_instead(work: Work) -> bool:
    """Whether a figure counts what is asked for although no sentence came near enough; if so,
    its sentence is what is answered from: the newest within the days that are asked for."""
    if work.timeline is None:
        return False
    window = work.understanding.period
    rows = [
        row
        for row in work.timeline.rows
        if row.as_of and not row.is_part and (window is None or window.admits(row.as_of))
    ]
    held = [one for one in work.evidence if rows and holds(one, rows[-1])]
    work.chosen = held[:1] or work.chosen
    return bool(held)


def tell_figures(work: Work) -> Iterator[Event]:
    """Quotes what the timeline adds; fills in the short answer where it can be computed."""
    if work.timeline is None:
        return
    if work.understanding.kind == "change":
        yield from tell_change(work, work.timeline)
    elif work.understanding.latest:
        yield from _tell_newest(work, work.timeline)


def tell_conflicts(work: Work) -> Iterator[Event]:
    """Quotes the figures that another source gives for what the answer says; keeps them in
    `work.conflicts`."""
    if work.timeline is None:
        return
    work.conflicts = _conflicts_of(work.timeline, tuple(work.citations.values()))
    for conflict in work.conflicts:
        for figure in conflict.figures:
            yield from work.quote(figure.citation)


def _conflicts_of(found: Timeline, cited: Sequence[Citation]) -> tuple[Conflict, ...]:
    """The conflicts in which a cited sentence takes part."""
    return tuple(
        conflict
        for conflict in found.conflicts
        if _has_two_sides(conflict)
        and any(holds(one, figure) for figure in conflict.figures for one in cited)
    )


def _has_two_sides(conflict: Conflict) -> bool:
    """Two reports, or one that names two whose counts they are: else two things are counted."""
    articles = {figure.citation.article.id for figure in conflict.figures}
    return len(articles) > 1 or len({figure.by for figure in conflict.figures if figure.by}) > 1


def _tell_newest(work: Work, found: Timeline) -> Iterator[Event]:
    newest = found.latest
    if newest is None or not is_read(work, newest):
        return
    work.short = newest.expression
    work.working = f"the newest dated figure, of {newest.day_label}"
    yield from work.quote(newest.citation)

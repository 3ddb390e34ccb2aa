"""A timeline: the figures of one quantity, how it changes, and where its sources differ."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from embeddings.embedders.embedder import Embedder
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from rag.checking.citation import Citation
from rag.showing.render import byline
from rag.timeline.about import read_about
from rag.timeline.changes import Change, changes_in
from rag.timeline.conflicts import Conflict, conflicts_in
from rag.timeline.figures import Figure, FigureOptions, figures
from rag.timeline.series import in_series


def sources_as_text(citations: Sequence[Citation]) -> list[str]:
    """A line for each cited article and one for its words."""
    lines = []
    for citation in citations:
        lines.append(f"  [{citation.marker}] {byline(citation.article)}")
        lines.append(f"      “{' '.join(citation.quote.split())}”")
    return lines


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a library's articles say of one quantity over time.

    Attributes:
        about: what was asked for.
        rows: the figures, oldest first, undated ones last.
        changes: the same quantity at different days.
        conflicts: different values for one day or event.
    """

    about: str
    rows: tuple[Figure, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def latest(self) -> Figure | None:
        """The figure of the last day; an undated one never, a part of another never."""
        dated = [one for one in self.rows if one.as_of and not one.is_part and not one.is_more]
        return dated[-1] if dated else None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The cited sentences, each once, in order of marker."""
        return tuple({row.citation.marker: row.citation for row in self.rows}.values())

    def to_text(self) -> str:
        """Rows, changes, conflicts and the cited sentences, for a person."""
        lines: list[str] = []
        for name, told in (("Changes", self.changes), ("Conflicts", self.conflicts)):
            if told:
                lines += ["", name, *(f"  {one}" for one in told)]
        return self._as_text(lines)

    def rows_as_text(self) -> str:
        """The rows and the cited sentences alone."""
        return self._as_text([])

    def _as_text(self, told: list[str]) -> str:
        if not self.rows:
            return f"No figure for “{self.about}”."
        rows = [str(row) for row in self.rows]
        return "\n".join([*rows, *told, "", "Sources", *sources_as_text(self.citations)])

    def to_dict(self) -> dict[str, object]:
        """Only what JSON has."""
        return {
            "about": self.about,
            "rows": [row.to_dict() for row in self.rows],
            "changes": [change.to_dict() for change in self.changes],
            "conflicts": [conflict.to_dict() for conflict in self.conflicts],
        }


def timeline(
    library: LibraryLike,
    embedder: Embedder,
    about: str,
    *,
    window: DateWindow | None = None,
    outlets: Collection[str] | None = None,
    options: FigureOptions | None = None,
) -> Timeline:
    """The figures that count what is asked for, their changes and conflicts; see `figures`."""
    rows = figures(library, embedder, about, window=window, outlets=outlets, options=options)
    return timeline_of(about, rows)


def timeline_of(about: str, rows: Sequence[Figure]) -> Timeline:
    """The timeline of figures that are at hand, in the order of `figures`."""
    series = in_series(rows, one_subject=bool(read_about(about).terms))
    changes = [change for each in series for change in changes_in(each)]
    conflicts = [conflict for each in series for conflict in conflicts_in(each)]
    return Timeline(about, tuple(rows), tuple(changes), tuple(conflicts))

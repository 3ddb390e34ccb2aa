"""What became of the articles that were handed to a library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus import Rejected


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the articles that were handed in.

    Attributes:
        added: new articles.
        updated: articles that replaced an earlier version of themselves; that one is kept aside.
        unchanged: articles that were there already, with nothing new to say.
        duplicates: readings left out because the library has that article from another path:
            another address of the same page, or equal text and no two different outlets.
        rejected: what could not be read, and why.
        passages: passages embedded.
        seconds: wall time.
        grouped: of those added, the copies of articles by another outlet, or lightly edited.
        withdrawn: of those added or updated, the ones now marked as withdrawn.
        reinstated: of those updated, the ones that were marked and no longer are.
        mended: articles of this or an earlier ingest that were relieved of lines known by now to
            be boilerplate.
        earlier: articles older than the version that is there; they went to its versions.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: tuple[Rejected, ...] = ()
    passages: int = 0
    seconds: float = 0.0
    grouped: int = 0
    withdrawn: int = 0
    reinstated: int = 0
    mended: int = 0
    earlier: int = 0

    @property
    def taken(self) -> int:
        """The articles that the library now has of those that were handed in."""
        return self.added + self.updated + self.unchanged + self.duplicates + self.earlier

    @property
    def seen(self) -> int:
        """All that were handed in and dealt with, the rejected included."""
        return self.taken + len(self.rejected)


Progress = Callable[[IngestReport], None]
"""Called with the report so far, at least after every commit: all that it counts is safe."""

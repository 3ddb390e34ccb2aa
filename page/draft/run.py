"""How far the check of a draft is, so that each sentence can be shown as soon as it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from corpus.dates import as_date
from rag.drafts.checking import check_by_sentence
from rag.drafts.draft import Draft
from rag.drafts.report import DraftReport

if TYPE_CHECKING:
    from rag.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Checking:
    """How far the check of a draft is.

    Attributes:
        report: of the sentences that were checked so far.
        of: how many sentences the draft has.
        seen_from: the reader's day, from which the age of articles is told.
        is_stopped: whether its reader ended it before the last sentence.
    """

    report: DraftReport
    of: int
    seen_from: date
    is_stopped: bool = False

    @property
    def is_done(self) -> bool:
        """Whether every sentence was checked."""
        return len(self.report.sentences) == self.of

    def stopped(self) -> Checking:
        """The same, ended where it stands."""
        return self if self.is_done else replace(self, is_stopped=True)


def check_as_it_goes(
    newsroom: Newsroom, draft: Draft, *, as_of: str | None = None
) -> Iterator[Checking]:
    """The report so far, once before the first sentence is checked and after each.

    Raises:
        BadDate: `as_of` is no day.
        LibraryError: the library cannot be read.
    """
    seen_from = as_date(as_of) if as_of else date.today()
    of = sum(1 for _ in draft.sentences())
    for report in check_by_sentence(newsroom, draft, as_of=as_of):
        yield Checking(report, of, seen_from)

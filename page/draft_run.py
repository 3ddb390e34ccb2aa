"""A draft checked sentence by sentence, so that each can be shown as soon as it is checked.

Every sentence goes through `rag.drafts` by itself, with the one before it where it leans on that;
what comes out is what one check of the whole draft gives (`tests/app` holds it to that).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.dates import as_date
from embeddings.embedders.remembering import RememberingEmbedder
from embeddings.protocol import LibraryLike
from rag.checking.citation import Citation
from rag.drafts.checking import check_draft
from rag.drafts.draft import Draft, Written
from rag.drafts.report import DraftReport
from rag.drafts.search import leans
from rag.drafts.verdict import DraftClaim, DraftSentence

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


@dataclass(frozen=True, slots=True)
class _Part(Draft):
    """A few sentences of a draft, each where it stands in the whole."""

    written: tuple[Written, ...] = ()

    def sentences(self) -> Iterator[Written]:
        """These and no others."""
        return iter(self.written)


@dataclass(frozen=True, slots=True)
class _Desk:
    """The newsroom's library, with an embedder that has read the whole draft already."""

    library: LibraryLike
    embedder: RememberingEmbedder


class _Numbers:
    """One span, one marker, in the order in which spans are first needed."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int, int], Citation] = {}

    @property
    def made(self) -> tuple[Citation, ...]:
        """All citations so far, in order of marker."""
        return tuple(self._made.values())

    def of(self, citation: Citation) -> Citation:
        """The citation under its number in the whole draft."""
        marked = replace(citation, marker=len(self._made) + 1)
        return self._made.setdefault(citation.span, marked)

    def sentence(self, sentence: DraftSentence) -> DraftSentence:
        """The sentence with its citations under their numbers."""
        return replace(sentence, claims=tuple(map(self._claim, sentence.claims)))

    def _claim(self, claim: DraftClaim) -> DraftClaim:
        return replace(
            claim,
            supporting=tuple(map(self.of, claim.supporting)),
            contradicting=tuple(map(self.of, claim.contradicting)),
            differences=tuple(
                replace(one, citation=self.of(one.citation)) for one in claim.differences
            ),
        )


def check_as_it_goes(
    newsroom: Newsroom, draft: Draft, *, as_of: str | None = None
) -> Iterator[Checking]:
    """The report so far, once before the first sentence is checked and after each.

    Raises:
        BadDate: `as_of` is no day.
        LibraryError: the library cannot be read.
    """
    seen_from = as_date(as_of) if as_of else date.today()
    written = list(draft.sentences())
    embedder = RememberingEmbedder(newsroom.embedder)
    desk = _Desk(newsroom.library, embedder)
    numbers = _Numbers()
    report = DraftReport(draft, (), (), newsroom.library.generation, as_of)
    yield Checking(report, len(written), seen_from)
    # One batch costs a fraction of as many single texts.
    embedder.embed([one.text for one in written])
    for before, one in pairwise([None, *written]):
        assert one is not None
        needed = (before, one) if _leans_on(before, one) else (one,)
        part = _Part(draft.name, draft.text, draft.blocks, tuple(filter(None, needed)))
        checked = check_draft(desk, part, as_of=as_of)
        report = replace(
            report,
            sentences=(*report.sentences, numbers.sentence(checked.sentences[-1])),
            citations=numbers.made,
            generation=checked.generation,
            as_of=checked.as_of,
        )
        yield Checking(report, len(written), seen_from)


def _leans_on(before: Written | None, one: Written) -> bool:
    """Whether the check of a sentence looks at the one before it."""
    return before is not None and before.role == "prose" and leans(one.text)

"""A sentence held against one span: what the checker says, what differs, and how near it is."""

from __future__ import annotations

from dataclasses import dataclass

from rag.checking.verify import Verification
from rag.drafts.differing import Compared
from rag.drafts.search import Span


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence held against one span.

    Attributes:
        check: what the checker says of it.
        compared: in what the two differ by exact rules.
        cover, likeness: how near the span is to the sentence, each in [0, 1]; the head of its
            article counts for `cover`.
        own: the cover without that head: what can be quoted.
        missing: the words of the sentence that the span has not.
        names_more: whether one of them, not the first word, has a capital.
    """

    sentence: str
    span: Span
    check: Verification
    compared: Compared
    cover: float
    own: float
    likeness: float
    missing: tuple[str, ...]
    names_more: bool

    @property
    def nearness(self) -> float:
        """In [0, 2]."""
        return self.cover + self.likeness

"""What a comparison of a claim with a span comes to, and which words stand near a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.claims.terms import content_terms
from rag.drafts.verdict import DifferenceKind

_AROUND = 5
"""Words on either side of a value that are held against those around another: about a phrase."""


@dataclass(frozen=True, slots=True)
class Apart:
    """One value of a claim and the one in its place.

    Attributes:
        said: the claim's words.
        found: the article's words.
        replaces: whether the one stands in the place of the other; one that denies what the other
            says does not.
    """

    kind: DifferenceKind
    said: str
    found: str
    replaces: bool = True


@dataclass(slots=True)
class Compared:
    """A claim held against a span.

    Attributes:
        apart: what differs.
        matter: the words that the span must know: of a speech that has another speaker what is
            said, else the whole claim.
        strangers: names, figures and days of the claim that nothing in the span is in place of.
    """

    matter: str
    apart: list[Apart] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    @property
    def is_clear(self) -> bool:
        """Whether nothing differs and nothing of the claim is foreign to the span."""
        return not self.apart and not self.strangers


def near(text: str, start: int, end: int) -> set[str]:
    """The terms of the few words on either side of some words."""
    before = " ".join(text[:start].split()[-_AROUND:])
    after = " ".join(text[end:].split()[:_AROUND])
    return {one.term for part in (before, after) for one in content_terms(part)}

"""What the checker calls contrary in a span that knows nearly every word of a sentence.

The checker's own differences are strict, since it lets an answer through or not: 'another word' is
much for it and no alarm. Two of them are alarms where the span is close: a word stands for its
opposite, and who did it and to whom it was done are exchanged. What the checker calls a denial is
not among them: it sees one in 'asked not to be named' against 'asked for anonymity'.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.content.words import folded
from rag.checking.claims import ClaimCheck, Difference
from rag.checking.verify import Verification
from rag.claims.lexicon import opposites, term_of
from rag.drafts.differing import Apart

_ROLES_COVER = 0.9
"""Share of its terms at which a sentence with exchanged roles is one about the same deed: of news
that people found true, what was flagged below it only shared its names."""


def contraries(check: Verification, cover: float) -> tuple[Apart, ...]:
    """The alarms among the checker's differences.

    Args:
        check: of a sentence against a span.
        cover: share of the sentence's terms that the span holds.
    """
    return tuple(_contraries(check, cover))


def _contraries(check: Verification, cover: float) -> Iterator[Apart]:
    for claim in check.claims:
        for one in claim.differences:
            if _is_opposite(one):
                yield Apart(one.kind, one.said, one.found, replaces=False)
            elif _are_roles(one, claim) and cover >= _ROLES_COVER:
                yield Apart("speaker", one.said, one.found, replaces=False)


def _is_opposite(difference: Difference) -> bool:
    if difference.kind != "wording":
        return False
    return term_of(folded(difference.found)) in opposites(term_of(folded(difference.said)))


def _are_roles(difference: Difference, claim: ClaimCheck) -> bool:
    """Whether the two sides of a deed are exchanged: then the whole claim is what differs."""
    return difference.kind == "speaker" and difference.said == claim.claim.text.strip()

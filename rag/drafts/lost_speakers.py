"""Speakers whom a sentence leaves out: 'Hamas said X' must not become 'X'."""

from __future__ import annotations

import re

from corpus.content.names import names, same_name
from rag.checking.verify import Verification
from rag.drafts.search import Span

_OUTLETS = re.compile(
    r"\b(?:report|paper|newspaper|outlet|article|account|magazine|website|site|broadcaster|agency"
    r"|story)s?$",
    re.IGNORECASE,
)
"""Who tells the news: a writer who leaves 'the paper says' out has left out no speaker."""


def lost_speakers(sentence: str, check: Verification, span: Span) -> tuple[str, ...]:
    """Those who say so in a span, and whom the sentence names in no way.

    Args:
        check: of the sentence against the span.
    """
    found = (
        one.found
        for claim in check.claims
        for one in claim.differences
        if one.kind == "attribution" and one.found
    )
    return tuple(dict.fromkeys(one for one in found if _is_lost(one, sentence, span)))


def _is_lost(speaker: str, sentence: str, span: Span) -> bool:
    named = [one.text for one in names(speaker)]
    if not named:
        return _OUTLETS.search(speaker) is None
    known = [one.text for one in names(sentence)] + [span.hit.article.outlet_name]
    return not any(same_name(one, other) for one in named for other in known)

"""What the library says to one claim of a draft: the verdict, and the spans that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.drafts.held import Held
from rag.drafts.lost_speakers import lost_speakers
from rag.drafts.search import Span
from rag.drafts.verdict import DifferenceKind, DraftVerdict


@dataclass(frozen=True, slots=True)
class Found:
    """One difference, and the span that it is a difference from."""

    kind: DifferenceKind
    said: str
    found: str
    span: Span


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what was found for it."""

    text: str
    verdict: DraftVerdict
    supporting: tuple[Span, ...] = ()
    contradicting: tuple[Span, ...] = ()
    differences: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()


def partly(claim: str, held: Held) -> Judged:
    """A claim that a span carries in part, with the words that the span has not."""
    missing = tuple(word for word in held.missing if word in claim)
    return Judged(claim, "partly", (held.span,), (), _lost(held), missing)


def contradicted(claim: str, against: Sequence[Held]) -> Judged:
    """A claim that spans say otherwise than, the nearest first."""
    return Judged(
        claim,
        "contradicted",
        contradicting=tuple(one.span for one in against),
        differences=tuple(
            Found(apart.kind, apart.said, apart.found, one.span)
            for one in against
            for apart in one.compared.apart
        ),
    )


def _lost(held: Held) -> tuple[Found, ...]:
    return tuple(
        Found("attribution", "", one, held.span)
        for one in lost_speakers(held.sentence, held.check, held.span)
    )

"""Who says it: the speaker of a claim held against the speaker of the same words in an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.content.names import names, same_name
from corpus.content.speech import Statement, statements
from corpus.content.words import folded
from rag.drafts.search import Span


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """A claim's speaker who is not the span's.

    Attributes:
        said, found: the claim's speaker and the span's.
        start, end: where the claim names its speaker.
        speech: what he is said to say.
    """

    said: str
    found: str
    start: int
    end: int
    speech: str


def other_voice(claim: str, span: Span) -> OtherVoice | None:
    """The claim's speaker and the span's, where they are not the same; None where they may be."""
    said = max(statements(claim), key=lambda one: one.end - one.start, default=None)
    if said is None or not (mine := _named(said.speaker)):
        return None
    start = claim.find(said.speaker)
    article = span.hit.article
    # An outlet or a person of the span itself may tell what another says in it.
    beside = [*names(span.text), *names(article.outlet_name)]
    if start < 0 or any(_may_be(one, other.text) for one in mine for other in beside):
        return None
    voices = statements(article.text)
    # Whom the article names and never lets speak may stand behind the one who does.
    if any(one in article.text for one in mine) and not _speaks(mine, voices):
        return None
    found = [one for one in voices if one.start < span.end and span.start < one.end]
    theirs = max(
        found, key=lambda one: min(one.end, span.end) - max(one.start, span.start), default=None
    )
    if theirs is None or not (others := _named(theirs.speaker)):
        return None
    if any(_may_be(one, other) for one in mine for other in others):
        return None
    end = start + len(said.speaker)
    return OtherVoice(said.speaker, theirs.speaker, start, end, claim[said.start : said.end])


def _may_be(one: str, other: str) -> bool:
    """Whether two names may name one; 'the Council' may be the UN Security Council."""
    words, others = set(folded(one).split()), set(folded(other).split())
    return same_name(one, other) or others <= words or words <= others


def _speaks(who: Sequence[str], voices: Sequence[Statement]) -> bool:
    return any(
        same_name(one, other) for one in who for voice in voices for other in _named(voice.speaker)
    )


def _named(speaker: str) -> list[str]:
    return [one.text for one in names(f"it was {speaker}")]

"""The first verifier: does a span carry a sentence?

It compares what can be compared exactly (figures, names, days, denials, who says so), the share
of the sentence's words that the span holds, and the closeness of the two in meaning.

Its weakness, stated: it does not read. A sentence that uses the span's own words in another
order ('Hamas told Israel' for 'Israel told Hamas'), or joins two true halves into a false whole,
passes. Word overlap and embedding similarity do not tell a true sentence from a slightly edited
one. So the quote is always shown beside what was checked against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from embeddings.embedders.embedder import Embedder
from embeddings.terms import TermReader
from rag.claims.facts import Facts, facts_of
from rag.question.period import without_day


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What a sentence needs to pass.

    Attributes:
        full_cover: share of the sentence's terms that the spans must hold to be 'supported'.
        least_cover: below this share it is 'unsupported'.
        least_likeness: inner product of the two vectors below which it is at most 'partly'.

    The constants are judgement, not fits: three of four words for full support, half for any.
    """

    full_cover: float = 0.75
    least_cover: float = 0.5
    least_likeness: float = 0.45


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found.

    Attributes:
        verdict: of the sentence against the spans taken together.
        support: in [0, 1]; comparable between sentences, not a probability.
        reasons: what is missing or differs, in words; empty when supported.
    """

    verdict: Literal["supported", "partly", "unsupported"]
    support: float
    reasons: tuple[str, ...]


class Checker(Protocol):
    """Whatever says whether spans carry a sentence; `Verifier` is the one that ships."""

    def check(
        self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()
    ) -> Verification:
        """Whether the spans, taken together, carry the sentence; see `Verifier.check`."""
        ...


class Verifier:
    """Checks sentences against spans. See the module's own words for what it cannot see."""

    def __init__(self, embedder: Embedder, options: VerifyOptions | None = None) -> None:
        self._embedder = embedder
        self._options = options or VerifyOptions()

    def check(
        self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()
    ) -> Verification:
        """Whether the spans, taken together, carry the sentence.

        Args:
            sentence: one sentence, without markers.
            spans: verbatim words of articles.
            context: what is known of the spans without standing in them: `header` of their
                articles. Title and outlet may vouch for a name or a day and the date for itself,
                never for a claim.
        """
        if not spans:
            return Verification("unsupported", 0.0, ("nothing is cited",))
        joined, around = " ".join(spans), " ".join(context)
        # 'On 5 March 2024' is true of what an article of that day says, but its figures say
        # nothing of how many or how much.
        undated = sentence
        for day in _days(context):
            undated = without_day(undated, day)
        stated, near = facts_of(undated), facts_of(around)
        reader = TermReader()
        theirs = set(reader.terms(joined))
        vouched = set(reader.terms(" ".join(near.names | near.openers | near.days)))
        # A name that the header vouches for is neither for the sentence nor against it: a
        # headline's words must not make up for what the cited words lack.
        mine = set(reader.terms(undated)) - (vouched - theirs)
        cover = len(mine & theirs) / len(mine) if mine else 0.0
        differs = _differences(stated, facts_of(joined), near)
        # One span's denial must not vouch for a denial of what another says.
        if any(facts_of(span).denies != stated.denies for span in spans):
            differs.append("one denies what the other says")
        if unknown := _unknown_openers(stated, theirs | vouched):
            differs.append(f"no such word, which may be a name, in the cited words: {unknown}")
        likeness = self._likeness(sentence, joined)
        return self._judge(cover, likeness, differs)

    def _likeness(self, sentence: str, joined: str) -> float:
        first, second = self._embedder.embed([sentence, joined])
        return float(first @ second)

    def _judge(self, cover: float, likeness: float, differs: list[str]) -> Verification:
        options = self._options
        support = min(1.0, max(0.0, 0.5 * cover + 0.5 * likeness))
        lost_speaker = _SPEAKER_LOST in differs
        grave = [reason for reason in differs if reason != _SPEAKER_LOST]
        if grave or cover < options.least_cover:
            reasons = grave or [f"only {cover:.0%} of its words stand in the cited words"]
            return Verification("unsupported", support * 0.5, tuple(reasons))
        weak = []
        if lost_speaker:
            weak.append(_SPEAKER_LOST)
        if cover < options.full_cover:
            weak.append(f"{cover:.0%} of its words stand in the cited words")
        if likeness < options.least_likeness:
            weak.append("it is not close to the cited words in meaning")
        return Verification("partly" if weak else "supported", support, tuple(weak))


_SPEAKER_LOST = "the cited words say who says so, and the sentence does not"


def _differences(mine: Facts, theirs: Facts, around: Facts) -> list[str]:
    found = []
    if figures := mine.figures - theirs.figures:
        found.append(f"no such figure in the cited words: {_listed(figures)}")
    known = theirs.names | theirs.openers | around.names | around.openers
    if names := mine.names - known:
        found.append(f"no such name in the cited words: {', '.join(sorted(names))}")
    if days := mine.days - theirs.days - around.days:
        found.append(f"no such day in the cited words: {', '.join(sorted(days))}")
    if theirs.attributes and not mine.attributes:
        found.append(_SPEAKER_LOST)
    return found


_CONNECTIVES = {
    "according", "additionally", "also", "but", "earlier", "finally", "furthermore", "however",
    "instead", "later", "many", "meanwhile", "moreover", "nevertheless", "overall", "previously",
    "recently", "separately", "several", "since", "still", "today", "yesterday",
}  # fmt: skip
"""Words that begin a sentence and say nothing; stop words do so too and are no terms."""


def _unknown_openers(mine: Facts, theirs: set[str]) -> str:
    """The words that begin the sentence and stand in no cited words: perhaps another speaker."""
    reader = TermReader()
    unknown = [
        word
        for word in sorted(mine.openers - _CONNECTIVES)
        if (terms := set(reader.terms(word))) and not terms & theirs
    ]
    return ", ".join(unknown)


def _days(context: Sequence[str]) -> list[date]:
    """The dates with which headers end; an undated article's ends with none."""
    days = []
    for line in context:
        try:
            days.append(date.fromisoformat(line[-10:]))
        except ValueError:
            continue
    return days


def _listed(figures: frozenset[float]) -> str:
    return ", ".join(f"{figure:,.15g}" for figure in sorted(figures))

"""A sentence's claims, and what was found when each was held against its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.content.speech import statements
from rag.claims.clauses import Clause, clauses

DifferenceKind = Literal[
    "figure", "date", "name", "speaker", "denial", "modality", "attribution", "merged", "wording"
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a claim differs from its source.

    Attributes:
        kind: what differs. 'attribution' is a speaker who was left out, 'speaker' another one or
            roles exchanged; 'merged' joins parts of two facts; 'wording' is another word.
        said: the words of the claim, '' for something that it leaves out.
        found: the words of the source that they differ from, '' where nothing comes near.
        reason: both in a sentence.
    """

    kind: DifferenceKind
    said: str
    found: str
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One clause of a sentence that tells a fact of its own, with who says so.

    Attributes:
        start, end: character offsets into the sentence; end is exclusive.
        text: the words between them, less a relative clause inside, which is a claim of its own.
        speaker: who says it, where the sentence tells; kept for each clause that it governs.
    """

    start: int
    end: int
    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What was found of one claim.

    Attributes:
        claim: the claim.
        verdict: of this claim against the spans taken together.
        differences: what differs; empty when supported.
    """

    claim: Claim
    verdict: Literal["supported", "partly", "unsupported"]
    differences: tuple[Difference, ...]


def claims_of(sentence: str) -> tuple[Claim, ...]:
    """The claims of a sentence, in order: one for each clause, the whole where there is but one."""
    parts = clauses(sentence)
    said = statements(sentence)
    made = []
    for part in parts:
        text = _less_asides(sentence, part, parts)
        if not any(character.isalnum() for character in text):
            continue
        # Of 'X said that Y had asked for it' X is who says it.
        voices = [one for one in said if one.start < part.end and part.start < one.end]
        voice = max(voices, key=lambda one: one.end - one.start, default=None)
        speaker = voice.speaker if voice else None
        made.append(Claim(part.start, part.end, text, speaker))
    return tuple(sorted(made, key=lambda one: one.start))


def _less_asides(sentence: str, part: Clause, parts: tuple[Clause, ...]) -> str:
    """The clause's words; blanks where a relative clause inside it stood keep every offset."""
    text = sentence[part.start : part.end]
    if part.aside:
        return text
    for aside in parts:
        if aside.aside and part.start <= aside.start and aside.end <= part.end:
            first, last = aside.start - part.start, aside.end - part.start
            text = text[:first] + " " * (last - first) + text[last:]
    return text

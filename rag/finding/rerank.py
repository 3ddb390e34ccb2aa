"""The best sentences read once more, by a model that sees question and sentence together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.sentences import sentence_spans
from rag.finding.evidence import Evidence
from rag.finding.read import Candidate, Read


class Reads(Protocol):
    """What reads sentences for a question; `rag.finding.reader.Reader` is the one that ships."""

    name: str

    def read(self, question: str, candidates: Sequence[Candidate]) -> tuple[Read, ...]:
        """What each sentence is to the question, in the order given."""
        ...


@dataclass(frozen=True, slots=True)
class RerankOptions:
    """How much is read, and what it counts for.

    Attributes:
        sentences: how many of the best are read: the one that is needed is among the first seven
            for 90 of 100 questions on news, so most of what twelve cost is for the rest.
        weight: of the reader's logit, scaled to [0, 1] over the sentences that were read, beside
            the score that ranked them. Of 0.1 to 2 on six dev sets (539 questions) 0.5 put the
            right sentence first for the most, 18 more than without; 0.2 for 9 more.
        answers: how much the reader's chance moves `Evidence.answerable`, and
        even: the chance at which it moves nothing. On the same sets and their 443 questions
            without an answer, with `RefuseOptions.least_answerable` at 0.40: as many refused as
            without (225 and 224) and 22 instead of 32 of the answerable ones.
    """

    sentences: int = 12
    weight: float = 0.5
    answers: float = 0.25
    even: float = 0.2


def reranked(
    question: str, evidence: Sequence[Evidence], reader: Reads, options: RerankOptions
) -> list[Evidence]:
    """The same evidence, best first, each of the sentences that were read with what was made of it.

    Args:
        evidence: best first.
    """
    best = evidence[: options.sentences]
    reads = reader.read(question, [_candidate(one) for one in best])
    low = min(read.answers for read in reads) if reads else 0.0
    range_ = max((read.answers for read in reads), default=0.0) - low
    found = [
        replace(
            one,
            score=one.score + (options.weight * (read.answers - low) / range_ if range_ else 0.0),
            answerable=_answerable(one, read, options),
            read=read,
        )
        for one, read in zip(best, reads, strict=True)
    ]
    # What was not read keeps its place behind: its score has no such part.
    return [
        *sorted(found, key=lambda one: (-one.score, one.hit.rank, one.start)),
        *evidence[options.sentences :],
    ]


def _answerable(one: Evidence, read: Read, options: RerankOptions) -> float:
    moved = one.answerable + options.answers * (chance(read) - options.even)
    return min(1.0, max(0.0, moved))


def chance(read: Read) -> float:
    """The reader's logit as a share in (0, 1)."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, read.answers))))


def _candidate(one: Evidence) -> Candidate:
    """A sentence with its title, and with the one before it in its passage."""
    article = one.hit.article
    ahead = article.text[one.hit.passage.start : one.start]
    spans = sentence_spans(ahead, article.language)
    before = ahead[slice(*spans[-1])] if spans else ""
    return Candidate(article.title, before, one.text)

"""What the answerer learns from: a few numbered sentences, and several questions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.writing.trained import Shown


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one shown sentence that answer.

    Attributes:
        sentence: index of the sentence, from 0.
        start, end: characters in its text; end is exclusive.
    """

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what answers it.

    Attributes:
        text: in plain words.
        spans: what answers, in the order in which it is to be told; () where nothing does.
        kind: what sort of example it is, for the counts of the card: 'fact', 'latest', …
    """

    text: str
    spans: tuple[Span, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Sentences that are read once, with the questions that are asked about them.

    Attributes:
        shown: at most seven sentences, in no order.
        questions: at least one.
    """

    shown: tuple[Shown, ...]
    questions: tuple[Question, ...]


def counted(packs: Sequence[Pack]) -> dict[str, int]:
    """How many questions there are of each kind, by name."""
    counts: dict[str, int] = {}
    for question in (question for pack in packs for question in pack.questions):
        counts[question.kind] = counts.get(question.kind, 0) + 1
    return dict(sorted(counts.items()))

"""What happens while a question is being answered, in the order in which it happens.

The evidence comes before the first word: `HitsFound`, then `Token`s of the draft, then for
each sentence of the draft `CitationAdded`s and `SentenceVerified`, and last `AnswerFinished`.
A `Token` is the model's unchecked draft: progress, not something to show as an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer import Answer
from rag.checking.citation import Citation, Sentence
from rag.finding.hit import Hit


@dataclass(frozen=True, slots=True)
class HitsFound:
    """The passages to read, best first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """More of the model's unchecked draft."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationAdded:
    """A verbatim span that a sentence will stand on."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class SentenceVerified:
    """A sentence that was checked; it is shown unless its verdict is 'unsupported'."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    """The whole answer, last."""

    answer: Answer


Event = HitsFound | Token | CitationAdded | SentenceVerified | AnswerFinished

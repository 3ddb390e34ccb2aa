"""What the verifier learns from: a sentence, its evidence, and the words that are not licensed."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with its evidence.

    Attributes:
        text: the sentence.
        evidence: the sentences that it is held against, in their order.
        supported: whether they carry it.
        wrong: characters (start, end) of the sentence that they do not license, () of a sentence
            that they carry; None where that is not known.
        kind: how the sentence was made, or what is wrong with it.
        domain: the set, or the part of a set, that it comes from.
        document: what it was taken from, unique in its domain: split by this.
        pair: examples of one pair are true and false sentences on the same words; '' for none.
    """

    text: str
    evidence: tuple[str, ...]
    supported: bool
    wrong: tuple[Span, ...] | None
    kind: str
    domain: str
    document: str
    pair: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text to make examples from.

    Attributes:
        name: unique in its domain.
        domain: the set, or the part of a set.
        sentences: in their order.
    """

    name: str
    domain: str
    sentences: tuple[str, ...]

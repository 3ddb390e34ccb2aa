"""Sentences that people have judged against a text: what a verifier is measured on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, the text that it is held against, and what a person said of it.

    Attributes:
        id: unique in its set.
        text: the statement; may be several sentences.
        document: the text that it is held against.
        supported: whether people found that the document carries the whole of it.
        kind: how it was made or what is wrong with it, in the set's own words: reports are
            broken down by it.
        pair: claims of one pair are a true and a false statement on the same document; '' where
            the set has no pairs.
    """

    id: str
    text: str
    document: str
    supported: bool
    kind: str
    pair: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """A labelled set.

    Attributes:
        name: as it stands in reports.
        claims: in the order of the files.
    """

    name: str
    claims: tuple[Claim, ...]

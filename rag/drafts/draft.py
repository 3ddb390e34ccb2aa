"""A text that a person wrote: what it says, block by block, and where each word of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.sentences import sentence_spans

Role = Literal["heading", "prose"]

_HEADING_WORDS = 14
"""A line of its own without a full stop is a heading up to here; headlines have 5 to 12 words."""
_MARKER = re.compile(r"\s*\[\^?\d{1,3}(?:\s*,\s*\d{1,3})*\]|\s*\[\^[^\]\s]{1,40}\]:?")
"""A footnote's or a citation's mark: it is no word of the sentence that it stands behind."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list or a cell of a table, without its marks.

    Attributes:
        role: what it is.
        words: what it says.
        places: for each character of `words`, its offset in the draft's text.
    """

    role: Role
    words: str
    places: Sequence[int]

    @classmethod
    def made(cls, role: Role, words: str, places: Sequence[int]) -> Block:
        """A block without the marks of footnotes and citations."""
        if not _MARKER.search(words):
            return cls(role, words, places)
        kept = [True] * len(words)
        for found in _MARKER.finditer(words):
            kept[found.start() : found.end()] = [False] * (found.end() - found.start())
        at = [number for number, keep in enumerate(kept) if keep]
        return cls(role, "".join(words[one] for one in at), [places[one] for one in at])


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of a draft.

    Attributes:
        text: its words in one line, without marks of Markdown.
        start, end: where it stands in the draft's text; end is exclusive.
        role: of its block.
        block: the number of its block, from 0.
    """

    text: str
    start: int
    end: int
    role: Role
    block: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that a person wrote, as it was read.

    Attributes:
        name: of the file, or what stands for it.
        text: what the person wrote; of a Word document its paragraphs, a blank line between them.
            Every offset is a character offset into it.
        blocks: in order.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]

    def sentences(self) -> Iterator[Written]:
        """Its sentences in order. A block always ends a sentence."""
        for number, block in enumerate(self.blocks):
            for start, end in _spans(block):
                words = " ".join(block.words[start:end].split())
                if any(character.isalnum() for character in words):
                    first, last = block.places[start], block.places[end - 1] + 1
                    yield Written(words, first, last, block.role, number)


def line_role(words: str, *, alone: bool) -> Role:
    """A short line of its own that ends without a stop is a heading, unless it is all there is."""
    line = words.strip()
    stops = "\n" in line or line.endswith(tuple(".!?:;,…\"”’'»)"))
    short = len(line.split()) <= _HEADING_WORDS
    return "heading" if short and not stops and not alone else "prose"


def _spans(block: Block) -> list[tuple[int, int]]:
    if block.role == "heading":
        return [(0, len(block.words))] if block.words else []
    return sentence_spans(block.words)

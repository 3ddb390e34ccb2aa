"""An article as one library hands it to another: nothing has to be embedded anew."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Article, Passage
from corpus.content.figures import FigureMention
from embeddings.embedders.embedder import Vectors


@dataclass(frozen=True, slots=True)
class Moved:
    """One article, whole.

    Attributes:
        article: as it is searched.
        group: the id of its group of copies.
        by_hand: whether its reader, and not its outlet, marked it as withdrawn.
        versions: what it said before, oldest first.
        passages: in order.
        vectors: shape (len(passages), dimensions).
        figures: what its text tells, as this version of Dateline reads it; None where that was
            not kept, so that it has to be read.
    """

    article: Article
    group: str
    by_hand: bool
    versions: tuple[Article, ...]
    passages: tuple[Passage, ...]
    vectors: Vectors
    figures: tuple[FigureMention, ...] | None = None

"""A sentence of the articles that may answer a question, and how well."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.passages import header
from rag.finding.hit import Hit
from rag.finding.read import Read


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a hit: `hit.article.text[start:end]`.

    Attributes:
        hit: the passage that it stands in.
        start, end: character offsets into the article's text; end is exclusive.
        score: relative to the other sentences of the same question; higher is better.
        likeness: inner product of its vector and the question's.
        answerable: in [0, 1], comparable between questions: see `rag.finding.answerable`.
        read: what the trained reader makes of it; None where it was not read.
    """

    hit: Hit
    start: int
    end: int
    score: float
    likeness: float
    answerable: float
    read: Read | None = None

    @property
    def text(self) -> str:
        """The sentence, as it stands in the article."""
        return self.hit.article.text[self.start : self.end]

    @property
    def header(self) -> str:
        """Title, outlet and date of its article: what is known of it without standing in it."""
        return header(self.hit.article)

    @property
    def span(self) -> tuple[str, int, int]:
        """What makes it the same words of the same article as another."""
        return self.hit.article.id, self.start, self.end

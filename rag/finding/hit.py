"""A passage that was found for a question, and why."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Article, Passage
from corpus.passages import header


@dataclass(frozen=True, slots=True)
class Why:
    """What made a passage a hit; None where that index did not return it.

    Attributes:
        dense: inner product of question and passage vectors, in [-1, 1].
        lexical: BM25 score, ≥ 0, unbounded.
    """

    dense: float | None
    lexical: float | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found for a question.

    Attributes:
        score: higher is better.
        rank: from 1.
        also_in: the other outlets that carry a copy of the article, the original's first.
    """

    passage: Passage
    article: Article
    score: float
    rank: int
    why: Why
    also_in: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The passage, as it stands in the article."""
        return self.article.text[self.passage.start : self.passage.end]

    @property
    def in_context(self) -> str:
        """The passage after its title, outlet and date, the date in figures and in words."""
        day = self.article.published
        dated = f" {day.day} {day:%B %Y %A}" if day else ""
        return f"{header(self.article)}{dated}. {self.text}"

"""A verbatim span of an article, and a sentence that stands on such spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.article import Article, Passage
from rag.claims.when import RelativeDay, relative_days

Verdict = Literal["supported", "partly", "unsupported", "quote"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim span of a named article: `quote == article.text[start:end]`, always.

    Attributes:
        marker: the number that stands in the answer's text as '[1]', from 1.
        article: the article that is quoted.
        passage: the passage that the span was found in.
        start, end: character offsets into `article.text`; end is exclusive.
    """

    marker: int
    article: Article
    passage: Passage
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The cited words, as they stand in the article."""
        return self.article.text[self.start : self.end]

    @property
    def span(self) -> tuple[str, int, int]:
        """What makes it the same words of the same article as another; as `Evidence.span`."""
        return self.article.id, self.start, self.end

    @property
    def days(self) -> tuple[RelativeDay, ...]:
        """What the relative days of the quote are: 'Tuesday = 2024-03-26'."""
        return relative_days(self.article, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and what was found when it was checked.

    Attributes:
        text: the sentence, without markers; of a quote, the article's words, without marks.
        verdict: 'quote' when the sentence is itself a verbatim span.
        support: how well the cited spans carry it, in [0, 1].
        citations: the spans that carry it; empty only when the verdict is 'unsupported'.
        speaker: who says it, where the cited span names one.
        as_of: the publication day of the newest cited article, YYYY-MM-DD.
    """

    text: str
    verdict: Verdict
    support: float
    citations: tuple[Citation, ...]
    speaker: str | None = None
    as_of: str | None = None

    @property
    def worded(self) -> str:
        """The sentence as it is shown: a quote between quotation marks."""
        return f"“{self.text}”" if self.verdict == "quote" else self.text

    @property
    def marked(self) -> str:
        """The sentence with its markers, as it stands in the answer's text."""
        markers = "".join(f"[{citation.marker}]" for citation in self.citations)
        return f"{self.worded} {markers}".strip()

"""The one sentence of the library that is nearest to the question in meaning, quoted.

No language model and no judgement: what it gets right, any sentence embedder gets right.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.article import Article, Passage
from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Vectors
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from evals.systems.shared import Sources, answer_of, nothing_published
from rag.answer import Answer, Usage
from rag.checking.citation import Citation, Sentence
from rag.finding.hit import Hit, Why


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of the library: `article.text[start:end]`, in one of its passages."""

    article: Article
    passage: Passage
    start: int
    end: int

    def citation(self) -> Citation:
        return Citation(1, self.article, self.passage, self.start, self.end)


class NearestSentence:
    """Quotes the one sentence of the library that is nearest to the question in meaning.

    It refuses only when no article was published by `as_of`. It embeds every sentence of the
    library when it is first asked, and again when the library has changed: right for a library
    of some thousand articles, no more.
    """

    name = "nearest-sentence"

    def __init__(self, newsroom: Sources) -> None:
        self._newsroom = newsroom
        self._generation: int | None = None
        self._places: list[_Place] = []
        self._vectors: Vectors = np.empty((0, 0), dtype=np.float32)

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """One verbatim sentence with its citation."""
        self._read_library()
        started = time.perf_counter()
        window = DateWindow(None, as_of)
        admitted = [
            row for row, place in enumerate(self._places) if window.admits(place.article.published)
        ]
        fingerprint = {"system": self.name, "embedder": self._newsroom.embedder.fingerprint.name}
        if not admitted:
            return nothing_published(question, fingerprint, started)
        vector = self._newsroom.embedder.embed([question])[0]
        embedded = time.perf_counter()
        scores = self._vectors[admitted] @ vector
        best = int(np.argmax(scores))
        place = self._places[admitted[best]]
        found = time.perf_counter()
        citation = place.citation()
        why = Why(dense=float(scores[best]), lexical=None)
        return answer_of(
            question,
            "quoted",
            [Sentence(citation.quote, "quote", 1.0, (citation,))],
            [citation],
            (Hit(place.passage, place.article, float(scores[best]), 1, why),),
            Usage(
                seconds={
                    "embed": embedded - started,
                    "retrieve": found - embedded,
                    "total": found - started,
                }
            ),
            fingerprint,
        )

    def _read_library(self) -> None:
        library = self._newsroom.library
        if self._generation == library.generation:
            return
        self._places = list(_places(library))
        if self._places:
            texts = [place.citation().quote for place in self._places]
            self._vectors = self._newsroom.embedder.embed(texts)
        self._generation = library.generation


def _places(library: LibraryLike) -> Iterator[_Place]:
    """Every sentence of every passage once, though passages may overlap."""
    for article in library.articles():
        seen: set[tuple[int, int]] = set()
        for passage in library.passages(article.id):
            for start, end in sentence_spans(article.text[passage.start : passage.end]):
                span = (passage.start + start, passage.start + end)
                if span not in seen:
                    seen.add(span)
                    yield _Place(article, passage, *span)

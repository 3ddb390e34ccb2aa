"""What one question has come to so far: its evidence, its sentences, its citations, its cost."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.content.speech import speaker_of
from rag.checking.citation import Citation, Sentence
from rag.events import CitationAdded, Event, SentenceVerified
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit, Why
from rag.question.query import Query
from rag.question.understanding import Understanding
from rag.timeline.conflicts import Conflict
from rag.timeline.timeline import Timeline


@dataclass(slots=True)
class Work:
    """One question on its way. Markers are minted here and nowhere else.

    Attributes:
        evidence: the hits' sentences, best first.
        by_part: the same for each part of the question.
        chosen: those that the answer is to be written from.
        value: where the figure or day stands that answers: character offsets into the article of
            the one sentence that is chosen.
        short: a few words that answer, verbatim or computed.
        working: how `short` was computed; None where it stands verbatim.
        timeline: the figures of the quantity that is asked for, where there are several.
        conflicts: figures of other reports that differ from those that the answer tells.
        correction: what the question takes for granted and the articles do not say.
        seconds: by stage.
        rewrites: sentences that the model was asked to write again.
        recited, rewritten, requoted: see `rag.answer.Usage`.
    """

    query: Query
    understanding: Understanding
    started: float
    hits: tuple[Hit, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)
    by_part: list[list[Evidence]] = field(default_factory=list)
    chosen: list[Evidence] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    dropped: list[Sentence] = field(default_factory=list)
    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)
    value: tuple[int, int] | None = None
    short: str | None = None
    working: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    correction: str | None = None
    timeline: Timeline | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    rewrites: int = 0
    recited: int = 0
    rewritten: int = 0
    requoted: int = 0

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Adds the seconds of a `with` block to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.spent(stage, time.perf_counter() - began)

    def spent(self, stage: str, seconds: float) -> None:
        """Adds seconds to a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def _read_too(self, citation: Citation) -> None:
        """Takes the passage of a figure that was not searched for among the hits, as the last."""
        if all(hit.passage.id != citation.passage.id for hit in self.hits):
            rank = len(self.hits) + 1
            hit = Hit(citation.passage, citation.article, 0.0, rank, Why(None, None))
            self.hits = (*self.hits, hit)

    def cite(self, span: Evidence | Citation) -> Iterator[Event]:
        """Mints a marker for a span that has none yet; its passage is a hit from then on."""
        if span.span not in self.citations:
            citation = replace(_unnumbered(span), marker=len(self.citations) + 1)
            self._read_too(citation)
            self.citations[span.span] = citation
            yield CitationAdded(citation)

    def keep(
        self,
        text: str,
        verdict: Literal["supported", "partly", "quote"],
        support: float,
        spans: Sequence[Evidence | Citation],
    ) -> Iterator[Event]:
        """Takes a sentence into the answer, on the spans that carry it."""
        for span in spans:
            yield from self.cite(span)
        citations = tuple(self.citations[span.span] for span in spans)
        days = [one.article.published for one in citations if one.article.published]
        first = citations[0]
        sentence = Sentence(
            text,
            verdict,
            support,
            citations,
            speaker=speaker_of(first.article.text, first.start, first.end),
            as_of=max(days).isoformat() if days else None,
        )
        self.sentences.append(sentence)
        yield SentenceVerified(sentence)

    def quote(self, span: Evidence | Citation) -> Iterator[Event]:
        """Takes a verbatim sentence into the answer, once."""
        words = _unnumbered(span).quote
        if not any(one.verdict == "quote" and one.text == words for one in self.sentences):
            yield from self.keep(words, "quote", 1.0, (span,))

    def drop(self, text: str, support: float) -> Iterator[Event]:
        """Leaves a sentence of the draft out of the answer, and tells it."""
        sentence = Sentence(text, "unsupported", support, ())
        self.dropped.append(sentence)
        yield SentenceVerified(sentence)


def _unnumbered(span: Evidence | Citation) -> Citation:
    if isinstance(span, Citation):
        return span
    return Citation(0, span.hit.article, span.hit.passage, span.start, span.end)

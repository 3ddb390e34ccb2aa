"""The road of one question: understand, search, read, refuse or choose, write, check, answer.

Each stretch yields the events of its own stage.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as Steps
from dataclasses import replace
from datetime import date

from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.protocol import LibraryLike
from rag.answer import Answer, Refusal, Status, Usage
from rag.answering.changing import outside_days
from rag.answering.choosing import choose
from rag.answering.cited import write_cited
from rag.answering.copied import write_quotes
from rag.answering.counted import counts_something_else, happened_to_nobody
from rag.answering.heard import unheard
from rag.answering.ladder import Ladder
from rag.answering.options import AnswerOptions
from rag.answering.over_time import (
    figure_instead,
    prefer_figures,
    prefer_newest,
    read_figures,
    tell_conflicts,
    tell_figures,
)
from rag.answering.premise import Premise
from rag.answering.taught import write_taught
from rag.answering.values import choose_value
from rag.answering.work import Work
from rag.checking.citation import Citation, Sentence
from rag.checking.verify import Checker, Verifier
from rag.events import AnswerFinished, Event, HitsFound
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit
from rag.finding.named import of_articles_that_name
from rag.finding.ranking import EvidenceRanker
from rag.finding.rerank import Reads
from rag.finding.retrieve import Finder, retrieve
from rag.finding.sources import count_sources
from rag.numbering import Numbering
from rag.question.query import Query
from rag.question.understanding import Understanding, understand
from rag.refuse import answerable_at_best, refusal_before_search, refusal_of
from rag.timeline.timeline import Timeline
from rag.writing.generator import Generator

PLAIN = Understanding("fact")
"""What every question is where none is understood: the best sentence answers it."""


class Answerer:
    """Answers questions from one library with one embedder and one generator.

    Args:
        generator: gives the model when a question comes to be written about: one that is refused
            or quoted costs no model.
        fingerprint: what every answer is marked with, beside the library's generation.
        verifier: checks the sentences; a `Verifier` with `options.verify` if None.
        finder: finds the passages; `retrieve` with `options.retrieve` if None.
        reader: gives the trained reader of the best sentences, or None where there is none.
    """

    def __init__(
        self,
        library: LibraryLike,
        embedder: Embedder,
        generator: Callable[[], Generator],
        options: AnswerOptions,
        fingerprint: dict[str, str],
        *,
        verifier: Checker | None = None,
        finder: Finder | None = None,
        reader: Callable[[], Reads | None] = lambda: None,
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._generator = generator
        self._options = options
        self._fingerprint = fingerprint
        self._ranker = EvidenceRanker(embedder, options.evidence, reader)
        self._find: Finder = finder or self._retrieve
        checker: Checker = verifier or Verifier(embedder, options.verify)
        self._ladder = Ladder(checker, generator, options.ladder)
        self._premise = Premise(checker)

    def stream(self, query: Query) -> Iterator[Event]:
        """The events of one question, `AnswerFinished` last. Closing it stops the model."""
        started = time.perf_counter()
        work = Work(query, self._understanding(query), started)
        refusal = refusal_before_search(self._library.stats().articles)
        if refusal is None:
            yield from self._search(work)
            refusal = self._weigh(work)
        if refusal is None:
            refusal = yield from self._write(work)
        yield AnswerFinished(self._finish(work, refusal))

    def answerable(self, query: Query) -> float | None:
        """How well the evidence answers, in [0, 1], with no answer written and no model asked.

        None where the question is refused for its evidence. One that is not may still be refused
        when an answer is written: nothing of what the model says may hold.
        """
        work = Work(query, self._understanding(query), time.perf_counter())
        if refusal_before_search(self._library.stats().articles) is not None:
            return None
        for _ in self._search(work):
            pass
        return None if self._weigh(work) else answerable_at_best(work.evidence)

    def _understanding(self, query: Query) -> Understanding:
        if not self._options.understand:
            return PLAIN
        return understand(query.text, today=query.window.until or date.today())

    def _search(self, work: Work) -> Iterator[Event]:
        """Finds the hits of the question and of each of its parts, and ranks their sentences."""
        texts = [work.query.text, *work.understanding.parts]
        with work.timed("embed"):
            vectors = self._embedder.embed(texts)
        with work.timed("retrieve"):
            found = [
                self._find(replace(work.query, text=text), vector)
                for text, vector in zip(texts, vectors, strict=True)
            ]
            work.hits = _joined(found)
        yield HitsFound(work.hits)
        with work.timed("read"):
            work.evidence = self._ranker.rank(texts[0], vectors[0], work.hits, work.understanding)
            work.by_part = [
                self._ranker.rank(text, vector, hits)
                for text, vector, hits in zip(texts[1:], vectors[1:], found[1:], strict=True)
            ]
            if self._options.named and not work.by_part:
                work.evidence = of_articles_that_name(texts[0], work.evidence)
            if work.evidence:
                work.chosen = choose(
                    work.query.text,
                    work.understanding,
                    work.evidence,
                    work.by_part,
                    self._options.choose,
                )

    def _weigh(self, work: Work) -> Refusal | None:
        """Whether the evidence answers, and what of it is to be told."""
        if self._options.figures:
            read_figures(work, self._library, self._embedder)
        looked_at = self._options.choose.looked_at
        prefer_figures(work, looked_at)
        refusal = refusal_of(work.query, work.hits, work.evidence, self._options.refuse)
        if refusal and refusal.kind == "no_evidence" and figure_instead(work):
            refusal = None
        if refusal is None:
            refusal = outside_days(work)
        if refusal is None and self._options.counted:
            refusal = counts_something_else(work, looked_at) or happened_to_nobody(work, looked_at)
        if refusal is None and self._options.values:
            choose_value(work, self._options.value, looked_at)
            prefer_newest(work)
        if refusal is None and self._options.premise:
            refusal = unheard(work, self._library, self._embedder)
            if refusal is None:
                self._premise.weigh(work)
        return refusal

    def _retrieve(self, query: Query, vector: Vectors) -> tuple[Hit, ...]:
        return retrieve(self._library, query, vector, self._options.retrieve)

    def _write(self, work: Work) -> Steps[Event, None, Refusal | None]:
        refusal = yield from self._write_words(work)
        if refusal is None:
            yield from tell_conflicts(work)
        return refusal

    def _write_words(self, work: Work) -> Steps[Event, None, Refusal | None]:
        yield from tell_figures(work)
        if work.sentences:
            return None
        if self._options.prompt.style == "cited":
            return (yield from write_cited(
                work, self._generator, self._ladder, self._options.prompt
            ))  # fmt: skip
        if self._options.prompt.style == "trained":
            return (yield from write_taught(work, self._generator, self._options.prompt))
        yield from write_quotes(work, self._generator, self._options.prompt)
        return None

    def _finish(self, work: Work, refusal: Refusal | None) -> Answer:
        work.seconds["total"] = time.perf_counter() - work.started
        if refusal is not None:
            refusal = replace(refusal, nearest=_nearest(work.evidence))
        sentences = () if refusal else tuple(work.sentences)
        text = refusal.message if refusal else " ".join(one.marked for one in sentences)
        citations = () if refusal else tuple(work.citations.values())
        cited = [citation.article for citation in citations]
        answer = Answer(
            question=work.query.text,
            status=_status(sentences, refusal),
            text=text,
            short=None if refusal else work.short,
            working=None if refusal else work.working,
            correction=None if refusal else work.correction,
            timeline=None if refusal else _of_several(work.timeline),
            conflicts=() if refusal else work.conflicts,
            sentences=sentences,
            dropped=tuple(work.dropped),
            citations=citations,
            hits=work.hits,
            refusal=refusal,
            usage=Usage(
                seconds=dict(work.seconds),
                prompt_tokens=work.prompt_tokens,
                completion_tokens=work.completion_tokens,
                dropped=len(work.dropped),
                requoted=work.requoted,
                recited=work.recited,
                rewritten=work.rewritten,
            ),
            fingerprint=self._fingerprint | {"generation": str(self._library.generation)},
            answerability=answerable_at_best(work.evidence) if work.evidence else None,
            sources=count_sources(self._library, cited, work.query.window),
        )
        # A timeline counts from 1 by itself: here one span has one number.
        return answer if refusal else Numbering().answer(answer)


def _of_several(found: Timeline | None) -> Timeline | None:
    """A timeline of one figure tells no more than its sentence."""
    return found if found and len(found.rows) > 1 else None


def _joined(found: Sequence[tuple[Hit, ...]]) -> tuple[Hit, ...]:
    """The hits of the whole question, then those that only a part brought, ranked on."""
    hits = list(found[0])
    known = {hit.passage.id for hit in hits}
    for hit in (hit for part in found[1:] for hit in part):
        if hit.passage.id not in known:
            known.add(hit.passage.id)
            hits.append(replace(hit, rank=len(hits) + 1))
    return tuple(hits)


def _nearest(evidence: Sequence[Evidence], most: int = 3) -> tuple[Citation, ...]:
    """The best sentence of each of the nearest articles: what is there instead of an answer."""
    best: dict[str, Evidence] = {}
    for one in evidence:
        best.setdefault(one.hit.article.id, one)
    return tuple(
        Citation(marker, one.hit.article, one.hit.passage, one.start, one.end)
        for marker, one in enumerate(list(best.values())[:most], start=1)
    )


def _status(sentences: Sequence[Sentence], refusal: Refusal | None) -> Status:
    if refusal is not None:
        return "refused"
    return "quoted" if all(one.verdict == "quote" for one in sentences) else "answered"

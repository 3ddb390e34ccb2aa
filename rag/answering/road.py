"""The road from a question to its answer: search, read, write, cite, check, answer.

One generator function a stretch of the road; each yields the events of its own stage.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as Steps
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Literal

from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.protocol import LibraryLike
from rag.answer import Answer, Refusal, Status, Usage
from rag.checking.citation import Citation, Sentence
from rag.checking.cite import Attribution, attribute
from rag.checking.verify import Checker, Verifier, VerifyOptions
from rag.events import AnswerFinished, CitationAdded, Event, HitsFound, SentenceVerified, Token
from rag.finding.evidence import Evidence, EvidenceOptions, EvidenceRanker
from rag.finding.hit import Hit
from rag.finding.lead import with_lead
from rag.finding.retrieve import Finder, RetrieveOptions, retrieve
from rag.finding.sources import count_sources
from rag.question.expected import starts_of_kind
from rag.question.query import Query
from rag.refuse import RefuseOptions, answerable_at_best, refusal_before_search, refusal_of
from rag.writing.generator import Copying, Generator, Marking, Steering
from rag.writing.prompt import NO_ANSWER, PromptOptions, build_prompt
from rag.writing.short import short_answer, short_kind


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """How questions are answered, stage by stage."""

    retrieve: RetrieveOptions = field(default_factory=RetrieveOptions)
    evidence: EvidenceOptions = field(default_factory=EvidenceOptions)
    refuse: RefuseOptions = field(default_factory=RefuseOptions)
    prompt: PromptOptions = field(default_factory=PromptOptions)
    verify: VerifyOptions = field(default_factory=VerifyOptions)


@dataclass(slots=True)
class _Work:
    """What one question has come to so far."""

    query: Query
    started: float
    hits: tuple[Hit, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    dropped: list[Sentence] = field(default_factory=list)
    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)
    short: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    requoted: int = 0

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began


class Answerer:
    """Answers questions from one library with one embedder and one generator.

    Args:
        generator: gives the model when a question comes to be written about: one that is refused
            or quoted costs no model.
        fingerprint: what every answer is marked with, beside the library's generation.
        verifier: checks the sentences; a `Verifier` with `options.verify` if None.
        finder: finds the passages; `retrieve` with `options.retrieve` if None.
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
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._generator = generator
        self._options = options
        self._fingerprint = fingerprint
        self._ranker = EvidenceRanker(embedder, options.evidence)
        self._find: Finder = finder or self._retrieve
        self._verifier: Checker = verifier or Verifier(embedder, options.verify)

    def stream(self, query: Query) -> Iterator[Event]:
        """The events of one question, `AnswerFinished` last. Closing it stops the model."""
        work = _Work(query, time.perf_counter())
        refusal = refusal_before_search(self._library.stats().articles)
        if refusal is None:
            yield from self._search(work)
            refusal = refusal_of(query, work.hits, work.evidence, self._options.refuse)
        if refusal is None:
            if self._options.prompt.style == "short":
                yield from self._write_short(work)
            else:
                refusal = yield from self._write_cited(work)
        yield AnswerFinished(self._finish(work, refusal))

    def _search(self, work: _Work) -> Iterator[Event]:
        with work.timed("embed"):
            vector = self._embedder.embed([work.query.text])[0]
        with work.timed("retrieve"):
            work.hits = self._find(work.query, vector)
        yield HitsFound(work.hits)
        with work.timed("read"):
            work.evidence = self._ranker.rank(work.query.text, vector, work.hits)

    def _retrieve(self, query: Query, vector: Vectors) -> tuple[Hit, ...]:
        return retrieve(self._library, query, vector, self._options.retrieve)

    def _write_short(self, work: _Work) -> Iterator[Event]:
        """A few words copied from the best sentence, and that sentence as the quote."""
        best = work.evidence[0] = with_lead(work.evidence[0])
        if (kind := short_kind(work.query.text)) is not None:
            draft = ""
            for token in self._drafting(work, Copying(best.text, starts_of_kind(best.text, kind))):
                yield token
                draft += token.text
            with work.timed("verify"):
                work.short = short_answer(work.query.text, draft, best.text)
        if work.short is not None:
            # It stands verbatim in the cited words, so there is nothing left to check.
            yield from self._keep(work, work.short, "supported", 1.0, (best,))
        yield from self._quote(work, best)

    def _write_cited(self, work: _Work) -> Steps[Event, None, Refusal | None]:
        """Whole sentences, each checked as soon as it is written."""
        shown = work.evidence[: self._options.prompt.sentences]
        draft = ""
        checked = 0
        with closing(self._drafting(work, Marking(len(shown)))) as tokens:
            for event in tokens:
                yield event
                draft += event.text
                whole = [] if _declines(draft) else sentence_spans(draft)[checked:-1]
                for start, end in whole:
                    yield from self._check(work, draft[start:end], shown)
                checked += len(whole)
        if _declines(draft):
            return Refusal("no_evidence", "The model found no answer in the nearest passages.")
        for start, end in sentence_spans(draft)[checked:]:
            yield from self._check(work, draft[start:end], shown)
        if not work.sentences:
            yield from self._quote(work, with_lead(work.evidence[0]))
            work.requoted += 1
        return None

    def _drafting(
        self, work: _Work, steer: Steering
    ) -> Steps[Token, None, None]:
        """The model's words. The time to the first is the stage 'prefill', the rest 'decode'."""
        options = self._options.prompt
        messages = build_prompt(work.query.text, work.evidence, options)
        began = time.perf_counter()
        stage = "prefill"
        with closing(
            self._generator().stream(
                messages,
                max_tokens=options.max_tokens,
                steer=steer,
            )
        ) as pieces:
            for piece in pieces:
                now = time.perf_counter()
                work.seconds[stage] = work.seconds.get(stage, 0.0) + now - began
                work.prompt_tokens = piece.prompt_tokens or work.prompt_tokens
                work.completion_tokens = piece.completion_tokens or work.completion_tokens
                # A server may send half a character, which nothing after this could encode.
                yield Token(piece.text.encode("utf-8", "replace").decode("utf-8"))
                # What the reader did with the event is not the model's time.
                began, stage = time.perf_counter(), "decode"
        spent = time.perf_counter() - began
        work.seconds[stage] = work.seconds.get(stage, 0.0) + spent

    def _check(self, work: _Work, draft: str, shown: Sequence[Evidence]) -> Iterator[Event]:
        """Keep a sentence that is carried; else quote what comes nearest; else drop it."""
        with work.timed("verify"):
            found = attribute(draft, shown, self._verifier)
        if not any(character.isalnum() for character in found.text):
            return
        check = found.verification
        if check.verdict != "unsupported":
            yield from self._keep(work, found.text, check.verdict, check.support, found.evidence)
            return
        sentence = Sentence(found.text, "unsupported", check.support, ())
        work.dropped.append(sentence)
        yield SentenceVerified(sentence)
        if (nearest := self._nearest(found)) is not None:
            work.requoted += 1
            yield from self._quote(work, nearest)

    def _nearest(self, found: Attribution) -> Evidence | None:
        """What to quote instead: evidence that shares the sentence's words, if not its facts."""
        if found.evidence and found.verification.support >= self._options.verify.least_likeness / 2:
            return found.evidence[0]
        return None

    def _quote(self, work: _Work, evidence: Evidence) -> Iterator[Event]:
        if any(
            sentence.verdict == "quote" and sentence.text == evidence.text
            for sentence in work.sentences
        ):
            return
        yield from self._keep(work, evidence.text, "quote", 1.0, (evidence,))

    def _keep(
        self,
        work: _Work,
        text: str,
        verdict: Literal["supported", "partly", "quote"],
        support: float,
        evidence: Sequence[Evidence],
    ) -> Iterator[Event]:
        citations = []
        for one in evidence:
            key = (one.hit.article.id, one.start, one.end)
            if key not in work.citations:
                marker = len(work.citations) + 1
                citation = Citation(marker, one.hit.article, one.hit.passage, one.start, one.end)
                work.citations[key] = citation
                yield CitationAdded(citation)
            citations.append(work.citations[key])
        days = [one.article.published for one in citations if one.article.published]
        sentence = Sentence(
            text,
            verdict,
            support,
            tuple(citations),
            as_of=max(days).isoformat() if days else None,
        )
        work.sentences.append(sentence)
        yield SentenceVerified(sentence)

    def _finish(self, work: _Work, refusal: Refusal | None) -> Answer:
        work.seconds["total"] = time.perf_counter() - work.started
        sentences = () if refusal else tuple(work.sentences)
        text = refusal.message if refusal else " ".join(one.marked for one in sentences)
        citations = () if refusal else tuple(work.citations.values())
        cited = [citation.article for citation in citations]
        return Answer(
            question=work.query.text,
            status=_status(sentences, refusal),
            text=text,
            short=None if refusal else work.short,
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
            ),
            fingerprint=self._fingerprint | {"generation": str(self._library.generation)},
            answerability=answerable_at_best(work.evidence) if work.evidence else None,
            sources=count_sources(self._library, cited, work.query.window),
        )


def _declines(draft: str) -> bool:
    return draft.lstrip().upper().startswith(NO_ANSWER)


def _status(sentences: Sequence[Sentence], refusal: Refusal | None) -> Status:
    if refusal is not None:
        return "refused"
    return "quoted" if all(one.verdict == "quote" for one in sentences) else "answered"

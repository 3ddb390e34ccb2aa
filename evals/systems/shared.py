"""What the systems have in common: what they ask with, how they write, and how they refuse."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Embedder
from embeddings.protocol import LibraryLike
from evals.metrics.judge import Judge, judge_citations
from rag.answer import Answer, Refusal, RefusalKind, Usage
from rag.checking.citation import Citation, Sentence, Verdict
from rag.finding.hit import Hit
from rag.writing.generator import Generator, Message

MAX_TOKENS = 160
"""Room for about six sentences; the questions ask for one or two."""

DOES_NOT_KNOW = "I don't know"
"""The words that the prompts offer for a refusal."""


class Sources(Protocol):
    """What a system takes from a `Newsroom`."""

    @property
    def library(self) -> LibraryLike:
        """The library that is asked."""
        ...

    @property
    def embedder(self) -> Embedder:
        """The embedder that the library was made with."""
        ...

    @property
    def generator(self) -> Generator:
        """The model that writes."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote.

    Attributes:
        text: trimmed; '' when it wrote nothing.
        prompt_tokens, completion_tokens: what it read and wrote, in its own tokens.
        seconds: 'prefill' to the first piece and 'decode' for the rest, as in `rag.answer.Usage`.
    """

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


def write(generator: Generator, messages: Sequence[Message]) -> Draft:
    """The model's whole text, in at most `MAX_TOKENS` tokens."""
    text, read, wrote = "", 0, 0
    began = time.perf_counter()
    first: float | None = None
    for piece in generator.stream(messages, max_tokens=MAX_TOKENS):
        first = first if first is not None else time.perf_counter()
        text += piece.text
        read, wrote = piece.prompt_tokens or read, piece.completion_tokens or wrote
    ended = time.perf_counter()
    first = first if first is not None else ended
    return Draft(text.strip(), read, wrote, {"prefill": first - began, "decode": ended - first})


def says_it_does_not_know(draft: str) -> bool:
    """Whether the model's first words are the refusal that the prompt offers it."""
    start = draft.lstrip("\"'“‘ ").replace("’", "'").casefold()
    return start.startswith((DOES_NOT_KNOW.casefold(), "i do not know"))


def sentences_of(draft: str) -> list[str]:
    """The sentences of a draft, in order."""
    return [draft[start:end] for start, end in sentence_spans(draft)]


def judged(judge: Judge, text: str, citations: Sequence[Citation]) -> tuple[Verdict, float]:
    """The verdict and the support that a sentence gets when it is judged after the fact."""
    judgement = judge_citations(judge, text, citations)
    match judgement.verdict:
        case "supported" | "partly" | "quote" as verdict:
            return verdict, judgement.support
        case _:
            return "unsupported", judgement.support


def answer_of(
    question: str,
    status: Literal["answered", "quoted"],
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    hits: tuple[Hit, ...],
    usage: Usage,
    fingerprint: dict[str, str],
) -> Answer:
    """An answer that shows these sentences."""
    return Answer(
        question=question,
        status=status,
        text=" ".join(sentence.marked for sentence in sentences),
        short=None,
        sentences=tuple(sentences),
        dropped=(),
        citations=tuple(citations),
        hits=hits,
        refusal=None,
        usage=usage,
        fingerprint=fingerprint,
    )


def refusal_of(
    question: str,
    message: str,
    hits: tuple[Hit, ...],
    usage: Usage,
    fingerprint: dict[str, str],
    kind: RefusalKind = "no_evidence",
) -> Answer:
    """A refusal that shows the hits, if there are any."""
    return Answer(
        question=question,
        status="refused",
        text=message,
        short=None,
        sentences=(),
        dropped=(),
        citations=(),
        hits=hits,
        refusal=Refusal(kind, message),
        usage=usage,
        fingerprint=fingerprint,
    )


def nothing_published(question: str, fingerprint: dict[str, str], started: float) -> Answer:
    """The refusal of a question about days on which nothing was published.

    Args:
        started: of `time.perf_counter()`.
    """
    usage = Usage(seconds={"total": time.perf_counter() - started})
    message = "No article with a date lies within the days that were asked for."
    return refusal_of(question, message, (), usage, fingerprint, "outside_dates")

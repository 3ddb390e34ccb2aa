"""What a question comes to: an answer whose every sentence is cited, or a typed refusal."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from rag.checking.citation import Citation, Sentence
from rag.finding.hit import Hit
from rag.finding.sources import Sources
from rag.showing import render

Status = Literal["answered", "quoted", "refused"]
RefusalKind = Literal["no_evidence", "off_corpus", "outside_dates", "conflicting", "unsafe_input"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in words for the reader."""

    kind: RefusalKind
    message: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost.

    Attributes:
        seconds: wall time per stage: embed (the question), retrieve, read (rank sentences),
            prefill (to the first token), decode, verify, total; stages not reached are absent.
        prompt_tokens, completion_tokens: of the generator.
        dropped, requoted: draft sentences that were left out, or replaced by a quote.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    dropped: int = 0
    requoted: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer built from evidence.

    Attributes:
        question: as it was asked.
        status: 'answered' (the model's words, checked), 'quoted' (articles' words only)
            or 'refused'.
        text: the sentences with their markers; the refusal's message when refused.
        short: a few words that stand verbatim in a citation, or None.
        sentences: what `text` is made of; empty when refused.
        dropped: sentences of the draft that were not supported and are not in `text`.
        citations: in order of marker.
        hits: the passages that were read, best first.
        refusal: set when, and only when, status is 'refused'.
        fingerprint: models, settings and library generation that it was made with.
        answerability: how likely the best evidence is to answer the question, in [0, 1]; no
            probability, but comparable between questions. None where no evidence was read.
        sources: the independent reports that the cited articles amount to, and who carries them.
    """

    question: str
    status: Status
    text: str
    short: str | None
    sentences: tuple[Sentence, ...]
    dropped: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    refusal: Refusal | None
    usage: Usage
    fingerprint: dict[str, str]
    answerability: float | None = None
    sources: Sources = field(default_factory=Sources)

    def __str__(self) -> str:
        if self.refusal is not None:
            return render.refusal_as_text(self.refusal.message, self.hits)
        return render.as_text(self.text, self.citations, self.sources)

    def to_markdown(self) -> str:
        """The answer with its sources as footnotes."""
        if self.refusal is not None:
            return render.refusal_as_markdown(self.refusal.message)
        return render.as_markdown(self.sentences, self.citations, self.sources)

    def _repr_html_(self) -> str:
        if self.refusal is not None:
            return render.as_html(f"No answer. {self.refusal.message}", ())
        return render.as_html(self.text, self.citations, self.sources)

    def to_dict(self) -> dict[str, object]:
        """The JSON form, which `dateline ask --json` prints."""
        return {
            "question": self.question,
            "status": self.status,
            "text": self.text,
            "short": self.short,
            "sentences": [render.sentence_dict(sentence) for sentence in self.sentences],
            "sources": render.sources_dict(self.sources),
            "refusal": asdict(self.refusal) if self.refusal else None,
            "hits": [render.hit_dict(hit) for hit in self.hits],
            "answerability": self.answerability,
            "usage": asdict(self.usage),
            "fingerprint": dict(self.fingerprint),
        }

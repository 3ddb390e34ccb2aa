"""What a question comes to: an answer whose every sentence is cited, or a typed refusal."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from rag.checking.citation import Citation, Sentence
from rag.finding.hit import Hit
from rag.finding.sources import Sources
from rag.showing import render
from rag.timeline.conflicts import Conflict
from rag.timeline.timeline import Timeline

Status = Literal["answered", "quoted", "refused"]
RefusalKind = Literal["no_evidence", "off_corpus", "outside_dates", "conflicting", "unsafe_input"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer.

    Attributes:
        message: in words for the reader.
        missing: what the question names and no hit mentions, in the question's words.
        nearest: the best sentence of each of the nearest articles. They do not answer the
            question; they are where a reader may look further.
    """

    kind: RefusalKind
    message: str
    missing: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Only what JSON has."""
        return {
            "kind": self.kind,
            "message": self.message,
            "missing": list(self.missing),
            "nearest": [render.citation_dict(citation) for citation in self.nearest],
        }


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost.

    Attributes:
        seconds: wall time per stage: embed (the question), retrieve, read (rank sentences),
            prefill (to the first token), decode, verify, total; stages not reached are absent.
        prompt_tokens, completion_tokens: of the generator.
        recited, rewritten, requoted, dropped: draft sentences that stand on another span than the
            model named, were written again from their span, replaced by a quote, or left out.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    dropped: int = 0
    requoted: int = 0
    recited: int = 0
    rewritten: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer built from evidence.

    Attributes:
        question: as it was asked.
        status: 'answered' (the model's words, checked), 'quoted' (articles' words only)
            or 'refused'.
        text: the sentences with their markers; the refusal's message when refused.
        short: a few words that stand verbatim in a citation, or were computed; None where
            neither could be.
        working: by which rule, and from what, `short` was computed; None where it is verbatim.
        correction: what the question takes for granted and the articles do not say; the sentences
            are what they do say. None where nothing is wrong with it.
        timeline: the figures of the quantity that was asked for, where there are several.
        conflicts: different figures for one day or event, one of them cited; all are quoted.
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
    working: str | None = None
    correction: str | None = None
    timeline: Timeline | None = None
    conflicts: tuple[Conflict, ...] = ()

    def __str__(self) -> str:
        if self.refusal is not None:
            return render.refusal_as_text(self.refusal.message, self.refusal.nearest)
        return render.as_text(self._whole, self.citations, self.sources)

    @property
    def preface(self) -> str:
        """What comes before the sentences: a false premise named, a computed answer shown."""
        computed = f"{self.short} ({self.working})." if self.short and self.working else ""
        return " ".join(filter(None, (self.correction, computed)))

    @property
    def _whole(self) -> str:
        return f"{self.preface}\n{self.text}" if self.preface else self.text

    def to_markdown(self) -> str:
        """The answer with its sources as footnotes."""
        if self.refusal is not None:
            return render.refusal_as_markdown(self.refusal.message, self.refusal.nearest)
        return render.as_markdown(self.sentences, self.citations, self.sources, self.preface)

    def _repr_html_(self) -> str:
        if self.refusal is not None:
            return render.as_html(f"No answer. {self.refusal.message}", ())
        return render.as_html(self._whole, self.citations, self.sources)

    def to_dict(self) -> dict[str, object]:
        """The JSON form, which `dateline ask --json` prints."""
        return {
            "question": self.question,
            "status": self.status,
            "text": self.text,
            "short": self.short,
            "working": self.working,
            "correction": self.correction,
            "timeline": self.timeline.to_dict() if self.timeline else None,
            "conflicts": [conflict.to_dict() for conflict in self.conflicts],
            "sentences": [render.sentence_dict(sentence) for sentence in self.sentences],
            "sources": render.sources_dict(self.sources),
            "refusal": self.refusal.to_dict() if self.refusal else None,
            "hits": [render.hit_dict(hit) for hit in self.hits],
            "answerability": self.answerability,
            "usage": asdict(self.usage),
            "fingerprint": dict(self.fingerprint),
        }

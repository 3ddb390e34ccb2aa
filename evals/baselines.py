"""What Dateline has to beat: answers made from the same library and models, without its care.

Both see the same passages under the same `as_of`, and neither refuses because its evidence is
weak. Their sentences are judged after the fact by the verifier, changing nothing that is shown,
so that a report can say how many were not supported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from corpus.article import Article, Passage
from corpus.sentences import sentence_spans
from embeddings.embedder import Embedder, Vectors
from embeddings.library import Library
from embeddings.window import DateWindow
from evals.metrics.judge import Judge, judge_citations
from evals.runner import System
from rag.answer import Answer, Refusal, Usage
from rag.citation import Citation, Sentence, Verdict
from rag.generator import Generator, Message
from rag.hit import Hit, Why
from rag.verify import Verifier

PASSAGES = 3
MAX_TOKENS = 160
"""Room for about six sentences; the questions ask for one or two."""

_NO_ANSWER = "I don't know"
_INSTRUCTION = (
    f'Answer the question from the passages. If the passages do not answer it, say "{_NO_ANSWER}".'
)


class Sources(Protocol):
    """What a baseline takes from a `Newsroom`."""

    @property
    def library(self) -> Library:
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
        if not admitted:
            return _nothing_published(question, self._fingerprint(), started)
        vector = self._newsroom.embedder.embed([question])[0]
        embedded = time.perf_counter()
        scores = self._vectors[admitted] @ vector
        best = int(np.argmax(scores))
        place = self._places[admitted[best]]
        found = time.perf_counter()
        citation = place.citation()
        why = Why(dense=float(scores[best]), lexical=None)
        sentence = Sentence(citation.quote, "quote", 1.0, (citation,))
        return Answer(
            question=question,
            status="quoted",
            text=sentence.marked,
            short=None,
            sentences=(sentence,),
            dropped=(),
            citations=(citation,),
            hits=(Hit(place.passage, place.article, float(scores[best]), 1, why),),
            refusal=None,
            usage=Usage(
                seconds={
                    "embed": embedded - started,
                    "retrieve": found - embedded,
                    "total": found - started,
                }
            ),
            fingerprint=self._fingerprint(),
        )

    def _fingerprint(self) -> dict[str, str]:
        return {"system": self.name, "embedder": self._newsroom.embedder.fingerprint.name}

    def _read_library(self) -> None:
        library = self._newsroom.library
        if self._generation == library.generation:
            return
        self._places = list(_places(library))
        if self._places:
            texts = [place.citation().quote for place in self._places]
            self._vectors = self._newsroom.embedder.embed(texts)
        self._generation = library.generation


class PlainPrompt:
    """Puts the three densest passages before the model and shows what it says, unchecked.

    The text is cited to the first passage as a whole. It is a refusal when the model says that
    it does not know, in the words that the prompt gives it, and at no other time but when no
    article was published by `as_of`.

    Args:
        newsroom: whose library and models to use.
        judge: gives the sentences their verdicts afterwards; `Verifier` over the newsroom's
            embedder unless another is given.
    """

    name = "plain-prompt"

    def __init__(self, newsroom: Sources, judge: Judge | None = None) -> None:
        self._newsroom = newsroom
        self._judge: Judge = judge if judge is not None else Verifier(newsroom.embedder)

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The model's own words."""
        started = time.perf_counter()
        hits = self._hits(question, DateWindow(None, as_of))
        retrieved = time.perf_counter()
        if not hits:
            return _nothing_published(question, self._fingerprint(), started)
        draft, prompt_tokens, completion_tokens = self._write(question, hits)
        written = time.perf_counter()
        usage = Usage(
            seconds={
                "retrieve": retrieved - started,
                "decode": written - retrieved,
                "total": written - started,
            },
            prompt_tokens=prompt_tokens,
            completion_tokens=completion_tokens,
        )
        if not draft or says_it_does_not_know(draft):
            message = draft or "The model wrote nothing."
            return _refusal(question, message, hits, usage, self._fingerprint())
        top = hits[0]
        citation = Citation(1, top.article, top.passage, top.passage.start, top.passage.end)
        sentences = tuple(
            Sentence(text, *self._verdict(text, citation), citations=(citation,))
            for text in (draft[start:end] for start, end in sentence_spans(draft))
        )
        return Answer(
            question=question,
            status="answered",
            text=" ".join(sentence.marked for sentence in sentences),
            short=None,
            sentences=sentences,
            dropped=(),
            citations=(citation,),
            hits=hits,
            refusal=None,
            usage=usage,
            fingerprint=self._fingerprint(),
        )

    def _hits(self, question: str, window: DateWindow) -> tuple[Hit, ...]:
        library = self._newsroom.library
        vector = self._newsroom.embedder.embed([question])[0]
        found = library.dense(vector, PASSAGES, window)
        passages = [(library.passage(passage_id), score) for passage_id, score in found]
        return tuple(
            Hit(passage, library.article(passage.article_id), score, rank, Why(score, None))
            for rank, (passage, score) in enumerate(passages, start=1)
        )

    def _write(self, question: str, hits: tuple[Hit, ...]) -> tuple[str, int, int]:
        """The model's text, and how many tokens it read and wrote."""
        passages = "\n\n".join(hit.text for hit in hits)
        messages = [
            Message("system", _INSTRUCTION),
            Message("user", f"Passages:\n{passages}\n\nQuestion: {question}"),
        ]
        text, read, wrote = "", 0, 0
        for piece in self._newsroom.generator.stream(messages, max_tokens=MAX_TOKENS):
            text += piece.text
            read, wrote = piece.prompt_tokens or read, piece.completion_tokens or wrote
        return text.strip(), read, wrote

    def _verdict(self, text: str, citation: Citation) -> tuple[Verdict, float]:
        judgement = judge_citations(self._judge, text, [citation])
        match judgement.verdict:
            case "supported" | "partly" | "quote" as verdict:
                return verdict, judgement.support
            case _:
                return "unsupported", judgement.support

    def _fingerprint(self) -> dict[str, str]:
        return {
            "system": self.name,
            "embedder": self._newsroom.embedder.fingerprint.name,
            "generator": self._newsroom.generator.name,
        }


BASELINES: dict[str, Callable[[Sources], System]] = {
    NearestSentence.name: NearestSentence,
    PlainPrompt.name: PlainPrompt,
}


def says_it_does_not_know(draft: str) -> bool:
    """Whether the model's first words are the refusal that the prompt offers it."""
    start = draft.lstrip("\"'“‘ ").replace("’", "'").casefold()
    return start.startswith((_NO_ANSWER.casefold(), "i do not know"))


def _places(library: Library) -> Iterator[_Place]:
    """Every sentence of every passage once, though passages may overlap."""
    for article in library.articles():
        seen: set[tuple[int, int]] = set()
        for passage in library.passages(article.id):
            for start, end in sentence_spans(article.text[passage.start : passage.end]):
                span = (passage.start + start, passage.start + end)
                if span not in seen:
                    seen.add(span)
                    yield _Place(article, passage, *span)


def _nothing_published(question: str, fingerprint: dict[str, str], started: float) -> Answer:
    usage = Usage(seconds={"total": time.perf_counter() - started})
    message = "No article with a date lies within the days that were asked for."
    return _refusal(question, message, (), usage, fingerprint, outside=True)


def _refusal(
    question: str,
    message: str,
    hits: tuple[Hit, ...],
    usage: Usage,
    fingerprint: dict[str, str],
    *,
    outside: bool = False,
) -> Answer:
    return Answer(
        question=question,
        status="refused",
        text=message,
        short=None,
        sentences=(),
        dropped=(),
        citations=(),
        hits=hits,
        refusal=Refusal("outside_dates" if outside else "no_evidence", message),
        usage=usage,
        fingerprint=fingerprint,
    )

"""The three densest passages put before the model, and what it says shown unchecked.

This is what a first evening with a vector store gives: retrieval without lexical search or dates
in the question, no choice of sentences, no check. It is also the undefended system that attacks
are measured beside.
"""

from __future__ import annotations

import time
from datetime import date

from embeddings.embedders.embedder import Vectors
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from evals.metrics.judge import Judge
from evals.systems.shared import (
    DOES_NOT_KNOW,
    Sources,
    answer_of,
    judged,
    nothing_published,
    refusal_of,
    says_it_does_not_know,
    sentences_of,
    write,
)
from rag.answer import Answer, Usage
from rag.checking.citation import Citation, Sentence
from rag.checking.verify import Verifier
from rag.finding.hit import Hit, Why
from rag.writing.generator import Message

PASSAGES = 3

_INSTRUCTION = (
    "Answer the question from the passages. If the passages do not answer it, say "
    f'"{DOES_NOT_KNOW}".'
)


class PlainPrompt:
    """Puts the three densest passages before the model and shows what it says, unchecked.

    The text is cited to the first passage as a whole. It is a refusal when the model says that
    it does not know, in the words that the prompt gives it, and at no other time but when no
    article was published by `as_of`. The sentences are judged after the fact, changing nothing
    that is shown, so that a report can say how many were not supported.

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
        vector = self._newsroom.embedder.embed([question])[0]
        embedded = time.perf_counter()
        hits = _densest(self._newsroom.library, vector, DateWindow(None, as_of))
        retrieved = time.perf_counter()
        if not hits:
            return nothing_published(question, self._fingerprint(), started)
        draft = write(self._newsroom.generator, _messages(question, hits))
        usage = Usage(
            seconds={
                "embed": embedded - started,
                "retrieve": retrieved - embedded,
                **draft.seconds,
                "total": time.perf_counter() - started,
            },
            prompt_tokens=draft.prompt_tokens,
            completion_tokens=draft.completion_tokens,
        )
        if not draft.text or says_it_does_not_know(draft.text):
            message = draft.text or "The model wrote nothing."
            return refusal_of(question, message, hits, usage, self._fingerprint())
        top = hits[0]
        citation = Citation(1, top.article, top.passage, top.passage.start, top.passage.end)
        sentences = [
            Sentence(text, *judged(self._judge, text, [citation]), citations=(citation,))
            for text in sentences_of(draft.text)
        ]
        return answer_of(
            question, "answered", sentences, [citation], hits, usage, self._fingerprint()
        )

    def _fingerprint(self) -> dict[str, str]:
        return {
            "system": self.name,
            "embedder": self._newsroom.embedder.fingerprint.name,
            "generator": self._newsroom.generator.name,
        }


def _densest(library: LibraryLike, vector: Vectors, window: DateWindow) -> tuple[Hit, ...]:
    found = [
        (library.passage(name), score) for name, score in library.dense(vector, PASSAGES, window)
    ]
    return tuple(
        Hit(passage, library.article(passage.article_id), score, rank, Why(score, None))
        for rank, (passage, score) in enumerate(found, start=1)
    )


def _messages(question: str, hits: tuple[Hit, ...]) -> list[Message]:
    passages = "\n\n".join(hit.text for hit in hits)
    return [
        Message("system", _INSTRUCTION),
        Message("user", f"Passages:\n{passages}\n\nQuestion: {question}"),
    ]

"""The language model's reply to the sentences that Dateline ranks first, taken at its word.

It is what the trained answerer is worth by itself: no rules choose the sentence or the words, and
nothing but the model refuses. Asked of the same model without what it was taught, in the same
form, it is what training earned.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evals.systems.shared import answer_of, nothing_published, refusal_of
from rag.answer import Answer, Usage
from rag.checking.citation import Citation, Sentence
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit
from rag.finding.ranking import EvidenceRanker
from rag.finding.retrieve import retrieve
from rag.newsroom import Newsroom
from rag.question.query import read_question
from rag.writing.generator import Citing, Generator
from rag.writing.trained import NO_ANSWER, Shown, read_reply, trained_prompt


class AnswererAlone:
    """Shows the sentence that the model names, with the words that it copies, or its refusal.

    Args:
        newsroom: finds the passages and ranks their sentences, as it is set.
        generator: replies, held to words of the sentences shown; the newsroom's if None.
    """

    name = "answerer-alone"

    def __init__(self, newsroom: Newsroom, generator: Generator | None = None) -> None:
        self._newsroom = newsroom
        self._generator = generator
        self._options = newsroom.settings.answer_options()
        self._ranker = EvidenceRanker(
            newsroom.embedder, self._options.evidence, lambda: newsroom.reader
        )

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """One verbatim sentence with the words that answer, or a refusal."""
        generator = self._generator or self._newsroom.generator
        fingerprint = {"system": self.name, "generator": generator.name}
        started = time.perf_counter()
        query = read_question(question, as_of=as_of)
        vector = self._newsroom.embedder.embed([query.text])[0]
        hits = tuple(retrieve(self._newsroom.library, query, vector, self._options.retrieve))
        if not hits:
            return nothing_published(question, fingerprint, started)
        options = self._options.prompt.trained
        shown = self._ranker.rank(query.text, vector, hits)[: options.sentences]
        texts = [" ".join(one.text.split()) for one in shown]
        dated = [
            Shown(one.hit.article.date_label, text) for one, text in zip(shown, texts, strict=True)
        ]
        pieces = generator.stream(
            trained_prompt(query.text, dated),
            max_tokens=options.tokens,
            steer=Citing(texts, NO_ANSWER),
        )
        said = read_reply("".join(piece.text for piece in pieces))
        usage = Usage(seconds={"total": time.perf_counter() - started})
        # A model that is not held to the form may name a sentence that nobody showed it.
        if not said or not 1 <= said[0].number <= len(shown):
            message = "The model named no sentence."
            return refusal_of(question, message, hits, usage, fingerprint)
        return self._told(question, shown[said[0].number - 1], said[0].words, hits, usage)

    def _told(
        self, question: str, one: Evidence, words: str, hits: Sequence[Hit], usage: Usage
    ) -> Answer:
        citation = Citation(1, one.hit.article, one.hit.passage, one.start, one.end)
        generator = self._generator or self._newsroom.generator
        answer = answer_of(
            question,
            "quoted",
            [Sentence(citation.quote, "quote", 1.0, (citation,))],
            [citation],
            tuple(hits),
            usage,
            {"system": self.name, "generator": generator.name},
        )
        return replace(answer, short=words)

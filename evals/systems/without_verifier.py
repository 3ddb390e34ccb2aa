"""Dateline's whole sentences with nothing checked and nothing dropped.

All else is as in `dateline-cited`: the same passages, evidence, prompt and model, and the same
refusals before the model writes. So the difference between the two is what the verifier earns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evals.metrics.judge import Judge
from evals.systems.shared import judged
from rag.answer import Answer
from rag.checking.verify import Verification, Verifier
from rag.newsroom import Newsroom


class Unchecked:
    """A checker that lets every sentence pass with whatever evidence it is offered first.

    Offered none, it says 'unsupported': then the sentence, whose writer marked nothing, is tried
    against the nearest evidence, and passes with that.
    """

    def check(
        self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()
    ) -> Verification:
        """'supported' by any span at all."""
        del sentence, context
        if spans:
            return Verification("supported", 1.0, ())
        return Verification("unsupported", 0.0, ("nothing is cited",))


class WithoutVerifier:
    """Shows each sentence that the model writes, at the model's own marker.

    A sentence without a marker, or with one that names no evidence, is cited to the evidence
    that shares most words with it. The sentences are judged after the fact, changing nothing
    that is shown, so that a report can say how many were not supported.

    Args:
        newsroom: to answer as, with whole sentences.
        judge: gives the sentences their verdicts afterwards; `Verifier` over the newsroom's
            embedder unless another is given.
    """

    name = "without-verifier"

    def __init__(self, newsroom: Newsroom, judge: Judge | None = None) -> None:
        self._newsroom = newsroom.variant(style="cited", verifier=Unchecked())
        self._judge: Judge = judge if judge is not None else Verifier(newsroom.embedder)

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The model's draft, unchecked."""
        answer = self._newsroom.ask(question, as_of=as_of)
        sentences = []
        for sentence in answer.sentences:
            if sentence.verdict != "quote":
                verdict, support = judged(self._judge, sentence.text, sentence.citations)
                sentence = replace(sentence, verdict=verdict, support=support)
            sentences.append(sentence)
        fingerprint = answer.fingerprint | {"system": self.name}
        return replace(answer, sentences=tuple(sentences), fingerprint=fingerprint)

"""Is each citation needed, or does it only decorate?

A citation is idle when it does not support its sentence alone and the sentence's other citations
support it without it.

    precision(citation) = 1 if its sentence's citations together support the sentence
                            and the citation is not idle, else 0
    value               = mean of precision over all citations of all sentences

Source: citation precision of ALCE (Gao et al., 2023, under 'Citation quality'; 'idle' is what they
call 'irrelevant'). The weakness of Dateline's own verifier as the judge is told in
`evals.metrics.citation_recall`. Unscored: refusals, answers without citations, and everything where
no judge was given.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.judge import NO_JUDGE, Judge, carries
from evals.sample import Sample, Score
from rag.answer import Answer
from rag.checking.citation import Sentence


class CitationPrecision(Metric):
    """Mean share of an answer's citations that do work."""

    name = "citation_precision"
    group = "citations"

    def __init__(self, judge: Judge | None = None) -> None:
        self.judge = judge

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        quotes = [citation.quote for s in answer.sentences for citation in s.citations]
        judge = self.judge
        if judge is None:
            return Score(None, " | ".join(quotes), NO_JUDGE)
        if answer.status == "refused" or not quotes:
            return Score(None, answer.text, "no citation to judge")
        wanted = sum(_working(judge, sentence) for sentence in answer.sentences)
        why = f"{wanted} of {len(quotes)} citations carry their sentence"
        return Score(wanted / len(quotes), " | ".join(quotes), why)


def _working(judge: Judge, sentence: Sentence) -> int:
    """How many of one sentence's citations have precision 1."""
    every = sentence.citations
    if not carries(judge, sentence.text, every):
        return 0
    return sum(
        carries(judge, sentence.text, [citation])
        or not carries(judge, sentence.text, every[:place] + every[place + 1 :])
        for place, citation in enumerate(every)
    )

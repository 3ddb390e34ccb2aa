"""Are the sentences carried by what they cite?

    recall(sentence) = 1 if it has citations and their quotes together support it, else 0
    value            = mean of recall over the answer's sentences

Source: citation recall of ALCE (Gao et al., 2023, under 'Citation quality'). ALCE's judge is an
NLI model (TRUE); here it is whatever judge is handed in.

Its weakness with Dateline's own verifier as the judge: Dateline shows only sentences that this
verifier let pass, so its value says that the gate is shut, not that the verifier is right, and
systems that are not gated by it are measured by a rule that they never saw. Use it to compare
settings, and a judge of another make before believing it. Unscored: refusals, and everything where
no judge was given.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.judge import NO_JUDGE, Judge, carries
from evals.sample import Sample, Score
from rag.answer import Answer


class CitationRecall(Metric):
    """Mean share of an answer's sentences that their citations support."""

    name = "citation_recall"
    group = "citations"

    def __init__(self, judge: Judge | None = None) -> None:
        self.judge = judge

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        judge = self.judge
        if judge is None:
            return Score(None, answer.text, NO_JUDGE)
        if answer.status == "refused" or not answer.sentences:
            return Score(None, answer.text, "no sentence to carry")
        bare = [
            sentence.text
            for sentence in answer.sentences
            if not carries(judge, sentence.text, sentence.citations)
        ]
        carried = len(answer.sentences) - len(bare)
        why = f"{carried} of {len(answer.sentences)} sentences carried by their citations"
        if bare:
            why += f"; not '{bare[0]}'"
        return Score(carried / len(answer.sentences), answer.text, why)

"""How much of a long answer is there?

    value = parts of the target of which an accepted form stands in the answer / parts

Source: nugget recall of the TREC QA track (Voorhees, 2003), judged by string inclusion as in
ASQA's STR-EM (Stelmakh et al., 2022) and ALCE (Gao et al., 2023); a form may be a pattern, see
`evals.metrics.text`. Its weakness: a system that says much finds more, and a nugget in other words
is not seen. Scored on samples of several parts and on those of kind 'long'; a refusal scores 0.
Unscored: samples to refuse, and those of one part.
"""

from __future__ import annotations

from evals.metrics.answer_accuracy import shown_texts
from evals.metrics.base import Metric
from evals.metrics.text import contains_any
from evals.sample import Sample, Score
from rag.answer import Answer


class NuggetRecall(Metric):
    """Mean share of the parts of an answer that are there."""

    name = "nugget_recall"
    group = "answers"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        parts = sample.target.parts
        many = len(parts) > 1 or (parts and sample.kind == "long")
        if sample.target.refuse or not many:
            return Score(None, answer.text, "not an answer of several parts")
        if answer.status == "refused":
            return Score(0.0, answer.text, "refused a question that has an answer")
        missing = [part[0] for part in parts if not contains_any(shown_texts(answer), part)]
        why = f"{len(parts) - len(missing)} of {len(parts)} parts"
        if missing:
            why += f"; not '{missing[0]}'"
        return Score(1 - len(missing) / len(parts), answer.text, why)

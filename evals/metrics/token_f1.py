"""How many words do the answer and an accepted one share?

    P = common / |answer tokens|, R = common / |form tokens|, F1 = 2PR / (P + R)

with common = the size of the multiset intersection; the value is the best over the accepted
forms, of which a pattern stands for the words that it matches. What is compared is the short answer
where there is one, else the whole text, so an answer that wraps the right words in many others
scores low.

Source: F1 of SQuAD (Rajpurkar et al., 2016), with the normalisation of `evals.metrics.text`. Its
weakness: half the words of an accepted form earn half, even where they say something else. A
refusal of a question that has an answer scores 0. Unscored: samples to refuse, and targets of
several parts.
"""

from __future__ import annotations

from collections import Counter

from evals.metrics.base import Metric
from evals.metrics.text import tokens, without_markers, worded
from evals.sample import Sample, Score
from rag.answer import Answer


def token_f1(given: str, wanted: str) -> float:
    """F1 of the tokens of two texts, in [0, 1]; 0 when they share none."""
    ours, theirs = tokens(given), tokens(wanted)
    common = sum((Counter(ours) & Counter(theirs)).values())
    if common == 0:
        return 0.0
    precision, recall = common / len(ours), common / len(theirs)
    return 2 * precision * recall / (precision + recall)


class TokenF1(Metric):
    """Mean overlap in words between the answer and the accepted form nearest to it."""

    name = "token_f1"
    group = "answers"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        given = answer.short or without_markers(answer.text)
        if sample.target.refuse or len(sample.target.parts) != 1:
            return Score(None, given, "not a question with one short answer")
        if answer.status == "refused":
            return Score(0.0, given, "refused a question that has an answer")
        forms = [worded(given, form) for form in sample.target.answers]
        best = max(forms, key=lambda form: token_f1(given, form))
        return Score(token_f1(given, best), given, f"compared with '{best}'")

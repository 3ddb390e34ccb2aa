"""Is the short answer exactly an accepted one?

    value = 1 if tokens(short) = tokens(form) for some accepted form, else 0

Source: exact match of SQuAD (Rajpurkar et al., 2016), on `Answer.short`, with the normalisation
of `evals.metrics.text`; a form that is a pattern has to match the whole of it. Its weakness: one
word more is as wrong as another figure. A refusal, or an answer without a short answer, of a
question that has one scores 0. Unscored: samples to refuse, and targets of several parts.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.text import matches
from evals.sample import Sample, Score
from rag.answer import Answer


class ShortExact(Metric):
    """Share of one-part answerable samples whose short answer is exactly an accepted one."""

    name = "short_exact"
    group = "answers"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        short = answer.short or ""
        if sample.target.refuse or len(sample.target.parts) != 1:
            return Score(None, short, "not a question with one short answer")
        if any(matches(short, form) for form in sample.target.answers):
            return Score(1.0, short, "an accepted answer")
        return Score(0.0, short, "not an accepted answer" if short else "no short answer")

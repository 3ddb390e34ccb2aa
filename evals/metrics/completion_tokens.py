"""How much does the model write for one answer?

    value = usage.completion_tokens; summarised by the mean

Source: the count that the generator gives. Its weakness: another model cuts words into tokens
another way, so it compares settings of one model. 0 where no model was asked. Unscored: answers
that a model wrote without counting.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.prompt_tokens import counted
from evals.sample import Sample, Score
from rag.answer import Answer


class CompletionTokens(Metric):
    """Mean number of tokens that the model writes for one answer."""

    name = "completion_tokens"
    unit = "tokens"
    better = "lower"
    group = "cost"

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        return counted(answer, answer.usage.completion_tokens)

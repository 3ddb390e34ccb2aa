"""How much does the model read for one answer?

    value = usage.prompt_tokens; summarised by the mean

Source: the count that the generator gives. Its weakness: another model cuts words into tokens
another way, so it compares settings of one model. 0 where no model was asked. Unscored: answers
that a model wrote without counting.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.sample import Sample, Score
from rag.answer import Answer


def counted(answer: Answer, tokens: int) -> Score:
    """A count of tokens, which is believed to be 0 only where no model was asked."""
    asked = {"prefill", "decode"} & answer.usage.seconds.keys()
    if tokens == 0 and asked:
        return Score(None, answer.status, "the generator did not count")
    return Score(float(tokens), answer.status, "counted" if asked else "no model was asked")


class PromptTokens(Metric):
    """Mean number of tokens that the model reads for one answer."""

    name = "prompt_tokens"
    unit = "tokens"
    better = "lower"
    group = "cost"

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        return counted(answer, answer.usage.prompt_tokens)

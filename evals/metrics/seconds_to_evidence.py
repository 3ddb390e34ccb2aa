"""How long until the reader sees the first passage?

    value = usage.seconds['embed'] + usage.seconds['retrieve'], in seconds of wall time;
            summarised by the median

Source: Dateline's own contract: the evidence appears before the first word. Its weakness is that
of `seconds_median`; a system that does not time the embedding apart has it in 'retrieve'.
Unscored: answers without the stage 'retrieve'.
"""

from __future__ import annotations

from evals.metrics.seconds_median import SecondsMedian
from evals.sample import Sample, Score
from rag.answer import Answer


class SecondsToEvidence(SecondsMedian):
    """Median wall time until the passages are found, in seconds."""

    name = "seconds_to_evidence"

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        stages = answer.usage.seconds
        if "retrieve" not in stages:
            return Score(None, answer.status, "nothing was retrieved")
        seconds = stages.get("embed", 0.0) + stages["retrieve"]
        return Score(seconds, answer.status, "embed and retrieve")

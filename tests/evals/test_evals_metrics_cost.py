"""Metrics of speed and cost: seconds by stage, and tokens. By hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evals.fakes import make_answer, make_article, make_refusal
from evals.metrics.completion_tokens import CompletionTokens
from evals.metrics.prompt_tokens import PromptTokens
from evals.metrics.seconds_median import SecondsMedian
from evals.metrics.seconds_p95 import SecondsP95
from evals.metrics.seconds_to_evidence import SecondsToEvidence
from evals.metrics.seconds_to_first_word import SecondsToFirstWord
from evals.sample import Sample, Target
from evals.statistics import estimate
from rag.answer import Answer, Usage

ARTICLE = make_article("97 remain.")
ASKED = Sample("s", "q", "fact", Target(answers=("97",)))
WRITTEN = {
    "embed": 0.25, "retrieve": 0.5, "read": 1.0, "prefill": 2.0,
    "decode": 4.0, "verify": 8.0, "total": 16.0,
}  # fmt: skip
QUOTED = {"embed": 0.25, "retrieve": 0.5, "read": 1.0, "verify": 0.25, "total": 2.25}
PLAIN = {"retrieve": 0.5, "decode": 4.0, "total": 4.5}


def took(seconds: dict[str, float], prompt: int = 0, completion: int = 0) -> Answer:
    usage = Usage(seconds=seconds, prompt_tokens=prompt, completion_tokens=completion)
    return replace(make_answer("97", [("97 remain.", ARTICLE)]), usage=usage)


@pytest.mark.parametrize(
    ("answer", "evidence", "first_word", "whole"),
    [
        (took(WRITTEN), 0.75, 3.75, 16.0),
        (took(QUOTED), 0.75, 2.25, 2.25),
        (took(PLAIN), 0.5, None, 4.5),
        (took({"total": 1.0}), None, 1.0, 1.0),
        (took({}), None, None, None),
        (replace(make_refusal(), usage=Usage(seconds=QUOTED)), 0.75, None, 2.25),
    ],
)
def test_seconds(
    answer: Answer, evidence: float | None, first_word: float | None, whole: float | None
) -> None:
    assert SecondsToEvidence()(ASKED, answer).value == evidence
    assert SecondsToFirstWord()(ASKED, answer).value == first_word
    assert SecondsMedian()(ASKED, answer).value == whole
    assert SecondsP95()(ASKED, answer).value == whole


def test_seconds_to_evidence_and_first_word_are_medians() -> None:
    values = np.array([1.0, 2.0, 90.0])

    assert SecondsToEvidence().summarise(values) == 2.0
    assert SecondsToFirstWord().summarise(values) == 2.0


@pytest.mark.parametrize(
    ("answer", "read", "wrote"),
    [
        (took(WRITTEN, 300, 20), 300.0, 20.0),
        (took(QUOTED), 0.0, 0.0),  # no model was asked
        (took(WRITTEN), None, None),  # one was, and it did not count
        (took(PLAIN, 300), 300.0, None),
    ],
)
def test_tokens(answer: Answer, read: float | None, wrote: float | None) -> None:
    assert PromptTokens()(ASKED, answer).value == read
    assert CompletionTokens()(ASKED, answer).value == wrote


def test_tokens_are_no_share() -> None:
    # all alike and 1, which as shares would get the interval of a share
    found = estimate(CompletionTokens(), [1.0, 1.0])

    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)

"""Metrics of the answer itself: accuracy, exact match, F1, refusals, seconds. By hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.fakes import make_answer, make_article, make_refusal
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import Metric
from evals.metrics.nugget_recall import NuggetRecall
from evals.metrics.refusal_f1 import RefusalF1
from evals.metrics.refusal_precision import RefusalPrecision
from evals.metrics.refusal_recall import RefusalRecall
from evals.metrics.seconds_median import SecondsMedian
from evals.metrics.seconds_p95 import SecondsP95
from evals.metrics.short_exact import ShortExact
from evals.metrics.token_f1 import TokenF1, token_f1
from evals.sample import Sample, Target
from evals.statistics import estimate
from rag.answer import Answer

ARTICLE = make_article("97 of the hostages remain in Gaza. Six were found in a tunnel.")
QUOTE = [("97 of the hostages remain in Gaza.", ARTICLE)]


def sample(target: Target) -> Sample:
    return Sample("s", "How many are left?", "figure", target)


ANSWERABLE = sample(Target(answers=("97", "ninety-seven"), articles=("A title",), quotes=("97",)))
TWO_PARTS = sample(Target(answers=("130",), also=(("97", "ninety-seven"),)))
NONE = sample(Target(refuse=True))
FALSE = sample(Target(answers=("only part of the team",), refuse=True))
UNKNOWN = sample(Target(articles=("A title",)))
REFUSAL = make_refusal()


def said(text: str, short: str | None = None) -> Answer:
    return make_answer(text, QUOTE, short=short)


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (ANSWERABLE, said("There were 97 left."), 1.0),
        (ANSWERABLE, said("There were ninety-seven left."), 1.0),
        (ANSWERABLE, said("There were 197 left."), 0.0),
        (ANSWERABLE, said("Many were left.", short="97"), 1.0),
        (ANSWERABLE, REFUSAL, 0.0),
        (ANSWERABLE, make_refusal("97 of them, perhaps."), 0.0),
        (TWO_PARTS, said("First 130, later ninety-seven."), 1.0),
        (TWO_PARTS, said("First 130, later fewer."), 0.0),
        (NONE, REFUSAL, 1.0),
        (NONE, said("There were 97 left."), 0.0),
        (FALSE, REFUSAL, 1.0),
        (FALSE, said("No: only part of the team left."), 1.0),
        (FALSE, said("All of the team left."), 0.0),
        (UNKNOWN, said("There were 97 left."), None),
        (UNKNOWN, REFUSAL, None),
    ],
)
def test_answer_accuracy(asked: Sample, answer: Answer, expected: float | None) -> None:
    assert AnswerAccuracy()(asked, answer).value == expected


def test_a_marker_is_not_mistaken_for_a_figure() -> None:
    one = sample(Target(answers=("1",)))

    assert AnswerAccuracy()(one, said("Several were left.")).value == 0.0


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (ANSWERABLE, said("There were 97 left.", short="97"), 1.0),
        (ANSWERABLE, said("There were 97 left.", short="The Ninety-Seven."), 1.0),
        (ANSWERABLE, said("There were 97 left.", short="97 of them"), 0.0),
        (ANSWERABLE, said("There were 97 left."), 0.0),
        (ANSWERABLE, REFUSAL, 0.0),
        (TWO_PARTS, said("130 and 97", short="130"), None),
        (NONE, REFUSAL, None),
    ],
)
def test_short_exact(asked: Sample, answer: Answer, expected: float | None) -> None:
    assert ShortExact()(asked, answer).value == expected


def test_a_refusal_is_not_exactly_an_answer_without_a_token() -> None:
    grade = sample(Target(answers=("grade A", "A")))

    assert ShortExact()(grade, REFUSAL).value == 0.0
    assert ShortExact()(grade, said("The best.", short="Grade A")).value == 1.0


PATTERN = sample(Target(answers=("/(97|ninety.seven)( hostages)?/",)))


@pytest.mark.parametrize(
    ("answer", "accuracy", "exact", "f1"),
    [
        # 'ninety-seven' is matched: {ninety, seven} of {about, ninety, seven}: 2·(2/3)/(5/3)
        (said("Many.", short="about ninety-seven"), 1.0, 0.0, 0.8),
        (said("Many.", short="97 hostages"), 1.0, 1.0, 1.0),
        (said("Many.", short="79"), 0.0, 0.0, 0.0),
    ],
)
def test_an_accepted_form_may_be_a_pattern(
    answer: Answer, accuracy: float, exact: float, f1: float
) -> None:
    assert AnswerAccuracy()(PATTERN, answer).value == accuracy
    assert ShortExact()(PATTERN, answer).value == exact
    assert TokenF1()(PATTERN, answer).value == pytest.approx(f1)


LONG = Target(answers=("130",), also=(("97", "ninety-seven"), ("/tunnels?/",)))
ONE_PART = Target(answers=("97",))


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (sample(LONG), said("First 130, later ninety-seven; six were in a tunnel."), 1.0),
        (sample(LONG), said("Ninety-seven are left.", short="130"), 2 / 3),
        (sample(LONG), said("Nobody knows."), 0.0),
        (sample(LONG), REFUSAL, 0.0),
        (Sample("s", "q", "long", ONE_PART), said("97 of them."), 1.0),
        (sample(ONE_PART), said("97 of them."), None),
        (Sample("s", "q", "long", Target()), said("97 of them."), None),
        (sample(Target(answers=("1",), also=(("2",),), refuse=True)), REFUSAL, None),
    ],
)
def test_nugget_recall(asked: Sample, answer: Answer, expected: float | None) -> None:
    assert NuggetRecall()(asked, answer).value == pytest.approx(expected)


def test_token_f1_of_two_texts() -> None:
    # common 'egypt', 'united', 'states'; P = 3/5, R = 3/4; F1 = 2·0.6·0.75/1.35 = 2/3
    given, wanted = "Egypt, Qatar, Oman, United States", "Egypt and the United States"

    assert token_f1(given, wanted) == pytest.approx(2 / 3)
    assert token_f1("Oman", wanted) == 0.0
    assert token_f1("no no", "no") == pytest.approx(2 / 3)  # a repeated word counts once


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (ANSWERABLE, said("Whatever.", short="97"), 1.0),
        # no short answer: the text, markers off: {97, are, left}; P = 1/3, R = 1; F1 = 0.5
        (ANSWERABLE, said("97 are left."), 0.5),
        (ANSWERABLE, make_refusal("97"), 0.0),
        (TWO_PARTS, said("130 and 97"), None),
        (NONE, said("97"), None),
    ],
)
def test_token_f1_of_an_answer(asked: Sample, answer: Answer, expected: float | None) -> None:
    assert TokenF1()(asked, answer).value == expected


@pytest.mark.parametrize(
    ("asked", "answer", "precision", "recall", "f1"),
    [
        (NONE, REFUSAL, 1.0, 1.0, 1.0),
        (NONE, said("97"), None, 0.0, 0.0),
        (FALSE, said("No: only part of the team left."), None, None, None),
        (ANSWERABLE, REFUSAL, 0.0, None, 0.0),
        (ANSWERABLE, said("97"), None, None, None),
    ],
)
def test_refusals_one_by_one(
    asked: Sample,
    answer: Answer,
    precision: float | None,
    recall: float | None,
    f1: float | None,
) -> None:
    assert RefusalPrecision()(asked, answer).value == precision
    assert RefusalRecall()(asked, answer).value == recall
    assert RefusalF1()(asked, answer).value == f1


def test_refusal_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    # 3 rightly refused, 1 wrongly, 2 missed: P = 3/4, R = 3/5, F1 = 2·0.45/1.35 = 2/3
    run = [(NONE, REFUSAL)] * 3 + [(ANSWERABLE, REFUSAL)] + [(NONE, said("97"))] * 2
    run += [(ANSWERABLE, said("97"))] * 5

    def value(metric: Metric) -> float | None:
        return estimate(metric, [metric(asked, answer).value for asked, answer in run]).value

    assert value(RefusalPrecision()) == pytest.approx(3 / 4)
    assert value(RefusalRecall()) == pytest.approx(3 / 5)
    assert value(RefusalF1()) == pytest.approx(2 / 3)


def test_seconds_are_the_total_of_the_answer() -> None:
    timed = make_answer("97", QUOTE, seconds=2.5)

    assert SecondsMedian()(ANSWERABLE, timed).value == 2.5
    assert SecondsP95()(ANSWERABLE, timed).value == 2.5
    assert SecondsMedian()(ANSWERABLE, said("97")).value is None


def test_median_and_95th_percentile() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 101.0])

    assert SecondsMedian().summarise(values) == 3.0
    # definition 7: place 0.95·4 = 3.8 from 0, so 4 + 0.8·97 = 81.6
    assert SecondsP95().summarise(values) == pytest.approx(81.6)

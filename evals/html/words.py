"""The few figures that matter most, in words, for who reads no table."""

from __future__ import annotations

from dataclasses import dataclass

from evals.html.figures import counted, interval, percent, value, with_unit
from evals.html.run import Run
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import Group, Metric
from evals.record import Record
from evals.statistics import RESAMPLES

LEADING: dict[str, str] = {
    "answer_accuracy": "of the questions got a right answer, or the refusal that they were due",
    "quote_fidelity": "of the answers keep the promise: every sentence cited, word for word",
    "citation_recall": "of an answer's sentences are carried by what they cite",
    "gold_quote": "of the evidence that proves the answer was among the words cited",
    "refusal_recall": "of the questions without an answer were refused",
    "refusal_precision": "of the refusals were due",
    "stale": "of the answers told what had been true on another day",
    "seconds_median": "is the median time of a whole answer",
}
"""What a value of each metric says; those that the run measured lead the page, in this order."""

GROUP_TITLES: dict[Group, str] = {
    "answers": "Answers",
    "citations": "Citations",
    "retrieval": "Retrieval",
    "refusal": "Refusal and confidence",
    "time": "Time and conflict",
    "robustness": "Robustness",
    "cost": "Speed and cost",
}
"""What stands over the metrics of a group."""

MOST_LEADING = 6
"""Figures that lead the page; with more, none of them would lead."""

SURE = 0.8
"""Confidence from which the summary counts a wrong answer as a sure one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One leading figure, ready to print."""

    words: str
    value: str
    interval: str
    n: int


def leading(run: Run) -> list[Figure]:
    """The leading figures that the run has scores for."""
    by_name = {metric.name: metric for metric in run.metrics}
    found = [
        _figure(run, by_name[name], words) for name, words in LEADING.items() if name in by_name
    ]
    return [figure for figure in found if figure.n][:MOST_LEADING]


def _figure(run: Run, metric: Metric, words: str) -> Figure:
    found, unit = run.estimate(metric.name), metric.unit
    limits = with_unit(interval(found, unit), unit)
    return Figure(words, value(found, unit), limits, found.n)


def summary(run: Run) -> str:
    """What came of the run, in two or three sentences."""
    asked = len(run.records) - len(run.failed)
    said = f"{run.system} was asked {counted(len(run.records), 'question')} of {run.suite}"
    said += "." if not run.failed else f"; {asked:,} could be asked."
    names = {metric.name for metric in run.metrics}
    if AnswerAccuracy.name not in names or not asked:
        return said
    found = run.estimate(AnswerAccuracy.name)
    if found.value is None or found.low is None or found.high is None:
        return said
    said += (
        f" It did right by {percent(found.value)} of them, and by {percent(found.low)} to "
        f"{percent(found.high)} if other questions like these had been drawn."
    )
    return f"{said} {_wrong(run)}"


def _wrong(run: Run) -> str:
    answered = [record for record in run.wrong if not _refused(record)]
    refused = len(run.wrong) - len(answered)
    sure = sum(r.answer is not None and (r.answer.answerability or 0.0) >= SURE for r in answered)
    said = f"{counted(len(answered), 'answer is', 'answers are')} wrong"
    if sure:
        said += f", {sure:,} of them at a confidence of {SURE} or more"
    return (
        f"{said}; {counted(refused, 'question was', 'questions were')} refused that have an answer."
    )


def _refused(record: Record) -> bool:
    return record.answer is not None and record.answer.status == "refused"


def how_sure() -> str:
    """How to read the intervals."""
    return (
        f"Intervals are bootstraps over the questions ({RESAMPLES:,} draws, fixed seed), or exact "
        "where every sample scored alike. They tell what other questions of the same sort would "
        "change, and nothing of questions of another sort. Questions on one article count as "
        "independent, which makes intervals a little too narrow. A sample that a metric could not "
        "score is unscored there: counted, never taken as wrong."
    )

"""Measure Dateline, or anything else that answers like it, on questions with known answers.

    from evals import DEFAULT, assert_at_least, evaluate, load_suite

    report = evaluate(newsroom, load_suite("sample"))
    assert_at_least(report, "answer_accuracy", 0.6)
    print(report.to_markdown())

What is asked is a `Sample` with its `Target`; what a metric finds is a `Score`, and a score
whose value is None was not given: it is counted, and never counted as wrong.
"""

from __future__ import annotations

from evals.gate import assert_at_least
from evals.metrics import DEFAULT, judged
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.runner import System, evaluate
from evals.sample import KINDS, Kind, Sample, Score, Target
from evals.suites import load_suite, suite_names

__all__ = [
    "DEFAULT",
    "KINDS",
    "Kind",
    "Metric",
    "Record",
    "Report",
    "Sample",
    "Score",
    "System",
    "Target",
    "assert_at_least",
    "evaluate",
    "judged",
    "load_suite",
    "suite_names",
]

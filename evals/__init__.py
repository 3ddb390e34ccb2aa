"""Measure Dateline, or anything else that answers like it, on questions with known answers.

    from evals import DEFAULT, assert_at_least, evaluate, load_suite

    report = evaluate(newsroom, load_suite("sample"))
    assert_at_least(report, "answer_accuracy", 0.6)
    print(report.to_markdown())

What is asked is a `Sample` with its `Target`; what a metric finds is a `Score`, and a score
whose value is None was not given: it is counted, and never counted as wrong. `evaluate` keeps
nothing. `run_suite` keeps every answer in a `RunStore` as soon as it is there, with all that the
numbers depend on, and goes on after a kill where it stopped:

    with RunStore.open() as store:
        report = run_suite(open_suite("sample"), "dateline", newsroom, store)
"""

from __future__ import annotations

from evals.gate import assert_at_least, assert_no_drop
from evals.metrics import DEFAULT, catalogue, judged
from evals.metrics.base import Metric
from evals.opening import open_suite
from evals.record import Record
from evals.report import Report
from evals.runner import System, evaluate
from evals.sample import KINDS, Kind, Sample, Score, Target
from evals.store import DEFAULT_STORE, RunInfo, RunStore
from evals.suite import HOME, Suite
from evals.suite_run import run_suite
from evals.suites import load_suite, suite_names
from evals.systems import SYSTEMS

__all__ = [
    "DEFAULT",
    "DEFAULT_STORE",
    "HOME",
    "KINDS",
    "SYSTEMS",
    "Kind",
    "Metric",
    "Record",
    "Report",
    "RunInfo",
    "RunStore",
    "Sample",
    "Score",
    "Suite",
    "System",
    "Target",
    "assert_at_least",
    "assert_no_drop",
    "catalogue",
    "evaluate",
    "judged",
    "load_suite",
    "open_suite",
    "run_suite",
    "suite_names",
]

"""Ask a system every question of a suite, one after the other, and score what comes back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from tqdm import tqdm

from corpus.errors import DatelineError, EvalError
from evals.metrics import DEFAULT
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.sample import Sample
from rag.answer import Answer


class System(Protocol):
    """What can be measured: a `Newsroom`, a baseline, or anything else that answers."""

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The answer from articles published on `as_of` or before; None asks of all."""
        ...


def evaluate(
    system: System,
    samples: Sequence[Sample],
    metrics: Sequence[Metric] = DEFAULT,
    *,
    name: str | None = None,
    suite: str = "samples",
    progress: bool = True,
) -> Report:
    """Run a system over samples. Nothing runs side by side, so that the seconds mean something.

    A sample that raises a DatelineError is unscored and counted in `Report.failed`; the run goes
    on. Any other error is a fault of the program and ends the run.

    Args:
        system: is asked each question, with the sample's `as_of`.
        metrics: what to measure.
        name: of the system in the report; the system's own `name` where it has one, else the
            name of its class.
        suite: name of the suite in the report.
        progress: show a bar with the time left on standard error.

    Raises:
        EvalError: there are no samples.
    """
    if not samples:
        raise EvalError("There are no samples to run", next_step="name a suite, or raise --limit")
    label = name or str(getattr(system, "name", type(system).__name__))
    bar = tqdm(samples, desc=label, unit="question", disable=not progress)
    records = tuple(_record(system, sample, metrics) for sample in bar)
    return Report(system=label, suite=suite, records=records, metrics=tuple(metrics))


def _record(system: System, sample: Sample, metrics: Sequence[Metric]) -> Record:
    started = time.perf_counter()
    try:
        answer = system.ask(sample.question, as_of=sample.as_of)
    except DatelineError as error:
        return Record(sample, None, {}, str(error), time.perf_counter() - started)
    seconds = time.perf_counter() - started
    scores = {metric.name: metric(sample, answer) for metric in metrics}
    return Record(sample, answer, scores, None, seconds)

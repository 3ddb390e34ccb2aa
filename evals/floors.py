"""Reading the JSON form of a report back, as far as a later run can be held against it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.errors import EvalError
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.sample import Kind, Sample, Score, Target

Floors = str | PathLike[str] | Mapping[str, object] | Sequence[object]


class _Score(BaseModel):
    value: float | None
    confidence: float | None = None


class _Record(BaseModel):
    id: str
    kind: Kind
    error: str | None
    seconds: float
    scores: dict[str, _Score]


class _Report(BaseModel):
    system: str
    suite: str
    records: list[_Record]


_REPORTS = TypeAdapter(list[_Report])


def read_floors(floors: Floors, system: str, suite: str, metrics: Sequence[Metric]) -> Report:
    """A report that has every score, but no question and no answer.

    Args:
        floors: the path of a JSON file, or what such a file holds: what `Report.to_dict` gives, or
            a list of it.
        system, suite: which report is meant where there are several.
        metrics: those to sum it up by; what the file did not measure is left out.

    Raises:
        EvalError: the file cannot be read, is no report, or has none of that system and suite.
    """
    path = Path(floors) if isinstance(floors, (str, PathLike)) else None
    where = path or "the recorded floors"
    held = floors if path is None else _read(path)
    try:
        reports = _REPORTS.validate_python([held] if isinstance(held, Mapping) else held)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise EvalError(
            f"It is no report in JSON: {fault['msg']} at {place or 'the top'}",
            where=where,
            next_step="write it anew: dateline-eval report RUN --format json",
        ) from error
    for report in reports:
        if (report.system, report.suite) == (system, suite):
            return _made(report, metrics)
    raise EvalError(
        f"No floors are recorded for {system} on {suite}",
        where=where,
        next_step="record them of a run of it: dateline-eval report RUN --format json",
    )


def _read(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise EvalError(
            f"The recorded floors cannot be read: {error}",
            where=path,
            next_step="write them anew: dateline-eval report RUN --format json",
        ) from error
    return found


def _made(report: _Report, metrics: Sequence[Metric]) -> Report:
    records = tuple(_record(record) for record in report.records)
    measured = {name for record in report.records for name in record.scores}
    known = tuple(metric for metric in metrics if metric.name in measured)
    return Report(report.system, report.suite, records, known)


def _record(record: _Record) -> Record:
    scores = {
        name: Score(score.value, "", "recorded", score.confidence)
        for name, score in record.scores.items()
    }
    sample = Sample(record.id, "", record.kind, Target())
    return Record(sample, None, scores, record.error, record.seconds)

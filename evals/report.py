"""What came of a run: every answer with its scores, and the numbers over them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import EvalError
from evals.markdown import number, table
from evals.metrics.base import Metric
from evals.record import Record
from evals.sample import KINDS, Kind
from evals.statistics import Estimate, difference, estimate

ACCURACY = "answer_accuracy"


@dataclass(frozen=True, slots=True)
class Report:
    """The run of one system over one suite.

    Attributes:
        system: what was asked.
        suite: the name of the suite.
        records: one a sample, in the order of asking.
        metrics: what was measured, in the order of the tables.
    """

    system: str
    suite: str
    records: tuple[Record, ...]
    metrics: tuple[Metric, ...]

    def metric(self, name: str) -> Metric:
        """The metric of that name.

        Raises:
            EvalError: the run did not measure it.
        """
        for metric in self.metrics:
            if metric.name == name:
                return metric
        raise EvalError(
            f"The run did not measure '{name}'",
            where=f"{self.system} on {self.suite}",
            next_step=f"use one of {', '.join(metric.name for metric in self.metrics)}",
        )

    def values(self, name: str, kind: Kind | None = None) -> list[float | None]:
        """The values of one metric in the order of the records, None where unscored."""
        return [r.value(name) for r in self.records if kind is None or r.sample.kind == kind]

    def estimate(self, name: str, kind: Kind | None = None) -> Estimate:
        """One metric over all samples, or over those of one kind, with its interval."""
        return estimate(self.metric(name), self.values(name, kind))

    def gain_over(self, other: Report, name: str) -> Estimate:
        """This system's summary less another's, with an interval over the samples in pairs.

        Raises:
            EvalError: the two did not run on the same samples.
        """
        if [r.sample.id for r in self.records] != [r.sample.id for r in other.records]:
            raise EvalError(
                "Two runs can be compared only on the same samples",
                where=f"{self.system}, {other.system}",
                next_step="run both on the same suite with the same limit",
            )
        return difference(self.metric(name), self.values(name), other.values(name))

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that the samples have, in their usual order."""
        present = {record.sample.kind for record in self.records}
        return tuple(kind for kind in KINDS if kind in present)

    @property
    def failed(self) -> tuple[Record, ...]:
        """Samples that could not be asked: unscored in every metric."""
        return tuple(record for record in self.records if record.error is not None)

    @property
    def wrong(self) -> tuple[Record, ...]:
        """Samples whose answer is wrong by `answer_accuracy`."""
        return tuple(record for record in self.records if record.value(ACCURACY) == 0.0)

    def to_markdown(self) -> str:
        """The whole report: numbers, the same by kind, and each wrong answer."""
        return "\n".join(
            [
                f"# {self.system} on {self.suite}",
                "",
                f"{len(self.records)} samples, {len(self.failed)} could not be asked.",
                "",
                *_metric_table(self),
                "",
                "## By kind",
                "",
                *_kind_table(self),
                "",
                "## Failures",
                "",
                *_failure_table(self),
                "",
            ]
        )

    def to_dict(self) -> dict[str, object]:
        """The numbers as JSON; the records go to a file of their own."""
        return {
            "system": self.system,
            "suite": self.suite,
            "samples": len(self.records),
            "failed": len(self.failed),
            "metrics": {metric.name: self._numbers(metric) for metric in self.metrics},
            "failures": [record.to_dict() for record in (*self.failed, *self.wrong)],
        }

    def _numbers(self, metric: Metric) -> dict[str, object]:
        by_kind = {kind: _as_dict(self.estimate(metric.name, kind)) for kind in self.kinds}
        whole = _as_dict(self.estimate(metric.name))
        return {
            **whole,
            "unscored": len(self.records) - self.estimate(metric.name).n,
            "unit": metric.unit,
            "better": metric.better,
            "by_kind": by_kind,
        }


def _as_dict(number: Estimate) -> dict[str, object]:
    return {"value": number.value, "low": number.low, "high": number.high, "n": number.n}


def _metric_table(report: Report) -> list[str]:
    rows = []
    for metric in report.metrics:
        found = report.estimate(metric.name)
        unscored = str(len(report.records) - found.n)
        rows.append([metric.name, number(found, metric.unit), metric.better, unscored])
    return table(["metric", "value [95 % interval], n scored", "better", "unscored"], rows)


def _kind_table(report: Report) -> list[str]:
    rows = [
        [
            metric.name,
            *(number(report.estimate(metric.name, kind), metric.unit) for kind in report.kinds),
        ]
        for metric in report.metrics
    ]
    return table(["metric", *report.kinds], rows)


def _failure_table(report: Report) -> list[str]:
    rows = [_failure(record) for record in (*report.failed, *report.wrong)]
    if not rows:
        return ["None."]
    return table(["id", "question", "expected", "got", "cited"], rows)


def _failure(record: Record) -> list[str]:
    target = record.sample.target
    expected = " and ".join(" / ".join(part) for part in target.parts)
    if target.refuse:
        expected = f"a refusal, or '{expected}'" if expected else "a refusal"
    cited = record.answer.citations[0].quote if record.answer and record.answer.citations else ""
    got = record.answer.text if record.answer else record.error or ""
    question = record.sample.question
    if record.sample.as_of:
        question += f" (as of {record.sample.as_of.isoformat()})"
    return [record.sample.id, question, expected, got, cited]

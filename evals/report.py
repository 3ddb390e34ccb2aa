"""What came of a run: every answer with its scores, and the numbers over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import compress

from corpus.errors import EvalError
from evals.failures import confidence, expected, worst_first
from evals.html.page import page
from evals.markdown import number, table
from evals.metrics.base import Measured, Metric
from evals.record import Record
from evals.sample import KINDS, Kind
from evals.statistics import Comparison, Estimate, compare, difference, estimate

ACCURACY = "answer_accuracy"


@dataclass(frozen=True, slots=True)
class Report:
    """The run of one system over one suite.

    Attributes:
        system: what was asked.
        suite: the name of the suite.
        records: one a sample, in the order of asking.
        metrics: what was measured, in the order of the tables.
        fingerprint: everything that the numbers depend on, from `evals.fingerprint`; empty where
            nobody took it.
    """

    system: str
    suite: str
    records: tuple[Record, ...]
    metrics: tuple[Metric, ...]
    fingerprint: Mapping[str, str] = field(default_factory=dict)

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

    def measured(self, name: str, kind: Kind | None = None) -> list[Measured]:
        """What each record adds to one metric's summary, in order: see `Metric.measured`."""
        metric = self.metric(name)
        return [
            metric.measured(record.scores.get(name))
            for record in self.records
            if kind is None or record.sample.kind == kind
        ]

    def estimate(self, name: str, kind: Kind | None = None) -> Estimate:
        """One metric over all samples, or over those of one kind, with its interval."""
        return estimate(self.metric(name), self.measured(name, kind))

    def gain_over(self, other: Report, name: str) -> Estimate:
        """This system's summary less another's, with an interval over the samples in pairs.

        Samples that one of the two could not be asked are left out.

        Raises:
            EvalError: the two did not run on the same samples.
        """
        return difference(self.metric(name), *self._both_asked(other, name))

    def compared_with(self, other: Report, name: str) -> Comparison:
        """As `gain_over`, with a paired test where one fits: see `evals.statistics.compare`.

        Raises:
            EvalError: the two did not run on the same samples.
        """
        return compare(self.metric(name), *self._both_asked(other, name))

    def _both_asked(self, other: Report, name: str) -> tuple[list[Measured], list[Measured]]:
        """What both measured, without the samples that one of them could not be asked."""
        if [r.sample.id for r in self.records] != [r.sample.id for r in other.records]:
            raise EvalError(
                "Two runs can be compared only on the same samples",
                where=f"{self.system}, {other.system}",
                next_step="run both on the same suite with the same limit",
            )
        asked = [
            a.error is None and b.error is None
            for a, b in zip(self.records, other.records, strict=True)
        ]
        ours, theirs = self.measured(name), other.measured(name)
        return list(compress(ours, asked)), list(compress(theirs, asked))

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
        """Samples whose answer is wrong by `answer_accuracy`, the worst first."""
        return worst_first([record for record in self.records if record.value(ACCURACY) == 0.0])

    @property
    def memory_mb(self) -> float | None:
        """The most memory that the process held in the run, in MiB; None where no record tells."""
        told = [record.memory_mb for record in self.records if record.memory_mb is not None]
        return max(told, default=None)

    def to_html(self) -> str:
        """The whole report as one HTML file that loads nothing and runs no script.

        The same records give the same bytes, whether they come from a run or from a store.
        """
        return page(self)

    def to_markdown(self) -> str:
        """The whole report: numbers, the same by kind, and each wrong answer, the worst first."""
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
                *_fingerprint_table(self),
                "## Failures",
                "",
                *_failure_table(self),
                "",
            ]
        )

    def to_dict(self) -> dict[str, object]:
        """The numbers as JSON, with every score of every sample.

        Whole answers stand in it only where they failed; the others are in the records. A file of
        it is what `evals.gate.assert_no_drop` holds a later run against.
        """
        return {
            "system": self.system,
            "suite": self.suite,
            "samples": len(self.records),
            "failed": len(self.failed),
            "memory_mb": self.memory_mb,
            "fingerprint": dict(sorted(self.fingerprint.items())),
            "metrics": {metric.name: self._numbers(metric) for metric in self.metrics},
            "records": [_scores(record) for record in self.records],
            "failures": [record.to_dict() for record in (*self.failed, *self.wrong)],
        }

    def _numbers(self, metric: Metric) -> dict[str, object]:
        by_kind = {kind: _as_dict(self.estimate(metric.name, kind)) for kind in self.kinds}
        whole = self.estimate(metric.name)
        return {
            **_as_dict(whole),
            "unscored": len(self.records) - whole.n,
            "unit": metric.unit,
            "better": metric.better,
            "group": metric.group,
            "by_kind": by_kind,
        }


def _as_dict(number: Estimate) -> dict[str, object]:
    return {"value": number.value, "low": number.low, "high": number.high, "n": number.n}


def _scores(record: Record) -> dict[str, object]:
    """What the metrics made of one sample, in figures."""
    return {
        "id": record.sample.id,
        "kind": record.sample.kind,
        "status": record.answer.status if record.answer else None,
        "confidence": confidence(record),
        "error": record.error,
        "seconds": round(record.seconds, 4),
        "scores": {
            name: {"value": score.value, "confidence": score.confidence}
            for name, score in record.scores.items()
        },
    }


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


def _fingerprint_table(report: Report) -> list[str]:
    if not report.fingerprint:
        return []
    rows = sorted(report.fingerprint.items())
    return ["## Fingerprint", "", *table(["what the numbers depend on", "value"], rows), ""]


def _failure_table(report: Report) -> list[str]:
    rows = [_failure(record) for record in (*report.failed, *report.wrong)]
    if not rows:
        return ["None."]
    return table(["id", "question", "expected", "got", "cited"], rows)


def _failure(record: Record) -> list[str]:
    cited = record.answer.citations[0].quote if record.answer and record.answer.citations else ""
    got = record.answer.text if record.answer else record.error or ""
    question = record.sample.question
    if record.sample.as_of:
        question += f" (as of {record.sample.as_of.isoformat()})"
    return [record.sample.id, question, expected(record.sample.target), got, cited]

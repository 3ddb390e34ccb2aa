"""What a page needs to know of a run.

`evals.report.Report` is one. It is named here by what it can do, not by its class, because the
report calls the page and must not be called back by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from evals.metrics.base import Measured, Metric
from evals.record import Record
from evals.sample import Kind
from evals.statistics import Estimate


class Run(Protocol):
    """One system over one suite, as `evals.report.Report` has it."""

    @property
    def system(self) -> str:
        """What was asked."""
        ...

    @property
    def suite(self) -> str:
        """The name of the suite."""
        ...

    @property
    def records(self) -> tuple[Record, ...]:
        """One a sample, in the order of asking."""
        ...

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What was measured."""
        ...

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """Everything that the numbers depend on."""
        ...

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that the samples have."""
        ...

    @property
    def failed(self) -> tuple[Record, ...]:
        """Samples that could not be asked."""
        ...

    @property
    def wrong(self) -> tuple[Record, ...]:
        """Samples whose answer is wrong, the worst first."""
        ...

    @property
    def memory_mb(self) -> float | None:
        """The most memory that was held, in MiB."""
        ...

    def measured(self, name: str, kind: Kind | None = None) -> list[Measured]:
        """What each record adds to one metric's summary."""
        ...

    def estimate(self, name: str, kind: Kind | None = None) -> Estimate:
        """One metric with its interval."""
        ...

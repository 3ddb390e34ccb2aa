"""Hold a number to a floor in a test, and say enough when it falls through."""

from __future__ import annotations

from corpus.errors import EvalError
from evals.report import Report


def assert_at_least(report: Report, metric: str, floor: float) -> None:
    """Fail unless a metric is at or above `floor`; for use in pytest.

    What is held to the floor is the value itself, not its interval: the interval is told in the
    message, to judge whether a fall is more than noise.

    Raises:
        AssertionError: the value is below the floor.
        EvalError: the run did not measure the metric, no sample was scored by it, or less is
            better by it, so that a floor has no sense.
    """
    if report.metric(metric).better == "lower":
        raise EvalError(
            f"A floor has no sense for '{metric}', where less is better",
            where=f"{report.system} on {report.suite}",
            next_step="compare report.estimate(…).value with a ceiling yourself",
        )
    found = report.estimate(metric)
    if found.value is None:
        raise EvalError(
            f"No sample was scored by '{metric}'",
            where=f"{report.system} on {report.suite}",
            next_step="look at report.failed for what went wrong",
        )
    if found.value < floor:
        raise AssertionError(
            f"{metric} of {report.system} on {report.suite} is {found.value:.3f}, below "
            f"{floor:.3f} (95 % interval {found.low:.3f} to {found.high:.3f}, n {found.n}, "
            f"{len(report.failed)} of {len(report.records)} could not be asked)"
        )

"""Hold numbers to a floor or to an earlier run in a test, and say enough when they fall through.

    def test_no_worse_than_before(report):
        assert_at_least(report, "answer_accuracy", 0.6)
        assert_no_drop(report, "floors.json", "answer_accuracy", "quote_fidelity")

`floors.json` is made of a run that a person has read: `dateline-eval report RUN --out floors.json`.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import EvalError
from evals.floors import Floors, read_floors
from evals.metrics.base import Metric
from evals.report import ACCURACY, Report
from evals.statistics import Estimate

MOST_IDS = 20
"""Ids that a message names; a longer list hides what it is about."""


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
    found = _scored(report, metric)
    if found.value is not None and found.value < floor:
        raise AssertionError(
            f"{metric} of {report.system} on {report.suite} is {found.value:.3f}, below "
            f"{floor:.3f} (95 % interval {found.low:.3f} to {found.high:.3f}, n {found.n}, "
            f"{len(report.failed)} of {len(report.records)} could not be asked)"
        )


def assert_no_drop(
    report: Report,
    baseline: Report | Floors,
    *metrics: str,
) -> None:
    """Fail if the run is worse than an earlier one by more than chance; for use in pytest.

    A metric has dropped where the difference over the same samples lies with its whole 95 %
    interval on the worse side of 0, or where the value has left the earlier interval on the worse
    side, whatever the pairs say. A sample that could be asked before and cannot be now is a drop
    too, and so is a metric by which nothing is scored any more.

    Args:
        baseline: the earlier report; or what `Report.to_dict` made of it, as it is, as a file of
            it, or in a list of several, of which the one of the same system and suite counts.
        metrics: names; 'answer_accuracy' alone if none is given. Where less is better, a rise is
            the drop.

    Raises:
        AssertionError: names each metric that dropped, by how much, over how many samples, and
            the samples that went wrong.
        EvalError: the two did not run on the same samples, a metric was not measured by both or
            scored nothing in the earlier run, or the file cannot be read.
    """
    before = (
        baseline
        if isinstance(baseline, Report)
        else read_floors(baseline, report.system, report.suite, report.metrics)
    )
    faults = [fault for name in metrics or (ACCURACY,) if (fault := _drop(report, before, name))]
    lost = [now.sample.id for now in report.failed if now.sample.id in _asked(before)]
    if lost:
        faults.append(f"{len(lost)} samples can no longer be asked: {_listed(lost)}")
    if faults:
        head = f"{report.system} on {report.suite} is worse than before:"
        raise AssertionError("\n  ".join([head, *faults]))


def _drop(report: Report, before: Report, name: str) -> str | None:
    """What one metric has lost, in words; None where it has not dropped."""
    metric = report.metric(name)
    before.metric(name)
    now, then = report.estimate(name), _scored(before, name)
    if now.value is None:
        return f"{name}: no sample is scored by it any more, was {then.value:.3f} of n {then.n}"
    gap = report.gain_over(before, name)
    if gap.value is None or not _is_drop(metric, now, then, gap):
        return None
    return (
        f"{name}: {now.value:.3f}, was {then.value:.3f} [{then.low:.3f}, {then.high:.3f}]; "
        f"difference {gap.value:+.3f}, 95 % interval {gap.low:+.3f} to {gap.high:+.3f}, "
        f"n {gap.n}; went wrong: {_listed(_worse(metric, report, before)) or 'none by itself'}"
    )


def _is_drop(metric: Metric, now: Estimate, then: Estimate, gap: Estimate) -> bool:
    ours, low, high = now.value or 0.0, then.low or 0.0, then.high or 0.0
    if metric.better == "lower":
        return (gap.low or 0.0) > 0 or ours > high
    return (gap.high or 0.0) < 0 or ours < low


def _worse(metric: Metric, report: Report, before: Report) -> list[str]:
    """Ids of the samples with a worse value than before, in the order of asking."""
    sign = 1.0 if metric.better == "higher" else -1.0
    pairs = zip(report.records, report.values(metric.name), before.values(metric.name), strict=True)
    return [
        record.sample.id
        for record, now, then in pairs
        if now is not None and then is not None and sign * now < sign * then
    ]


def _scored(report: Report, metric: str) -> Estimate:
    """The metric's estimate, of at least one scored sample."""
    found = report.estimate(metric)
    if found.value is None:
        raise EvalError(
            f"No sample was scored by '{metric}'",
            where=f"{report.system} on {report.suite}",
            next_step="look at report.failed for what went wrong",
        )
    return found


def _asked(report: Report) -> set[str]:
    return {record.sample.id for record in report.records if record.error is None}


def _listed(ids: Sequence[str]) -> str:
    more = len(ids) - MOST_IDS
    return ", ".join(ids[:MOST_IDS]) + (f" and {more} more" if more > 0 else "")

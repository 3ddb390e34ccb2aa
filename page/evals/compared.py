"""Two runs of one suite, sample by sample: what the one gains over the other."""

from __future__ import annotations

from evals.commands.compare import labelled, paired
from evals.html.figures import NOTHING, gain, gain_interval, p_value, value
from evals.metrics.base import Metric
from evals.report import Report
from evals.statistics import Comparison, Estimate
from evals.store import RunInfo
from page.drawing.markup import count, plain
from page.evals.bars import gap_line

LEAST_REACH = 0.02
"""Of the scale of differences, so that tiny ones do not look large."""


def compared_html(first: tuple[RunInfo, Report], second: tuple[RunInfo, Report]) -> str:
    """The differences, over the samples and metrics that both runs have; one line of HTML.

    Raises:
        EvalError: they have no sample or no metric in common.
    """
    ours, theirs = labelled(paired(first[1], second[1]), (first[0], second[0]))
    found = [(metric, ours.compared_with(theirs, metric.name)) for metric in ours.metrics]
    told = [(metric, one) for metric, one in found if one.gap.value is not None]
    gaps = [one.gap for metric, one in told if metric.unit == "share"]
    reach = max([LEAST_REACH, *(abs(end or 0.0) for gap in gaps for end in (gap.low, gap.high))])
    rows = "".join(_row(ours, theirs, metric, one, reach) for metric, one in told)
    names = [plain(report.system) for report in (ours, theirs)]
    whole = (
        f'<h2>{names[0]} <span class="dl-on">against {names[1]}</span></h2>'
        f'<p class="dl-lede">Over {count(len(ours.records), "question")} that both were asked. A '
        "difference whose interval holds 0 may be chance.</p>"
        '<div class="dl-scroll" tabindex="0" role="region" title="Differences"><table><thead><tr>'
        f'<th scope="col">metric</th><th scope="col" class="dl-num">{names[0]}</th>'
        f'<th scope="col" class="dl-num">{names[1]}</th>'
        '<th scope="col" class="dl-num">difference</th>'
        '<th scope="col" class="dl-num">95 % interval</th>'
        '<th scope="col" class="dl-num">p</th><th scope="col">speaks for</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p class="dl-note">Right of the middle of a line is better for {names[0]}. p is of a '
        "paired test on each metric by itself: among many metrics, some differ by chance.</p>"
    )
    return f'<div class="dl-report dl-compared">{whole}</div>'.replace("\n", " ")


def turned(gap: Estimate, metric: Metric) -> Estimate:
    """The difference with more being better for the first system, whatever the metric."""
    if metric.better == "higher" or gap.value is None or gap.low is None or gap.high is None:
        return gap
    return Estimate(-gap.value, -gap.high, -gap.low, gap.n)


def _row(ours: Report, theirs: Report, metric: Metric, found: Comparison, reach: float) -> str:
    better = turned(found.gap, metric)
    cells = [
        value(ours.estimate(metric.name), metric.unit),
        value(theirs.estimate(metric.name), metric.unit),
        gain(found.gap, metric.unit),
        gain_interval(found.gap, metric.unit),
    ]
    numbers = "".join(f'<td class="dl-num">{plain(cell)}</td>' for cell in cells)
    line = gap_line(better, reach) if metric.unit == "share" else ""
    p = NOTHING if found.test is None else p_value(found.test.p)
    return (
        f'<tr><th scope="row">{plain(metric.name)}</th>{numbers}'
        f'<td class="dl-num">{plain(p)}</td>'
        f"<td>{line}{plain(_better(ours.system, theirs.system, better))}</td></tr>"
    )


def _better(ours: str, theirs: str, gap: Estimate) -> str:
    """Which system the interval speaks for."""
    if gap.low is None or gap.high is None or gap.low <= 0 <= gap.high:
        return "neither"
    return ours if gap.low > 0 else theirs

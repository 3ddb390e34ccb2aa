"""One run on the page: its leading figures, its metrics, and what it got wrong."""

from __future__ import annotations

from collections.abc import Sequence

from evals.html.figures import interval, value
from evals.html.words import GROUP_TITLES, how_sure, leading, summary
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import GROUPS, Group, Metric
from evals.record import Record
from evals.report import Report
from evals.store import RunInfo
from page.drawing.markup import count, plain, unbroken
from page.evals.bars import share_bar, whisker
from page.evals.failures import cards
from page.evals.runs import run_facts

NOTHING_RUN = (
    '<div class="dl-report dl-report-empty"><h2>No run yet</h2>'
    "<p>A run asks a system every question of a suite, holds each answer against what is known to "
    "be right, and says how sure each figure is. Everything happens on this machine.</p>"
    "<p>Every answer is kept at once. A run that you stop, or that is cut off, goes on from there "
    "when you run the same again.</p></div>"
)


def report_html(report: Report, info: RunInfo) -> str:
    """The whole report as one line of HTML, which Markdown lets stand."""
    parts = [
        _head(report, info),
        _figures(report),
        _by_kind(report),
        _metrics(report),
        _unasked(report.failed),
        cards(report, info.id),
    ]
    # Markdown reads again what follows a blank line in a block of HTML, so there is no line break.
    whole = "".join(parts).replace("\n", " ")
    return f'<div class="dl-report">{whole}</div>'


def _head(report: Report, info: RunInfo) -> str:
    so_far = "" if info.finished else " <em>so far</em>"
    return (
        f'<h2 id="dl-figures">{plain(report.system)} <span class="dl-on">on {plain(report.suite)}'
        f"</span>{so_far}</h2>"
        f'<p class="dl-run-facts">{plain(run_facts(info))}</p>'
        f'<p class="dl-lede">{unbroken(summary(report))}</p>'
    )


def _figures(report: Report) -> str:
    figures = "".join(
        f'<div><dd class="dl-big">{unbroken(figure.value)}</dd><dt>{plain(figure.words)}</dt>'
        f'<dd class="dl-range"><span>95&nbsp;% interval {unbroken(figure.interval)}</span> '
        f"<span>n&nbsp;{figure.n:,}</span></dd></div>"
        for figure in leading(report)
    )
    return f'<dl class="dl-figures">{figures}</dl>' if figures else ""


def _by_kind(report: Report) -> str:
    """Bars of right answers by kind; nothing where no answer was judged."""
    if all(metric.name != AnswerAccuracy.name for metric in report.metrics):
        return ""
    bars = "".join(
        share_bar(kind.replace("_", " "), report.estimate(AnswerAccuracy.name, kind))
        for kind in report.kinds
    )
    if not bars:
        return ""
    return (
        '<section class="dl-kinds"><h3>Right answers by kind of question</h3>'
        f'<ul class="dl-bars">{bars}</ul>'
        '<p class="dl-note">The line on a bar is its 95 % interval. Few questions make it wide: do '
        "not read an order into bars whose intervals overlap.</p></section>"
    )


def _metrics(report: Report) -> str:
    scored = [
        metric
        for metric in report.metrics
        if any(m is not None for m in report.measured(metric.name))
    ]
    silent = [metric.name for metric in report.metrics if metric not in scored]
    groups = "".join(
        _group(report, group, [metric for metric in scored if metric.group == group])
        for group in GROUPS
    )
    if not groups:
        return ""
    rest = f'<p class="dl-note">Scored no sample: {plain(", ".join(silent))}.</p>' if silent else ""
    return (
        '<details class="dl-fold"><summary>Every metric '
        f'<span class="dl-count">{count(len(scored), "figure")} with intervals</span></summary>'
        '<div class="dl-scroll" tabindex="0" role="region" title="Every metric"><table>'
        '<thead><tr><th scope="col">metric</th><th scope="col" class="dl-num">value</th>'
        '<th scope="col" class="dl-num">95 % interval</th><th scope="col">0 to 100 %</th>'
        '<th scope="col" class="dl-num">n</th><th scope="col" class="dl-num">unscored</th>'
        f'<th scope="col">better</th></tr></thead>{groups}</table></div>{rest}'
        f'<p class="dl-note">{plain(how_sure())}</p></details>'
    )


def _group(report: Report, group: Group, metrics: Sequence[Metric]) -> str:
    if not metrics:
        return ""
    rows = "".join(_row(report, metric) for metric in metrics)
    return (
        f'<tbody><tr><th scope="rowgroup" colspan="7">{GROUP_TITLES[group]}</th></tr>{rows}</tbody>'
    )


def _row(report: Report, metric: Metric) -> str:
    found = report.estimate(metric.name)
    line = whisker(found) if metric.unit == "share" else ""
    better = "↑ higher" if metric.better == "higher" else "↓ lower"
    return (
        f'<tr><th scope="row">{plain(metric.name)}'
        f'<span class="dl-about">{plain(metric.about)}</span></th>'
        f'<td class="dl-num">{plain(value(found, metric.unit))}</td>'
        f'<td class="dl-num">{plain(interval(found, metric.unit))}</td><td>{line}</td>'
        f'<td class="dl-num">{found.n:,}</td>'
        f'<td class="dl-num">{len(report.records) - found.n:,}</td><td>{better}</td></tr>'
    )


def _unasked(failed: Sequence[Record]) -> str:
    if not failed:
        return ""
    rows = "".join(
        f"<li>{plain(record.sample.question)} <span>{plain(record.error or '')}</span></li>"
        for record in failed
    )
    return (
        f'<details class="dl-fold"><summary>Could not be asked <span class="dl-count">'
        f"{count(len(failed), 'question')}, unscored in every metric</span></summary>"
        f'<ul class="dl-unasked">{rows}</ul></details>'
    )

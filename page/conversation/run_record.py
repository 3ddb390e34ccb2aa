"""What a run of evals held an answer against: shown below the answer when it is opened to go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.failures import expected
from evals.html.figures import plain as figure
from evals.html.figures import with_unit
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.store import RunInfo
from page.drawing.markup import count, plain, visible


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One sample of a run with its scores, in words.

    Attributes:
        run: 'dateline on sample'.
        run_id, sample_id: as the store has them.
        expected: what a right answer would have been.
        proof: the quotes that prove it.
        articles: where they stand, by title or file.
        before: the questions of the same conversation that were asked before.
        scores: (metric, value with its unit, what the metric says of it).
        seconds: wall time of asking.
        is_of_own_articles: whether it was asked of articles that the suite brought, which are not
            in the open library.
    """

    run: str
    run_id: str
    sample_id: str
    expected: str
    proof: tuple[str, ...]
    articles: tuple[str, ...]
    before: tuple[str, ...]
    scores: tuple[tuple[str, str, str], ...]
    seconds: float
    is_of_own_articles: bool

    @classmethod
    def of(cls, record: Record, info: RunInfo, report: Report) -> RunRecord:
        """The record of one sample of a stored run."""
        sample = record.sample
        return cls(
            run_name(info),
            info.id,
            sample.id,
            expected(sample.target),
            sample.target.quotes,
            sample.target.articles,
            sample.before,
            tuple(scores_of(record, report.metrics)),
            record.seconds,
            bool(sample.world),
        )


def run_name(run: RunInfo) -> str:
    """'dateline on sample'; plain text."""
    return visible(f"{run.system} on {run.suite}")


def scores_of(record: Record, metrics: Sequence[Metric]) -> Iterator[tuple[str, str, str]]:
    """Metric, value and explanation of each metric that had something to say."""
    for metric in metrics:
        score = record.scores.get(metric.name)
        if score is not None and score.value is not None:
            value = with_unit(figure(score.value, metric.unit), metric.unit)
            yield metric.name, value, score.explanation


def scores_table(scores: Sequence[tuple[str, str, str]], *, silent: int = 0) -> str:
    """What the metrics said, folded; one line of HTML.

    Args:
        silent: how many metrics had nothing to score.
    """
    rows = "".join(
        f'<tr><th scope="row">{plain(name)}</th><td class="dl-num">{plain(value)}</td>'
        f"<td>{plain(explanation)}</td></tr>"
        for name, value, explanation in scores
    )
    note = (
        f'<p class="dl-note">{count(silent, "metric")} had nothing to score here.</p>'
        if silent
        else ""
    )
    return (
        f'<details class="dl-fold"><summary>What {count(len(scores), "metric")} said</summary>'
        f'<div class="dl-scroll" tabindex="0" role="region" title="Scores of this answer">'
        f"<table><tbody>{rows}</tbody></table></div>{note}</details>"
    )


def record_html(record: RunRecord) -> str:
    """The record below its answer; one line of HTML."""
    rows = [("Expected", plain(record.expected))]
    if record.proof:
        quotes = "".join(f'<q dir="auto">{plain(quote)}</q>' for quote in record.proof)
        rows.append(("Proof", f"{quotes}<cite>{plain('; '.join(record.articles))}</cite>"))
    if record.before:
        rows.append(("Asked before", "<br>".join(plain(one) for one in record.before)))
    rows.append(("Sample", f"{plain(record.sample_id)}, {record.seconds:.1f} s"))
    pairs = "".join(f'<dt>{name}</dt><dd dir="auto">{told}</dd>' for name, told in rows)
    foreign = (
        '<p class="dl-note">It was asked of articles that the suite brings. They are not in the '
        "open library, so they cannot be opened here, and what you ask next is not asked of "
        "them.</p>"
        if record.is_of_own_articles
        else ""
    )
    return (
        f'<section class="dl-record"><h3>In the run {plain(record.run)} '
        f'<span class="dl-count">{plain(record.run_id)}</span></h3>'
        f'<dl class="dl-record-pairs">{pairs}</dl>{foreign}{scores_table(record.scores)}</section>'
    )

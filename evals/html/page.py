"""The page of one run."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.failures import confidence, expected
from evals.html.figures import NOTHING, interval, plain, value, with_unit
from evals.html.plots import Bar, kind_bars, whisker
from evals.html.rendering import render
from evals.html.run import Run
from evals.html.speed import speed
from evals.html.sure import sureness
from evals.html.words import GROUP_TITLES, how_sure, leading, summary
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import GROUPS, Group, Metric
from evals.metrics.coverage import Coverage
from evals.record import Record
from evals.statistics import Estimate

MOST_CARDS = 100
"""Wrong answers shown in full; more make a page that no one reads. The records hold them all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One metric, ready to print."""

    name: str
    about: str
    value: str
    interval: str
    whisker: Markup
    n: int
    unscored: int
    better: str


@dataclass(frozen=True, slots=True)
class Table:
    """The metrics of one group."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One metric over one kind, ready to print."""

    value: str
    interval: str
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """One metric over every kind."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one metric said of one answer, ready to print."""

    name: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Card:
    """One wrong answer, ready to print."""

    record: Record
    expected: str
    confidence: str
    scores: tuple[Said, ...]


def page(run: Run) -> str:
    """The whole report of one run as one HTML file that loads nothing."""
    sure, fast = sureness(run), speed(run)
    judged = any(metric.name == AnswerAccuracy.name for metric in run.metrics)
    wrong = run.wrong
    lines = [_line(run, metric) for metric in run.metrics]
    rows = [(metric.group, _row(run, metric)) for metric in run.metrics]
    sections = {
        "metrics": "Metrics",
        "kinds": "By kind" if run.kinds else "",
        "confidence": "Confidence" if sure else "",
        "speed": "Speed" if fast else "",
        "failures": "Wrong answers",
        "unasked": "Could not be asked" if run.failed else "",
        "repeat": "To repeat it",
    }
    return render(
        "report.html.j2",
        run=run,
        stress=run.suite.partition("+")[2],
        memory=None if run.memory_mb is None else f"{run.memory_mb:,.0f}",
        sections=[(key, title) for key, title in sections.items() if title],
        summary=summary(run),
        leading=leading(run),
        how_sure=how_sure(),
        groups=_groups(rows),
        unscored=[row.name for _, row in rows if not row.n],
        kinds=[kind.replace("_", " ") for kind in run.kinds],
        kind_plot=_kind_plot(run, AnswerAccuracy.name, "right"),
        answered_plot=_kind_plot(run, Coverage.name, "answered"),
        by_kind=[line for line in lines if any(cell.n for cell in line.cells)],
        sure=sure,
        speed=fast,
        judged=judged,
        cards=[_card(run, record) for record in wrong[:MOST_CARDS]],
        rest=[record.sample.id for record in wrong[MOST_CARDS:]],
        command=command(run),
        fingerprint=readable(run.fingerprint),
    )


def _groups(rows: Sequence[tuple[Group, Row]]) -> list[Table]:
    """The metrics that scored anything, by group, in the order of `GROUPS`."""
    by_group = {group: tuple(row for at, row in rows if at == group and row.n) for group in GROUPS}
    return [Table(GROUP_TITLES[group], found) for group, found in by_group.items() if found]


def _row(run: Run, metric: Metric) -> Row:
    found = run.estimate(metric.name)
    return Row(
        metric.name,
        metric.about,
        value(found, metric.unit),
        interval(found, metric.unit),
        whisker(found) if metric.unit == "share" else Markup(""),
        found.n,
        len(run.records) - found.n,
        metric.better,
    )


def _kind_plot(run: Run, name: str, means: str) -> Markup | None:
    """Bars of one metric by kind; None where the run did not measure it, or scored nothing."""
    if all(metric.name != name for metric in run.metrics):
        return None
    bars = [Bar(kind.replace("_", " "), run.estimate(name, kind)) for kind in run.kinds]
    return kind_bars(bars, name, means) if any(bar.found.n for bar in bars) else None


def _line(run: Run, metric: Metric) -> Line:
    found = [run.estimate(metric.name, kind) for kind in run.kinds]
    return Line(metric.name, tuple(_cell(one, metric) for one in found))


def _cell(found: Estimate, metric: Metric) -> Cell:
    return Cell(value(found, metric.unit), interval(found, metric.unit), found.n)


def _card(run: Run, record: Record) -> Card:
    sure = confidence(record)
    return Card(
        record,
        expected(record.sample.target),
        "no confidence" if sure is None else f"confidence {sure:.2f}",
        tuple(_said(record, metric) for metric in run.metrics if metric.name in record.scores),
    )


def _said(record: Record, metric: Metric) -> Said:
    score = record.scores[metric.name]
    if score.value is None:
        return Said(metric.name, NOTHING, score.explanation)
    number = with_unit(plain(score.value, metric.unit), metric.unit)
    return Said(metric.name, number, score.explanation)


def command(run: Run) -> str:
    """The command that asks the same questions of the same system.

    The name of a suite under stress ends in '+' and the stress: see `evals.robustness`.
    """
    suite, _, stress = run.suite.partition("+")
    words = ["dateline-eval", "run", suite, "--system", run.system]
    if stress:
        words += ["--stress", stress]
    if run.fingerprint.get("limit", "all") != "all":
        words += ["--limit", run.fingerprint["limit"]]
    return shlex.join(words)


def readable(fingerprint: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """The fingerprint, with values that are JSON set out one setting a line.

    Sorted by name: a store does not keep the order in which it was taken.
    """
    return [(name, _set_out(text)) for name, text in sorted(fingerprint.items())]


def _set_out(text: str) -> str:
    if not text.startswith("{"):
        return text
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return "\n".join(f"{name} = {json.dumps(v, ensure_ascii=False)}" for name, v in found.items())

"""Whether the system knew which of its answers were right: the numbers behind two plots."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from evals.curves import expected_calibration_error, reliability, risk_coverage
from evals.html.curve_plots import at_coverages, reliability_plot, risk_plot
from evals.html.figures import counted, percent
from evals.html.run import Run
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.record import Record


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the risk-coverage curve in figures, ready to print."""

    shown: str
    threshold: str
    coverage: str
    risk: str


@dataclass(frozen=True, slots=True)
class Sure:
    """The section on confidence, ready to print."""

    risk_plot: Markup
    reliability_plot: Markup
    error: str
    note: str
    rows: tuple[Row, ...]


def sureness(run: Run) -> Sure | None:
    """The section; None where no answer has both a confidence and a verdict of right or wrong."""
    judged = [record for record in run.records if record.value(AnswerAccuracy.name) is not None]
    answered = [r for r in judged if r.answer is not None and r.answer.status != "refused"]
    pairs = [pair for record in answered if (pair := _pair(record)) is not None]
    if not pairs:
        return None
    confidence, right = [sure for sure, _ in pairs], [hit for _, hit in pairs]
    points = risk_coverage(confidence, right, asked=len(judged))
    bars = reliability(confidence, right)
    error = expected_calibration_error(bars)
    return Sure(
        risk_plot(points, len(judged), "risk"),
        reliability_plot(bars, error, "calibration"),
        f"{error:.3f}",
        _note(len(judged), len(answered), len(pairs)),
        tuple(
            Row(percent(share), f"{p.threshold:.2f}", percent(p.coverage, 1), percent(p.risk, 1))
            for share, p in at_coverages(points)
        ),
    )


def _pair(record: Record) -> tuple[float, bool] | None:
    if record.answer is None or record.answer.answerability is None:
        return None
    return record.answer.answerability, record.value(AnswerAccuracy.name) == 1.0


def _note(judged: int, answered: int, paired: int) -> str:
    said = (
        "Confidence is the answerability of the evidence, given before the answer is written. "
        f"Coverage is of {counted(judged, 'question')}, of which {answered:,} got an answer and "
        f"{judged - answered:,} a refusal."
    )
    if paired < answered:
        said += f" In neither plot: {counted(answered - paired, 'answer')} without a confidence."
    return said

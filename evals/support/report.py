"""What came of judging a labelled set: tables, and the bars of a reliability plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

from evals.curves import Bin, reliability
from evals.markdown import number, table
from evals.statistics import RESAMPLES, Estimate
from evals.support.agreement import Agreement, Judged, agreement, by_kind, votes_of
from evals.support.measures import MEASURES
from evals.support.published import Published, published_for

NOTE = (
    "AUROC, pair accuracy and calibration are of the support score, the others of the verdict at "
    f"the shipped threshold. Intervals are of {RESAMPLES:,} draws of whole documents with all "
    "their claims, since claims on one document are not independent. A tie in a pair counts half. "
    "Calibration error: lower is better; everything else: higher, and 0.50 is chance for AUROC, "
    "pair accuracy and balanced accuracy."
)

_HEADS = {
    "auroc": "AUROC",
    "pair_accuracy": "pair accuracy",
    "balanced_accuracy": "balanced accuracy",
    "mean_by_kind": "balanced accuracy, mean of kinds",
    "accuracy": "accuracy",
    "precision_unsupported": "precision of 'unsupported'",
    "recall_unsupported": "recall of 'unsupported'",
    "f1_unsupported": "F1 of 'unsupported'",
    "precision_supported": "precision of 'supported'",
    "recall_supported": "recall of 'supported'",
    "f1_supported": "F1 of 'supported'",
    "calibration_error": "calibration error",
}
_BY_KIND = ("auroc", "pair_accuracy", "balanced_accuracy", "recall_unsupported", "recall_supported")
_SIDE_BY_SIDE = (
    "auroc",
    "pair_accuracy",
    "balanced_accuracy",
    "mean_by_kind",
    "precision_unsupported",
    "recall_unsupported",
    "f1_unsupported",
    "f1_supported",
    "calibration_error",
)


MOST_WRONG = 20
"""Claims that the report names to be looked up in the set; the JSON has all."""


@dataclass(frozen=True)
class SupportReport:
    """A judge against people, on one set. Holds no text of the set.

    Attributes:
        set: the name of the set.
        judge: the name of the judge.
        claims: how many the whole set has; `judged` may be a sample of them.
        judged: each claim that was drawn, in the order of the set.
        fingerprint: everything that the numbers depend on.
    """

    set: str
    judge: str
    claims: int
    judged: tuple[Judged, ...]
    fingerprint: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def whole(self) -> Agreement:
        """The numbers over all claims that were drawn."""
        return agreement(self.judged)

    @cached_property
    def kinds(self) -> Mapping[str, Agreement]:
        """The numbers by kind of claim: see `evals.support.agreement.by_kind`."""
        return by_kind(self.judged)

    @property
    def bars(self) -> tuple[Bin, ...]:
        """The bars of a reliability plot: mean support against the share that people support."""
        votes = votes_of(self.judged)
        return reliability(votes.support.tolist(), votes.people.tolist())

    @property
    def published(self) -> tuple[Published, ...]:
        """What others report on this set."""
        return published_for(self.set)

    @property
    def wrong(self) -> tuple[Judged, ...]:
        """The claims that people judged otherwise, those of which the judge was surest first."""
        scored = [(one, one.judgement) for one in self.judged if one.judgement is not None]
        wrong = [(one, found) for one, found in scored if one.supported != found.supported]
        surest = sorted(
            wrong, key=lambda it: -it[1].support if it[1].supported else it[1].support - 1.0
        )
        return tuple(one for one, _ in surest)

    def to_markdown(self) -> str:
        """The numbers, the same by kind, the reliability bars, and the published figures."""
        whole = self.whole
        rows = [[_HEADS[name], number(whole.numbers[name], "share")] for name in MEASURES]
        return "\n".join(
            [
                f"# {self.judge} against people on {self.set}",
                "",
                f"{whole.n} of {self.claims} claims on {whole.documents} documents, "
                f"{whole.supported} of them supported; {whole.unscored} could not be scored.",
                "",
                *table(["measure", "value [95 % interval], n claims"], rows),
                "",
                NOTE,
                "",
                "## By kind",
                "",
                *_kind_table(self),
                "",
                "## Is the support score a probability?",
                "",
                *_bar_table(self.bars),
                "",
                "## Surest and wrong",
                "",
                ", ".join(one.id for one in self.wrong[:MOST_WRONG]) or "None.",
                "",
                "## Published figures",
                "",
                *published_table([self.set]),
                "",
            ]
        )

    def to_dict(self) -> dict[str, object]:
        """Everything as JSON, each judgement included."""
        return {
            "set": self.set,
            "judge": self.judge,
            "claims": self.claims,
            "fingerprint": dict(self.fingerprint),
            "whole": asdict(self.whole),
            "by_kind": {kind: asdict(found) for kind, found in self.kinds.items()},
            "bars": [asdict(bar) for bar in self.bars],
            "published": [asdict(one) for one in self.published],
            "judged": [asdict(one) for one in self.judged],
        }


def support_table(reports: Sequence[SupportReport]) -> str:
    """Judges and sets in one table, with what others report beneath it."""
    rows = [
        [
            report.set,
            report.judge,
            f"{report.whole.n} on {report.whole.documents}",
            *(_short(report.whole.numbers[name]) for name in _SIDE_BY_SIDE),
            str(report.whole.unscored),
        ]
        for report in reports
    ]
    head = [
        "set",
        "judge",
        "claims, documents",
        *(_HEADS[one] for one in _SIDE_BY_SIDE),
        "unscored",
    ]
    sets = list(dict.fromkeys(report.set for report in reports))
    return "\n".join([*table(head, rows), "", NOTE, "", *published_table(sets), ""])


def published_table(sets: Sequence[str]) -> list[str]:
    """The figures of others for these sets, one string a line."""
    found = list(dict.fromkeys(one for name in sets for one in published_for(name)))
    if not found:
        return ["No published figure is known for this set."]
    rows = [
        [
            f"{one.set} {one.part}".strip(),
            one.detector,
            _HEADS.get(one.metric, one.metric),
            f"{one.value:.3f}",
            f"{'yes' if one.comparable else 'no'}: {one.why}",
            f"{one.source}, {one.where}",
        ]
        for one in found
    ]
    return table(["set", "detector", "measure", "value", "comparable", "source"], rows)


def _kind_table(report: SupportReport) -> list[str]:
    rows = [
        [
            kind or "none",
            str(found.n - found.beside),
            str(found.beside) if found.beside else "–",
            *(_short(found.numbers[name]) for name in _BY_KIND),
        ]
        for kind, found in report.kinds.items()
    ]
    head = ["kind", "n", "held against true ones", *(_HEADS[name] for name in _BY_KIND)]
    return table(head, rows)


def _bar_table(bars: Sequence[Bin]) -> list[str]:
    rows = [
        [
            f"{bar.low:.1f} to {bar.high:.1f}",
            str(bar.n),
            f"{bar.confidence:.2f}",
            f"{bar.right:.2f}",
        ]
        for bar in bars
    ]
    return table(["support", "n", "mean support", "share that people support"], rows)


def _short(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"

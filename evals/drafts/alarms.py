"""How many planted errors set off an alarm, and how many alarms are right.

    precision = alarms on planted errors / alarms
    recall    = alarms on planted errors / planted errors

An alarm is the verdict 'contradicted'. 'Passed' are planted errors that the check calls supported:
the ones that a reader would print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from evals.drafts.labelled import LabelledDraft, LabelledSentence
from evals.metrics.base import Values
from evals.statistics import NOTHING, Estimate, all_or_nothing, bootstrap
from rag.drafts.verdict import VERDICTS, DraftSentence, DraftVerdict

Pair = tuple[LabelledSentence, DraftSentence]


@dataclass(frozen=True, slots=True)
class Alarms:
    """The alarms on some labelled drafts.

    Attributes:
        drafts: their names.
        precision: None where there was no alarm.
        recall: over all planted errors.
        by_kind: recall for each kind of error.
        carried: share of the true sentences that are called supported.
        passed: share of the planted errors that are called supported.
        false_alarms: share of the true sentences that set one off.
        named: of the right alarms, the share in which the article's words that the error stands
            against are among those that are cited as saying otherwise.
        verdicts: label → verdict → sentences.
    """

    drafts: tuple[str, ...]
    precision: Estimate
    recall: Estimate
    by_kind: dict[str, Estimate]
    carried: Estimate
    passed: Estimate
    false_alarms: Estimate
    named: Estimate
    verdicts: dict[str, dict[DraftVerdict, int]]

    def to_dict(self) -> dict[str, object]:
        """All of it; only what JSON has."""
        return asdict(self)


def count_alarms(
    labelled: Sequence[LabelledDraft], checked: Sequence[Sequence[DraftSentence]]
) -> Alarms:
    """Hold the verdicts of some drafts against their labels.

    Args:
        labelled: the drafts.
        checked: the sentences of each, checked, in the order of its labels.
    """
    pairs = [
        pair
        for draft, sentences in zip(labelled, checked, strict=True)
        for pair in zip(draft.sentences, sentences, strict=True)
    ]
    planted = [pair for pair in pairs if pair[0].label == "false"]
    true = [pair for pair in pairs if pair[0].label == "true"]
    right = [pair for pair in planted if _is_alarm(pair)]
    kinds = sorted({label.planted for label, _ in planted if label.planted})
    return Alarms(
        drafts=tuple(one.draft.name for one in labelled),
        precision=_share(pair[0].label == "false" for pair in pairs if _is_alarm(pair)),
        recall=_share(map(_is_alarm, planted)),
        by_kind={
            kind: _share(_is_alarm(pair) for pair in planted if pair[0].planted == kind)
            for kind in kinds
        },
        carried=_share(sentence.verdict == "supported" for _, sentence in true),
        passed=_share(sentence.verdict == "supported" for _, sentence in planted),
        false_alarms=_share(map(_is_alarm, true)),
        named=_share(map(_names_truth, right)),
        verdicts=_table(pairs),
    )


def wrong_verdicts(
    draft: LabelledDraft, checked: Sequence[DraftSentence]
) -> list[tuple[LabelledSentence, DraftSentence]]:
    """The sentences whose verdict is not the one that their label asks for."""
    wanted = {
        "true": "supported",
        "false": "contradicted",
        "silent": "silent",
        "none": "not a claim",
    }
    return [
        (label, sentence)
        for label, sentence in zip(draft.sentences, checked, strict=True)
        if sentence.verdict != wanted[label.label]
    ]


def _is_alarm(pair: Pair) -> bool:
    return pair[1].verdict == "contradicted"


def _names_truth(pair: Pair) -> bool:
    label, sentence = pair
    said = " ".join(
        [citation.quote for citation in sentence.contradicting]
        + [difference.found for difference in sentence.differences]
    )
    return label.truth is not None and label.truth.lower() in said.lower()


def _table(pairs: Sequence[Pair]) -> dict[str, dict[DraftVerdict, int]]:
    counted = Counter((label.label, sentence.verdict) for label, sentence in pairs)
    return {
        label: {verdict: counted[label, verdict] for verdict in VERDICTS}
        for label in ("true", "false", "silent", "none")
    }


def _share(marks: Iterable[bool]) -> Estimate:
    """The share with its 95 % interval; sentences of one draft are taken as independent."""
    values: Values = np.array([float(mark) for mark in marks], dtype=np.float64)
    n = len(values)
    if n == 0:
        return NOTHING
    value = float(values.mean())
    if value in (0.0, 1.0):
        return Estimate(value, *all_or_nothing(n, all_right=value == 1.0), n)
    low, high = bootstrap(values, lambda rows: np.asarray(rows.mean(axis=-1)))
    return Estimate(value, low, high, n)

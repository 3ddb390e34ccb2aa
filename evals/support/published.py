"""What others report on the same sets, and whether it can be held against our figures.

Only figures that were found in the place that is named. Papers whose tables could not be read when
this was written are left out, even where the figure is well known. So of SummEdits' table the end,
where the strongest models stand, is missing, and the figures say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Published:
    """One figure of another detector.

    Attributes:
        set: the set: 'fib', 'summedits', 'ragtruth', 'wice' or 'symmetric'.
        part: the part of it that the figure is for: a kind of our claims where we have it.
        detector: what was measured.
        metric: the measure, by our name where we have it.
        value: in [0, 1].
        source: who reports it.
        where: the page that it was read on.
        comparable: whether it was measured on our data by our measure.
        why: 'same claims, same measure', or what differs.
    """

    set: str
    part: str
    detector: str
    metric: str
    value: float
    source: str
    where: str
    comparable: bool
    why: str


_SUMMEDITS = "Laban et al. 2023 (SummEdits), table kept up by the authors until December 2023"
_SUMMEDITS_AT = "https://github.com/salesforce/factualNLG"
_DOMAINS = ("podcast", "samsum", "sales_call", "sales_email", "scitldr", "qmsumm", "ectsum")
_THEIR_NOTE = (
    ". How a detector's threshold was set is not said there; stronger models stand at the end of "
    "the table, which could not be read"
)
_BY_DOMAIN = {
    "DAE": (54.4, 58.7, 50.4, 53.6, 54.7, 52.0, 58.3),
    "SummaCConv": (58.1, 53.1, 59.0, 53.7, 59.7, 53.5, 57.9),
    "QAFactEval": (63.7, 66.2, 68.4, 63.6, 67.5, 62.4, 72.6),
    "Llama2-13b, zero-shot": (51.3, 57.2, 63.1, 58.1, 63.4, 56.5, 61.4),
    "PaLM-bison, zero-shot": (66.0, 69.0, 74.4, 68.1, 78.1, 70.4, 72.4),
}
"""Balanced accuracy in per cent on the seven domains of the ten that we have, as in `_DOMAINS`."""


def _summedits() -> Iterator[Published]:
    for detector, values in _BY_DOMAIN.items():
        for domain, value in zip(_DOMAINS, values, strict=True):
            yield Published(
                "summedits", domain, detector, "balanced_accuracy", value / 100, _SUMMEDITS,
                _SUMMEDITS_AT, True, f"same claims, same measure{_THEIR_NOTE}",
            )  # fmt: skip
        yield Published(
            "summedits", "seven domains", detector, "mean_by_kind",
            round(fmean(values) / 100, 4), _SUMMEDITS, _SUMMEDITS_AT, True,
            f"same claims; our mean of their figures for these seven of ten domains"
            f"{_THEIR_NOTE}",
        )  # fmt: skip


_AGARWAL = "Agarwal 2024 (factual-consistency-eval, arXiv 2408.04114), dataset-results.md, table 2"
_AGARWAL_AT = (
    "https://github.com/raunak-agarwal/factual-consistency-eval/blob/main/docs/dataset-results.md"
)
_FIB = {
    "ROUGE-L": (4.7, 38.7),
    "BERTScore": (12.4, 54.4),
    "BARTScore": (2.1, 44.2),
    "QuestEval": (34.2, 61.2),
    "AlignScore-base": (14.1, 71.1),
    "AlignScore-large": (13.2, 78.2),
    "MiniCheck-T5-large": (46.9, 76.8),
    "gpt-3.5-turbo": (65.7, 76.4),
    "Llama-3-8B": (89.9, 70.8),
    "Llama-3-8B, fine-tuned": (47.4, 76.5),
    "Flan-T5-base, fine-tuned": (27.2, 82.1),
    "Flan-T5-large, fine-tuned": (54.6, 87.6),
}
_FIB_KINDS = ("extracted, CNN/DM", "model-made, XSum")
"""AUROC in per cent on CNN/DM and on XSum, the whole table; our kinds that hold these claims."""


def _fib() -> Iterator[Published]:
    for detector, values in _FIB.items():
        for part, value in zip(_FIB_KINDS, values, strict=True):
            yield Published(
                "fib", part, detector, "auroc", value / 100, _AGARWAL, _AGARWAL_AT, False,
                "same measure; hold it against that kind. We count each summary once, and it is "
                "not said whether they took all of FIB's release",
            )  # fmt: skip


_LETTUCE = "LettuceDetect's benchmark page (Kovács and Recski 2025)"
_LETTUCE_AT = "https://krlabsorg.github.io/LettuceDetect/benchmarks"
_RAGTRUTH = {
    "GPT-4, zero-shot": 63.4,
    "Luna": 65.4,
    "lettucedetect-base-v1": 76.8,
    "Llama-2-13B, fine-tuned (Niu et al. 2024)": 78.7,
    "lettucedetect-large-v1": 79.2,
    "RAG-HAT (Llama-3-8B)": 83.9,
}
"""F1 of 'the answer holds an unsupported part', in per cent, whole answers."""


def _ragtruth() -> Iterator[Published]:
    for detector, value in _RAGTRUTH.items():
        yield Published(
            "ragtruth", "all three tasks", detector, "f1_unsupported", value / 100, _LETTUCE,
            _LETTUCE_AT, False,
            "the test split of questions, summaries and data-to-text together; ours is 150 "
            "sources of data-to-text, where far more answers are wrong",
        )  # fmt: skip


_KAMOI = "Kamoi et al. 2023 (WiCE), result_table.tex in the authors' repository"
_KAMOI_AT = (
    "https://github.com/ryokamoi/wice/tree/main/code_and_resources/model_outputs/"
    "entailment_classification/oracle_chunks"
)
_WICE = {
    "T5-3B (ANLI)": (61.8, 74.0),
    "T5-3B (ANLI+WiCE)": (77.8, 88.0),
    "GPT-3.5": (39.3, 32.0),
    "GPT-4": (61.0, 77.0),
}
"""F1 of 'supported' and accuracy, in per cent, on whole claims with the oracle's evidence."""


def _wice() -> Iterator[Published]:
    for detector, values in _WICE.items():
        for metric, value in zip(("f1_supported", "accuracy"), values, strict=True):
            yield Published(
                "wice", "test, oracle evidence", detector, metric, value / 100, _KAMOI, _KAMOI_AT,
                False,
                "100 claims of the test split, 22 of them supported, each by the best of its "
                "evidence; ours is the dev split, on which T5's threshold was chosen",
            )  # fmt: skip


_SCHUSTER = "Schuster et al. 2019 (Symmetric FEVER), README of the authors' repository"
_SCHUSTER_AT = "https://github.com/TalSchuster/FeverSymmetric"


def _symmetric() -> Iterator[Published]:
    for detector, value in (("BERT, baseline", 57.46), ("BERT, re-weighted", 61.62)):
        yield Published(
            "symmetric", "version 0.1", detector, "accuracy", value / 100, _SCHUSTER, _SCHUSTER_AT,
            False,
            "version 0.1 of the set, made-up pairs only; ours is version 0.2. The models were "
            "trained on FEVER",
        )  # fmt: skip


PUBLISHED: tuple[Published, ...] = (
    *_fib(),
    *_summedits(),
    *_ragtruth(),
    *_wice(),
    *_symmetric(),
)


def published_for(set_name: str) -> tuple[Published, ...]:
    """The figures for a set by the name that it has in reports.

    Args:
        set_name: as in `ClaimSet.name`. Where it names a domain of SummEdits, the figures of that
            domain; else those of the whole.
    """
    name = set_name.lower()
    ours = [one for one in PUBLISHED if one.set in name]
    domain = next((one for one in _DOMAINS if one in name), None)
    return tuple(
        one for one in ours if one.set != "summedits" or one.part == (domain or "seven domains")
    )

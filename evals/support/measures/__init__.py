"""The measures of a verifier, by name, in the order of the tables."""

from __future__ import annotations

from evals.support.measures.accuracy import accuracy
from evals.support.measures.auroc import auroc
from evals.support.measures.balanced_accuracy import balanced_accuracy
from evals.support.measures.base import Measure
from evals.support.measures.calibration import calibration_error
from evals.support.measures.mean_by_kind import mean_by_kind
from evals.support.measures.of_class import (
    f1_supported,
    f1_unsupported,
    precision_supported,
    precision_unsupported,
    recall_supported,
    recall_unsupported,
)
from evals.support.measures.pair_accuracy import pair_accuracy

MEASURES: dict[str, Measure] = {
    "auroc": auroc,
    "pair_accuracy": pair_accuracy,
    "balanced_accuracy": balanced_accuracy,
    "mean_by_kind": mean_by_kind,
    "accuracy": accuracy,
    "precision_unsupported": precision_unsupported,
    "recall_unsupported": recall_unsupported,
    "f1_unsupported": f1_unsupported,
    "precision_supported": precision_supported,
    "recall_supported": recall_supported,
    "f1_supported": f1_supported,
    "calibration_error": calibration_error,
}

__all__ = ["MEASURES"]

"""The ways of finding that are measured beside the shipped one, each off by one part."""

from __future__ import annotations

from dataclasses import replace

from evals.ablation.finding import Way
from rag.finding.ranking import EvidenceOptions
from rag.finding.rerank import RerankOptions
from rag.finding.retrieve import RetrieveOptions

_FIND, _RANK = RetrieveOptions(), EvidenceOptions()

SHIPPED = "dateline"

WAYS: dict[str, Way] = {
    SHIPPED: Way(),
    "meaning alone": Way(retrieve=replace(_FIND, dense_weight=1.0)),
    "words alone": Way(retrieve=replace(_FIND, dense_weight=0.0)),
    "reciprocal ranks": Way(retrieve=replace(_FIND, fusion="rrf")),
    "every copy": Way(retrieve=replace(_FIND, one_copy=False)),
    "neighbours of the first 3": Way(retrieve=replace(_FIND, neighbours=3)),
    "passages whatever their day": Way(retrieve=replace(_FIND, in_period=0.0)),
    "no headers": Way(headers=False),
    "sentences without the one before": Way(evidence=replace(_RANK, in_context=0.0)),
    "sentences without BM25": Way(evidence=replace(_RANK, lexical=0.0)),
    "sentences without their passage": Way(evidence=replace(_RANK, passage=0.0)),
    "sentences of any sort": Way(evidence=replace(_RANK, wrong_kind=0.0)),
    "sentences whatever their day": Way(evidence=replace(_RANK, outside_period=0.0)),
    "sentences by word families": Way(evidence=replace(_RANK, families=True)),
    "sentences on either side of an event": Way(evidence=replace(_RANK, wrong_side=0.0)),
    "no trained reader": Way(evidence=replace(_RANK, rerank=RerankOptions(weight=0.0))),
    "newest like any": Way(evidence=replace(_RANK, newest=0.0)),
}
"""By the name that tables show; the first is what ships, and what the others are held against."""

"""The metrics, one a module, each with its formula and its source.

`DEFAULT` needs nothing but samples and answers. `judged` adds the two that need a judge of
support, and holds quotes against the library itself. `catalogue` names all of them, to sum up
what was scored before.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.article import Article
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.attribution_kept import AttributionKept
from evals.metrics.aurc import Aurc
from evals.metrics.base import Metric
from evals.metrics.both_sides import BothSides
from evals.metrics.calibration_error import CalibrationError
from evals.metrics.citation_precision import CitationPrecision
from evals.metrics.citation_recall import CitationRecall
from evals.metrics.completion_tokens import CompletionTokens
from evals.metrics.coverage import Coverage
from evals.metrics.facts_covered import FactsCovered
from evals.metrics.false_premise import FalsePremise
from evals.metrics.gold_quote import GoldQuote
from evals.metrics.gold_source import GoldSource
from evals.metrics.hit_at import HitAt
from evals.metrics.judge import Judge
from evals.metrics.ndcg_at import NdcgAt
from evals.metrics.nugget_recall import NuggetRecall
from evals.metrics.planted_shown import PlantedShown
from evals.metrics.prompt_tokens import PromptTokens
from evals.metrics.quote_fidelity import QuoteFidelity
from evals.metrics.ranks import By
from evals.metrics.recall_at import RecallAt
from evals.metrics.reciprocal_rank import ReciprocalRank
from evals.metrics.refusal_f1 import RefusalF1
from evals.metrics.refusal_precision import RefusalPrecision
from evals.metrics.refusal_recall import RefusalRecall
from evals.metrics.seconds_median import SecondsMedian
from evals.metrics.seconds_p95 import SecondsP95
from evals.metrics.seconds_to_evidence import SecondsToEvidence
from evals.metrics.seconds_to_first_word import SecondsToFirstWord
from evals.metrics.short_exact import ShortExact
from evals.metrics.stale import Stale
from evals.metrics.taken_in import TakenIn
from evals.metrics.token_f1 import TokenF1

HITS = 8
"""Hits that Dateline reads for one question by default: `RetrieveOptions.hits`."""

ANSWERS: tuple[Metric, ...] = (AnswerAccuracy(), ShortExact(), TokenF1(), NuggetRecall())
REFUSAL: tuple[Metric, ...] = (
    RefusalPrecision(),
    RefusalRecall(),
    RefusalF1(),
    FalsePremise(),
    Coverage(),
    Aurc(),
    CalibrationError(),
)
TIME: tuple[Metric, ...] = (Stale(), BothSides())
ROBUSTNESS: tuple[Metric, ...] = (TakenIn(), PlantedShown())
COST: tuple[Metric, ...] = (
    SecondsToEvidence(),
    SecondsToFirstWord(),
    SecondsMedian(),
    SecondsP95(),
    PromptTokens(),
    CompletionTokens(),
)


def _retrieval(by: By) -> tuple[Metric, ...]:
    hits = tuple(HitAt(k, by) for k in (1, 3, HITS))
    return (*hits, RecallAt(3, by), RecallAt(HITS, by), ReciprocalRank(by), NdcgAt(HITS, by))


RETRIEVAL: tuple[Metric, ...] = (
    *_retrieval("article"),
    # What BEIR's tables give; it needs a list of ten.
    NdcgAt(10, "article", least=10),
    *_retrieval("passage"),
)


def judged(
    judge: Judge | None, article_of: Callable[[str], Article] | None = None
) -> tuple[Metric, ...]:
    """All metrics, in the order of reports: by group, as `evals.metrics.base.GROUPS` has them.

    Args:
        judge: says whether cited words carry a sentence, such as `rag.checking.verify.Verifier`.
            Without one, the two metrics that need it leave every sample unscored.
        article_of: the library's `article`, so that quotes are held against what it holds.
    """
    citations: tuple[Metric, ...] = (
        CitationRecall(judge),
        CitationPrecision(judge),
        QuoteFidelity(article_of),
        GoldQuote(),
        GoldSource(),
        FactsCovered("figures"),
        FactsCovered("days"),
        FactsCovered("names"),
        AttributionKept(),
    )
    return (*ANSWERS, *citations, *RETRIEVAL, *REFUSAL, *TIME, *ROBUSTNESS, *COST)


def catalogue() -> dict[str, Metric]:
    """Every metric by its name, in the order of reports, without a judge and without a library."""
    return {metric.name: metric for metric in judged(None)}


DEFAULT: tuple[Metric, ...] = tuple(
    metric for metric in judged(None) if not isinstance(metric, (CitationRecall, CitationPrecision))
)
"""Every metric that needs no judge, in the order of reports."""

"""The metrics, one a module, each with its formula and its source.

`DEFAULT` needs nothing but samples and answers. `judged` adds the two that need a judge of
support, and holds quotes against the library itself.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.article import Article
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import Metric
from evals.metrics.citation_precision import CitationPrecision
from evals.metrics.citation_recall import CitationRecall
from evals.metrics.gold_quote import GoldQuote
from evals.metrics.judge import Judge
from evals.metrics.quote_fidelity import QuoteFidelity
from evals.metrics.refusal_f1 import RefusalF1
from evals.metrics.refusal_precision import RefusalPrecision
from evals.metrics.refusal_recall import RefusalRecall
from evals.metrics.seconds_median import SecondsMedian
from evals.metrics.seconds_p95 import SecondsP95
from evals.metrics.short_exact import ShortExact
from evals.metrics.token_f1 import TokenF1

CLASSES: tuple[type[Metric], ...] = (
    AnswerAccuracy,
    ShortExact,
    TokenF1,
    GoldQuote,
    CitationRecall,
    CitationPrecision,
    QuoteFidelity,
    RefusalPrecision,
    RefusalRecall,
    RefusalF1,
    SecondsMedian,
    SecondsP95,
)
"""Every metric that there is, in the order of reports."""

_ANSWERS: tuple[Metric, ...] = (AnswerAccuracy(), ShortExact(), TokenF1(), GoldQuote())
_REST: tuple[Metric, ...] = (
    RefusalPrecision(),
    RefusalRecall(),
    RefusalF1(),
    SecondsMedian(),
    SecondsP95(),
)

DEFAULT: tuple[Metric, ...] = (*_ANSWERS, QuoteFidelity(), *_REST)


def judged(judge: Judge, article_of: Callable[[str], Article] | None = None) -> tuple[Metric, ...]:
    """All metrics, in the order of reports.

    Args:
        judge: says whether cited words carry a sentence, such as `rag.verify.Verifier`.
        article_of: the library's `article`, so that quotes are held against what it holds.
    """
    return (
        *_ANSWERS,
        CitationRecall(judge),
        CitationPrecision(judge),
        QuoteFidelity(article_of),
        *_REST,
    )

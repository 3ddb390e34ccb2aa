"""Is the passage that proves the answer among the words that are cited?

A gold quote is cited when a citation of a gold article overlaps it by at least one character
that is not white space.

    value = cited gold quotes / gold quotes      on the kinds of `EACH_NEEDED`
    value = 1 if any gold quote is cited else 0  on the other kinds

Source: evidence recall at the level of spans, as in FEVER's evidence score (Thorne et al., 2018)
with spans in place of sentence numbers. Its weakness: a citation of a whole passage overlaps
easily. Unscored: samples that have no gold quote. A refusal cites nothing and scores 0.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.ranks import overlap, places_of
from evals.sample import EACH_NEEDED, Sample, Score, is_named
from rag.answer import Answer
from rag.checking.citation import Citation


def overlaps(citation: Citation, quote: str) -> bool:
    """Whether the citation shares a visible character with some place where the quote stands."""
    span = (citation.start, citation.end)
    return any(
        overlap(citation.article, span, place) for place in places_of(citation.article, quote)
    )


class GoldQuote(Metric):
    """Share of the gold evidence that is cited."""

    name = "gold_quote"
    group = "citations"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        target = sample.target
        shown = " | ".join(citation.quote for citation in answer.citations)
        if target.refuse or not target.quotes:
            return Score(None, shown, "no gold quote")
        gold = [c for c in answer.citations if any(is_named(c.article, k) for k in target.articles)]
        missing = [quote for quote in target.quotes if not any(overlaps(c, quote) for c in gold)]
        found = len(target.quotes) - len(missing)
        value = found / len(target.quotes) if sample.kind in EACH_NEEDED else float(found > 0)
        why = f"{found} of {len(target.quotes)} gold quotes cited"
        return Score(value, shown, f"{why}; not '{missing[0]}'" if missing else why)

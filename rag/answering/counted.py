"""A count must be of what is asked for: the figure of another thing is no answer."""

from __future__ import annotations

from corpus.sentences import sentence_spans
from rag.answer import Refusal
from rag.answering.work import Work
from rag.claims.terms import content_terms
from rag.finding.evidence import Evidence
from rag.question.counted import Counted, counted_in
from rag.question.expected import is_of_kind


def counts_something_else(work: Work, looked_at: int) -> Refusal | None:
    """Chooses a sentence that counts what is asked for; a refusal where none of the best does.

    Args:
        work: with its evidence, and what was chosen of it.
        looked_at: best sentences among which one is sought.
    """
    counted = counted_in(work.query.text)
    if counted is None or work.understanding.kind != "count" or len(work.chosen) != 1:
        return None
    if _tells_of(work.chosen[0], counted):
        return None
    held = [
        one
        for one in work.evidence[:looked_at]
        if is_of_kind(one.text, "figure") and _tells_of(one, counted)
    ]
    if held:
        work.chosen = held[:1]
        return None
    message = f"The articles do not answer this: no sentence near it counts “{counted.words}”."
    return Refusal("no_evidence", message, (counted.words,))


def _tells_of(evidence: Evidence, counted: Counted) -> bool:
    """Whether the sentence, or the one before it in its passage, has the noun: '97 remain'."""
    hit = evidence.hit
    start = evidence.start - hit.passage.start
    before = [at for at, _ in sentence_spans(hit.text, hit.article.language) if at < start]
    told = hit.text[before[-1] if before else max(0, start) : evidence.end - hit.passage.start]
    return any(term.term == counted.term for term in content_terms(told))

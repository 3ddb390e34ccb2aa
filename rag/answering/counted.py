"""A count must be of what is asked for: the figure of another thing is no answer."""

from __future__ import annotations

from corpus.content.happenings import happenings_in
from corpus.sentences import sentence_spans
from rag.answer import Refusal
from rag.answering.work import Work
from rag.claims.terms import content_terms
from rag.finding.evidence import Evidence
from rag.question.counted import Counted, counted_in
from rag.question.expected import is_of_kind
from rag.question.measured import measured_in


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


def happened_to_nobody(work: Work, looked_at: int) -> Refusal | None:
    """A refusal where it is asked to how many people something happened, and none of the best
    sentences tells that it happened to anybody: 'How many were arrested?'.

    Args:
        work: with its evidence, and what was chosen of it.
        looked_at: best sentences among which one is sought.
    """
    question = work.query.text
    measured = measured_in(question)
    if measured is None or measured.what != "people" or work.understanding.kind != "count":
        return None
    asked = [one for one in happenings_in(question) if one not in _OFTEN_SOMETHING_ELSE]
    if not asked or (work.timeline is not None and work.timeline.rows):
        return None
    told = {
        happening
        for one in work.evidence[:looked_at]
        for happening in happenings_in(_with_the_one_before(one))
    }
    if told & set(asked):
        return None
    words = " or ".join(asked)
    message = f"The articles do not answer this: no sentence near it tells of people {words}."
    return Refusal("no_evidence", message, (words,))


_OFTEN_SOMETHING_ELSE = frozenset(("held", "taken", "freed"))
"""Happenings whose words have other senses: talks are held, and measures taken."""


def _tells_of(evidence: Evidence, counted: Counted) -> bool:
    """Whether the sentence, or the one before it in its passage, has the noun: '97 remain'."""
    told = _with_the_one_before(evidence)
    return any(term.term == counted.term for term in content_terms(told))


def _with_the_one_before(evidence: Evidence) -> str:
    hit = evidence.hit
    start = evidence.start - hit.passage.start
    before = [at for at, _ in sentence_spans(hit.text, hit.article.language) if at < start]
    return hit.text[before[-1] if before else max(0, start) : evidence.end - hit.passage.start]

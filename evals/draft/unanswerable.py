"""Questions without an answer: a drafted one, asked before its article was there.

The article is removed by the calendar: `as_of` is the day before it appeared, so the library
that the question is asked of holds only what was published earlier. The twin of the question,
without `as_of`, has an answer; a system that answers both has made one up. An undated article
cannot be removed so, nor one before which nothing near the question was published.
"""

from __future__ import annotations

from datetime import timedelta

from embeddings.store.window import DateWindow
from evals.draft.check import Checker, Reason
from evals.draft.drafted import Proposal
from evals.sample import Sample, Target


def removed(proposal: Proposal, checker: Checker, sample_id: str) -> Sample | Reason:
    """The question as of the day before its article, or why that will not do."""
    published = proposal.statement.article.published
    # A question that names the day of its report cannot be asked the day before.
    if published is None or proposal.pinned:
        return "its article cannot be removed"
    day_before = published - timedelta(days=1)
    answered = checker.may_be_answered(proposal, DateWindow(until=day_before))
    if answered is None:
        return "its article cannot be removed"
    if answered:
        return "answered otherwise"
    target = Target(refuse=True)
    return Sample(sample_id, proposal.question, "unanswerable", target, day_before)

"""Questions drafted from a user's own articles, for a person to keep or drop.

    from evals.draft import DraftOptions, draft

    for drafted in draft(newsroom, DraftOptions(count=20, seed=1)):
        print(drafted.sample.question, drafted.sample.target.answers, drafted.statement.quote)

No model writes them: each kind is a set of rules on sentences, one module a kind, that would
rather make no question than a crooked one. Each question is then searched for in the library,
and thrown away where another sentence could answer it. Only English articles are drafted from.
"""

from __future__ import annotations

from evals.draft.check import CheckOptions, Reason
from evals.draft.drafted import DRAFT_KINDS, Drafted, DraftKind, Statement
from evals.draft.drafting import DraftOptions, draft

__all__ = [
    "DRAFT_KINDS",
    "CheckOptions",
    "DraftKind",
    "DraftOptions",
    "Drafted",
    "Reason",
    "Statement",
    "draft",
]

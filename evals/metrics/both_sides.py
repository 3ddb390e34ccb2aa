"""Where articles disagree, does the answer show each side, from an article of its own?

A part of the target is shown by an article when an accepted form of it stands both in a sentence
and in a quote of that article which the sentence cites.

    value = most parts that can be given to articles that show them, no article twice / parts

Source: the task of RAMDocs (Wang et al., Retrieval-Augmented Generation with Conflicting Evidence,
2025), which asks for every valid answer, made stricter by Dateline's own promise that each is
cited. Its weakness: it does not see whether the answer says that the articles disagree. A refusal
scores 0. Unscored: all kinds but 'disagreement', and targets of fewer than two parts.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from evals.metrics.base import Metric
from evals.metrics.text import contains_any
from evals.sample import Sample, Score
from rag.answer import Answer


class BothSides(Metric):
    """Mean share of the sides of a disagreement that are shown, each from its own article."""

    name = "both_sides"
    group = "time"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        parts = sample.target.parts
        if sample.kind != "disagreement" or len(parts) < 2:
            return Score(None, answer.text, "not a question on which articles disagree")
        shown = [_articles_that_show(part, answer) for part in parts]
        articles = sorted(set().union(*shown))
        if not articles:
            return Score(0.0, answer.text, "no side is shown from an article")
        edges = csr_array(np.array([[article in held for article in articles] for held in shown]))
        matched = maximum_bipartite_matching(edges, perm_type="column")
        found = int(np.count_nonzero(matched >= 0))
        why = f"{found} of {len(parts)} sides shown, each from its own article"
        return Score(found / len(parts), answer.text, why)


def _articles_that_show(part: tuple[str, ...], answer: Answer) -> set[str]:
    """Ids of the articles that a sentence with this part cites, in words that hold it too."""
    return {
        citation.article.id
        for sentence in answer.sentences
        if contains_any([sentence.text], part)
        for citation in sentence.citations
        if contains_any([citation.quote], part)
    }

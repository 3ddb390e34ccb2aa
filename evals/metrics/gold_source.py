"""Is the article that holds the answer among those that are cited?

    value = cited articles of the target / articles of the target   on the kinds of `EACH_NEEDED`
    value = 1 if any article of the target is cited else 0          on the other kinds

Source: evidence recall at the level of articles, as FEVER (Thorne et al., 2018) has it at the
level of pages. Its weakness: the right article may be cited for the wrong words; read it beside
`gold_quote`. Unscored: samples to refuse, and those whose target names no article. A refusal
cites nothing and scores 0.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.sample import EACH_NEEDED, Sample, Score, is_named
from rag.answer import Answer


class GoldSource(Metric):
    """Share of questions for which an article that answers them is cited."""

    name = "gold_source"
    group = "citations"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        target = sample.target
        titles = list(dict.fromkeys(citation.article.title for citation in answer.citations))
        said = " | ".join(titles)
        if target.refuse or not target.articles:
            return Score(None, said, "no gold article")
        cited = [
            key
            for key in target.articles
            if any(is_named(citation.article, key) for citation in answer.citations)
        ]
        share = len(cited) / len(target.articles)
        value = share if sample.kind in EACH_NEEDED else float(bool(cited))
        return Score(value, said, f"{len(cited)} of {len(target.articles)} gold articles cited")

"""Do the cited words hold the figures, the days, the names that the answer states?

    value = stated ones that the cited spans hold / stated ones

both counted over the sentences that are shown, each held against its own citations, by
`rag.claims.facts`. A date that names the publication day of a cited article counts as nothing to
prove; title and outlet of a cited article may vouch for a name or a day, never for a figure, as in
`rag.checking.verify`.

Source: entity precision against the source of Nan et al., Entity-level Factual Consistency of
Abstractive Text Summarization (2021), with the cited span in place of the whole source and kept
apart by figures, days and names. Its weakness: it compares forms, not meaning. A figure may stand
in the span as that of something else, 'US' may stand there as 'American', and a name that merely
opens a sentence is not looked for. A verbatim quote covers itself, and a system that cites whole
passages is covered easily. Unscored: refusals, and answers that state none.
"""

from __future__ import annotations

from typing import Literal

from corpus.passages import header
from evals.metrics.base import Metric
from evals.sample import Sample, Score
from rag.answer import Answer
from rag.checking.citation import Sentence
from rag.claims.facts import facts_of
from rag.question.period import without_day

Part = Literal["figures", "days", "names"]


class FactsCovered(Metric):
    """Share of an answer's figures, days or names that stand in the words it cites for them."""

    group = "citations"

    def __init__(self, part: Part) -> None:
        self.part = part
        self.name = f"{part}_covered"

    @property
    def about(self) -> str:
        """What it measures, in one line."""
        return f"Mean share of an answer's {self.part} that stand in the words it cites for them."

    def _score(self, _sample: Sample, answer: Answer, /) -> Score:
        sentences = () if answer.status == "refused" else answer.sentences
        stated = 0
        bare: list[str] = []
        for sentence in sentences:
            mine, missing = self._compared(sentence)
            stated += mine
            bare += missing
        if stated == 0:
            return Score(None, answer.text, f"it states no {self.part}")
        why = f"{stated - len(bare)} of {stated} {self.part} stand in the cited words"
        if bare:
            why += f"; not {', '.join(bare)}"
        return Score((stated - len(bare)) / stated, answer.text, why)

    def _compared(self, sentence: Sentence) -> tuple[int, list[str]]:
        """How many one sentence states, and those of them that its citations do not hold."""
        text = sentence.text
        for citation in sentence.citations:
            if citation.article.published:
                text = without_day(text, citation.article.published)
        mine = facts_of(text)
        held = facts_of("\n".join(citation.quote for citation in sentence.citations))
        around = facts_of("\n".join(header(citation.article) for citation in sentence.citations))
        if self.part == "figures":
            missing = sorted(mine.figures - held.figures)
            return len(mine.figures), [f"{figure:,.15g}" for figure in missing]
        if self.part == "days":
            return len(mine.days), sorted(mine.days - held.days - around.days)
        known = held.names | held.openers | around.names | around.openers
        return len(mine.names), sorted(mine.names - known)

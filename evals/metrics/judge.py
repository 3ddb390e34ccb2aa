"""Who decides whether cited words carry a sentence: anything with the verifier's `check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.passages import header
from rag.checking.citation import Citation

NO_JUDGE = "no judge was given"


class Judgement(Protocol):
    """What a judge says of one sentence."""

    @property
    def verdict(self) -> str:
        """'supported', 'partly' or 'unsupported'; a verifier may also say 'quote'."""
        ...

    @property
    def support(self) -> float:
        """How well the spans carry it, in [0, 1]."""
        ...


class Judge(Protocol):
    """Says whether spans carry a sentence. `rag.checking.verify.Verifier` is one."""

    def check(self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()) -> Judgement:
        """Whether the spans, taken together, carry the sentence.

        Args:
            context: title, outlet and date of the articles that the spans stand in, for names
                and days only.
        """
        ...


def judge_citations(judge: Judge, sentence: str, citations: Sequence[Citation]) -> Judgement:
    """What the judge says of a sentence and the quotes that it cites, their articles named."""
    quotes = [citation.quote for citation in citations]
    return judge.check(sentence, quotes, [header(citation.article) for citation in citations])


def carries(judge: Judge, sentence: str, citations: Sequence[Citation]) -> bool:
    """Whether the judge finds the sentence fully supported by the citations taken together."""
    if not citations:
        return False
    return judge_citations(judge, sentence, citations).verdict in ("supported", "quote")

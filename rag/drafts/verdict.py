"""Verdicts on a draft: each sentence with its claims, and the words of articles that tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from rag.checking.citation import Citation
from rag.drafts.draft import Draft

DraftVerdict = Literal["supported", "partly", "contradicted", "silent", "not a claim"]
VERDICTS: tuple[DraftVerdict, ...] = get_args(DraftVerdict)
DifferenceKind = Literal[
    "figure", "date", "name", "speaker", "denial", "modality", "attribution", "merged", "wording"
]

VERDICT_WORDS: Mapping[DraftVerdict, str] = {
    "supported": "the library says so",
    "partly": "the library says a part of it",
    "contradicted": "the library says otherwise",
    "silent": "the library is silent",
    "not a claim": "nothing to check",
}
"""Each verdict as the reports put it. Silence says nothing of the sentence: it may well be true."""


@dataclass(frozen=True, slots=True)
class DraftDifference:
    """One thing that the draft puts otherwise than an article.

    Attributes:
        kind: what differs.
        said: the draft's words or value; '' for a speaker whom it leaves out.
        found: the article's.
        citation: where the article says so.
    """

    kind: DifferenceKind
    said: str
    found: str
    citation: Citation

    def __str__(self) -> str:
        """'figure: the draft has “63”, [4] has “33”'."""
        marker = self.citation.marker
        if not self.said:
            return f"{self.kind}: in [{marker}] it is “{self.found}” who says so"
        return f"{self.kind}: the draft has “{self.said}”, [{marker}] has “{self.found}”"


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One claim of a sentence, checked by itself.

    Attributes:
        text: the claim, with who says so where the sentence says that.
        verdict: never 'not a claim'.
        supporting: the spans that carry it, or the part of it that is carried.
        contradicting: the spans on the same matter that say otherwise.
        differences: what differs, each with both values.
        missing: of a claim that is carried in part, its words that the span does not have.
    """

    text: str
    verdict: DraftVerdict
    supporting: tuple[Citation, ...] = ()
    contradicting: tuple[Citation, ...] = ()
    differences: tuple[DraftDifference, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft and what the library says to it.

    Attributes:
        text: its words in one line, without marks of Markdown.
        start, end: where it stands in the draft's text; end is exclusive.
        verdict: 'contradicted' where one of its claims is; 'partly' where claims differ otherwise.
        block: the number of its block in the draft, from 0.
        claims: none where there is nothing to check.
        why: why there is nothing to check ('a question'); '' otherwise.
    """

    text: str
    start: int
    end: int
    verdict: DraftVerdict
    block: int
    claims: tuple[DraftClaim, ...] = ()
    why: str = ""

    @property
    def supporting(self) -> tuple[Citation, ...]:
        """The spans that carry it or a part of it, each once."""
        return _once(tuple(span for claim in self.claims for span in claim.supporting))

    @property
    def contradicting(self) -> tuple[Citation, ...]:
        """The spans that say otherwise, each once."""
        return _once(tuple(span for claim in self.claims for span in claim.contradicting))

    @property
    def differences(self) -> tuple[DraftDifference, ...]:
        """What differs from the library, each with both values."""
        return tuple(dict.fromkeys(one for claim in self.claims for one in claim.differences))

    @property
    def missing(self) -> tuple[str, ...]:
        """The words that the spans which come nearest do not have."""
        return tuple(dict.fromkeys(word for claim in self.claims for word in claim.missing))

    @property
    def silent(self) -> tuple[str, ...]:
        """The claims on which the library is silent."""
        return tuple(claim.text for claim in self.claims if claim.verdict == "silent")


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft that was checked against a library.

    Attributes:
        draft: as it was read.
        sentences: in order.
        citations: in order of marker, from 1; a span that serves several sentences has one marker.
        generation: of the library that it was checked against.
        as_of: the day after which nothing was looked at, YYYY-MM-DD; None for no such day.
    """

    draft: Draft
    sentences: tuple[DraftSentence, ...]
    citations: tuple[Citation, ...]
    generation: int
    as_of: str | None = None

    @property
    def counts(self) -> dict[DraftVerdict, int]:
        """Sentences of each verdict, in the order of `VERDICTS`."""
        found = Counter(sentence.verdict for sentence in self.sentences)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def differs(self) -> bool:
        """Whether the library says otherwise anywhere."""
        return any(sentence.verdict == "contradicted" for sentence in self.sentences)


def _once(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return tuple({citation.marker: citation for citation in citations}.values())

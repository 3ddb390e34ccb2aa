"""The report on a draft for programs: only what JSON has."""

from __future__ import annotations

from rag.checking.citation import Citation
from rag.drafts.verdict import CheckedDraft, DraftClaim, DraftDifference, DraftSentence
from rag.showing.render import article_dict


def report_dict(checked: CheckedDraft) -> dict[str, object]:
    """The draft's sentences and the citations that they name by marker."""
    return {
        "draft": checked.draft.name,
        "as_of": checked.as_of,
        "generation": checked.generation,
        "differs": checked.differs,
        "counts": checked.counts,
        "text": checked.draft.text,
        "sentences": [_sentence(one) for one in checked.sentences],
        "citations": [_citation(one) for one in checked.citations],
    }


def _sentence(sentence: DraftSentence) -> dict[str, object]:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "verdict": sentence.verdict,
        "why": sentence.why,
        "supporting": _markers(sentence.supporting),
        "contradicting": _markers(sentence.contradicting),
        "differences": [_difference(one) for one in sentence.differences],
        "missing": list(sentence.missing),
        "silent": list(sentence.silent),
        "claims": [_claim(one) for one in sentence.claims],
    }


def _claim(claim: DraftClaim) -> dict[str, object]:
    return {
        "text": claim.text,
        "verdict": claim.verdict,
        "supporting": _markers(claim.supporting),
        "contradicting": _markers(claim.contradicting),
        "differences": [_difference(one) for one in claim.differences],
        "missing": list(claim.missing),
    }


def _difference(difference: DraftDifference) -> dict[str, object]:
    return {
        "kind": difference.kind,
        "said": difference.said,
        "found": difference.found,
        "citation": difference.citation.marker,
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_dict(citation.article),
    }


def _markers(citations: tuple[Citation, ...]) -> list[int]:
    return [citation.marker for citation in citations]

"""The report on a draft in words, what matters most first."""

from __future__ import annotations

from collections.abc import Iterator

from rag.checking.citation import Citation
from rag.drafts.verdict import CheckedDraft, DraftSentence, DraftVerdict
from rag.showing.render import byline

_SHOWN: tuple[tuple[DraftVerdict, str], ...] = (
    ("contradicted", "DIFFERS: the library says otherwise"),
    ("partly", "IN PART: the library carries a part of it, or says it otherwise"),
    ("silent", "SILENT: nothing in the library for or against it"),
    ("supported", "SUPPORTED"),
)


def report_words(checked: CheckedDraft) -> str:
    """The report: how many sentences of each verdict, the sentences by verdict, the sources."""
    parts = [summary(checked)]
    for verdict, title in _SHOWN:
        found = [one for one in checked.sentences if one.verdict == verdict]
        if found:
            parts.append("\n".join([title, *(line for one in found for line in _lines(one))]))
    if checked.citations:
        parts.append("\n".join(["Sources", *map(_source, checked.citations)]))
    return "\n\n".join(parts)


def summary(checked: CheckedDraft) -> str:
    """'draft.md: 12 sentences: 8 supported, 1 partly, 2 contradicted, 1 silent.'"""
    total = len(checked.sentences)
    counted = ", ".join(f"{n} {verdict}" for verdict, n in checked.counts.items() if n)
    seen = f" Articles up to {checked.as_of}." if checked.as_of else ""
    noun = "sentence" if total == 1 else "sentences"
    return f"{checked.draft.name}: {total} {noun}: {counted}.{seen}"


def _lines(sentence: DraftSentence) -> Iterator[str]:
    yield f"  - {sentence.text}{_markers(sentence.supporting)}"
    for difference in sentence.differences:
        yield f"      {difference}"
    if sentence.missing:
        yield f"      not found there: {', '.join(sentence.missing)}"
    if sentence.verdict == "contradicted" and not sentence.differences:
        yield f"      otherwise in{_markers(sentence.contradicting)}"
    if sentence.verdict == "partly":
        for claim in sentence.silent:
            if claim != sentence.text:
                yield f"      silent on: {claim}"


def _markers(citations: tuple[Citation, ...]) -> str:
    return "".join(f" [{citation.marker}]" for citation in citations)


def _source(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    return f"  [{citation.marker}] {byline(citation.article)}\n      “{quote}”"

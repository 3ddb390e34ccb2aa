"""The sentence before: a quote that begins with 'He said' must show who he is."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.sentences import sentence_spans
from rag.finding.evidence import Evidence

# Among the first five words: 'According to the ministry he condemned …'.
_PRONOUN = re.compile(r"^\W*(?:[\w’'-]+\W+){0,4}?(?:he|she|they|his|her|their)\b", re.IGNORECASE)


def with_lead(evidence: Evidence) -> Evidence:
    """The evidence, grown by the sentence before it where it begins with a pronoun.

    It grows once, and only within its passage; the span stays one verbatim run of the article.
    """
    if not _PRONOUN.match(evidence.text):
        return evidence
    passage = evidence.hit.passage
    spans = sentence_spans(evidence.hit.text, evidence.hit.article.language)
    before = [start for start, _ in spans if passage.start + start < evidence.start]
    return replace(evidence, start=passage.start + before[-1]) if before else evidence

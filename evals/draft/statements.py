"""The sentences of an article that can be asked about without the sentence before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Article
from corpus.sentences import sentence_spans
from evals.draft.clause import balanced
from evals.draft.drafted import Statement

# Shorter ones are captions and headings, longer ones hold several facts.
_SHORTEST, _LONGEST = 6, 45
_WHOLE = re.compile(r"[A-Z0-9“\"'‘$£€].*[.!?][”\"’']?", re.DOTALL)
_HANGING = re.compile(
    r"(?:But|And|So|Yet|Nor|Or|He|She|It|They|This|These|That|Those|His|Her|Its|Their|There|Then|"
    r"However|Instead|Such|Both|Here|Also|Meanwhile|Of (?:these|those|them|the)|In that|By then|"
    r"At that|Among them)\b"
)


def all_statements(article: Article) -> tuple[Statement, ...]:
    """Every sentence of the article."""
    spans = sentence_spans(article.text, article.language)
    return tuple(Statement(article, start, end) for start, end in spans)


def statements(article: Article) -> Iterator[Statement]:
    """The sentences that stand on their own; none of an article that is not in English."""
    if not article.language.lower().startswith("en"):
        return
    for statement in all_statements(article):
        if (
            _SHORTEST <= len(statement.text.split()) <= _LONGEST
            and _WHOLE.fullmatch(statement.quote)
            and not _HANGING.match(statement.quote)
            and balanced(statement.quote)
        ):
            yield statement

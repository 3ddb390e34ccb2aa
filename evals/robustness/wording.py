"""Where the words of a target stand in an article, and the article without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.article import Article
from corpus.sentences import sentence_spans
from evals.metrics.text import tokens

Span = tuple[int, int]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$")


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as its tokens: each with its offsets, and all of them between single spaces."""

    words: tuple[tuple[str, int, int], ...]
    run: str


def places_of(text: str, form: str) -> list[Span]:
    """Where an accepted form stands in a text, as (start, end); none overlaps another.

    It stands where its tokens stand as one unbroken run, as `evals.metrics.text.contains` has
    it: whatever the case, the commas of a figure, and articles between the words.
    """
    if not holds_any(text, [form]):
        return []
    wanted = tokens(form)
    given = _read(text).words
    places: list[Span] = []
    at = 0
    while at + len(wanted) <= len(given):
        run = given[at : at + len(wanted)]
        if [token for token, _, _ in run] == wanted:
            places.append((run[0][1], run[-1][2]))
            at += len(wanted)
        else:
            at += 1
    return places


def holds_any(text: str, forms: Iterable[str]) -> bool:
    """Whether one of the forms stands in a text, as `places_of` has it."""
    run = _read(text).run
    return any(wanted and f" {' '.join(wanted)} " in run for wanted in map(tokens, forms))


def spans_of(text: str, quotes: Iterable[str]) -> list[Span]:
    """Every place where one of the quotes stands verbatim, as (start, end)."""
    spans = []
    for quote in quotes:
        start = text.find(quote) if quote else -1
        while start >= 0:
            spans.append((start, start + len(quote)))
            start = text.find(quote, start + 1)
    return spans


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def sentences_without(article: Article, quotes: Sequence[str], forms: Sequence[str]) -> list[Span]:
    """The sentences, as offsets, that share no character with a quote and hold none of the forms.

    In order, and possibly none.
    """
    gold = spans_of(article.text, quotes)
    return [
        (start, end)
        for start, end in sentence_spans(article.text, article.language)
        if not touches((start, end), gold) and not holds_any(article.text[start:end], forms)
    ]


def joined(text: str, spans: Sequence[Span]) -> str:
    """The spans of a text as a text of their own; a paragraph stays a paragraph."""
    pieces: list[str] = []
    before = 0
    for start, end in spans:
        if pieces:
            pieces.append("\n\n" if "\n\n" in text[before:start] else " ")
        pieces.append(text[start:end])
        before = end
    return "".join(pieces)


# Every form of a suite is looked for in every article of its library.
@lru_cache(maxsize=8192)
def _read(text: str) -> _Read:
    words = tuple((token, *word.span()) for word in _WORD.finditer(text) if (token := _token(word)))
    return _Read(words, f" {' '.join(token for token, _, _ in words)} ")


def _token(word: re.Match[str]) -> str:
    """The word as `tokens` has it; '' where `tokens` leaves it out."""
    if word[0] in ("s", "S") and _POSSESSIVE.search(word.string, 0, word.end()):
        return ""
    return "".join(tokens(word[0]))

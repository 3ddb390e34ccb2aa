"""Passages: runs of whole sentences that an embedder can read in one go."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.article import Article, Passage
from corpus.headline import shorten
from corpus.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]
Span = tuple[int, int]

# Longer names are cut in the header, so that it leaves the passage most of the tokens.
_TITLE_CHARACTERS = 120
_OUTLET_CHARACTERS = 40
# English news has 4 to 5 characters a token. A text with far more is a blob that the tokenizer
# counts as one unknown word, and no passage should hold a megabyte of it.
_CHARACTERS_A_TOKEN = 12
_WORD = re.compile(r"\S+")
_FEWEST_TOKENS = 32


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """How an article is split.

    Attributes:
        max_tokens: the most tokens of one embedded text, header and special tokens included;
            at least 32. Give the embedder's own `max_tokens`.
        overlap_sentences: how many sentences a passage repeats of the one before it.
    """

    max_tokens: int
    overlap_sentences: int = 0

    def __post_init__(self) -> None:
        if self.max_tokens < _FEWEST_TOKENS:
            raise ValueError(f"max_tokens must be at least {_FEWEST_TOKENS}, not {self.max_tokens}")
        if self.overlap_sentences < 0:
            raise ValueError(f"overlap_sentences must not be negative: {self.overlap_sentences}")


def header(article: Article) -> str:
    """'title | outlet | date': what is put before a passage when it is embedded.

    It is never part of an offset. Long names are cut at a word.
    """
    title = shorten(article.title, _TITLE_CHARACTERS)
    return f"{title} | {shorten(article.outlet_name, _OUTLET_CHARACTERS)} | {article.date_label}"


def embedded_text(article: Article, passage: Passage) -> str:
    """What the embedder reads of a passage: the header, a line break, the passage's words."""
    return f"{header(article)}\n{article.text[passage.start : passage.end]}"


def split(article: Article, count_tokens: CountTokens, options: SplitOptions) -> list[Passage]:
    """The article's passages, in order: whole sentences, as many as fit in each.

    With no overlap every sentence is in exactly one passage. A sentence that does not fit by
    itself is cut between words, and only then. `count_tokens` is `Embedder.count_tokens`: the
    tokens of each text, special tokens included; it is called once, and once more where a
    sentence has to be cut. Where a header of many tokens leaves less than half of
    `options.max_tokens`, the half is used and the embedder cuts the end of the passage.
    """
    sentences = sentence_spans(article.text, article.language)
    texts = [article.text[start:end] for start, end in sentences]
    special, head, *counts = count_tokens(["", header(article) + "\n", *texts])
    costs = [max(1, count - special) for count in counts]
    room = max(options.max_tokens - head, options.max_tokens // 2)
    spans, costs = _fitting(article.text, sentences, costs, room, count_tokens, special)
    return [
        Passage(f"{article.id}:{ordinal}", article.id, ordinal, spans[first][0], spans[last - 1][1])
        for ordinal, (first, last) in enumerate(_packed(spans, costs, room, options))
    ]


def _fitting(
    text: str,
    sentences: list[Span],
    costs: list[int],
    room: int,
    count_tokens: CountTokens,
    special: int,
) -> tuple[list[Span], list[int]]:
    """The sentences and their tokens, with those too long for one passage cut between words."""
    long = [not _fits(span, cost, room) for span, cost in zip(sentences, costs, strict=True)]
    words = [
        _words(text, *span, room) if is_long else []
        for span, is_long in zip(sentences, long, strict=True)
    ]
    flat = [text[start:end] for of_sentence in words for start, end in of_sentence]
    counts = iter(count_tokens(flat) if flat else ())
    spans: list[Span] = []
    fitted: list[int] = []
    for span, cost, of_sentence in zip(sentences, costs, words, strict=True):
        if not of_sentence:
            spans.append(span)
            fitted.append(cost)
            continue
        for word in of_sentence:
            tokens = max(1, next(counts) - special)
            begins = word == of_sentence[0]
            joined = (spans[-1][0], word[1]) if not begins else word
            if not begins and _fits(joined, fitted[-1] + tokens, room):
                spans[-1] = joined
                fitted[-1] += tokens
            else:
                spans.append(word)
                fitted.append(tokens)
    return spans, fitted


def _fits(span: Span, tokens: int, room: int) -> bool:
    return tokens <= room and span[1] - span[0] <= room * _CHARACTERS_A_TOKEN


def _words(text: str, start: int, end: int, room: int) -> list[Span]:
    """The words of a sentence; one of more than `room` letters in pieces that surely fit.

    A tokenizer that falls back on bytes makes at most four tokens of a character.
    """
    words: list[Span] = []
    for found in _WORD.finditer(text, start, end):
        step = max(1, room // 4) if len(found[0]) > room else len(found[0])
        words += [
            (at, min(at + step, found.end())) for at in range(found.start(), found.end(), step)
        ]
    return words


def _packed(
    spans: list[Span], costs: list[int], room: int, options: SplitOptions
) -> list[tuple[int, int]]:
    """Runs (first, last) of sentence numbers, last exclusive, each as long as the room allows."""
    runs: list[tuple[int, int]] = []
    first = 0
    while first < len(spans):
        last, tokens = first + 1, costs[first]
        while last < len(spans) and _fits(
            (spans[first][0], spans[last][1]), tokens + costs[last], room
        ):
            tokens += costs[last]
            last += 1
        runs.append((first, last))
        if last == len(spans):
            break
        # A repeat that leaves no room for a new sentence is given up, else nothing moves on.
        first = next(
            (
                at
                for at in range(max(first + 1, last - options.overlap_sentences), last)
                if _fits((spans[at][0], spans[last][1]), sum(costs[at : last + 1]), room)
            ),
            last,
        )
    return runs


__all__ = ["SplitOptions", "embedded_text", "header", "split"]

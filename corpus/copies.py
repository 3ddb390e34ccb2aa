"""Copies: whether two articles are one text that was printed twice, lightly edited or cut.

`signature` and `bands` find the few articles that could be copies of one without looking at the
others; see `corpus.minhash`. `is_copy` then decides on the texts themselves. It asks for four
things:

- nearly all that the shorter one says stands in the longer one, word for word;
- the one is not a mere snippet of the other, as a brief in a round-up is;
- they begin alike, for two updates of a running story share their background and not their
  beginning;
- their figures agree, for two notes of one form (earnings, weather, tables) share everything else.

Two reports of one event in different words fail the first. What the numbers are worth is
measured on pairs written for it: `tests/corpus/copy_pairs.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from corpus.article import Article
from corpus.minhash import (
    LEAD_SHINGLES,
    VALUES,
    Shingles,
    Signature,
    bands,
    could_be_copies,
    minhash,
    shingles_of,
)

__all__ = [
    "VALUES",
    "CopyOptions",
    "Likeness",
    "Signature",
    "bands",
    "could_be_copies",
    "is_copy",
    "likeness",
    "signature",
    "words",
]


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """When two articles count as copies. Shares are of the shorter one's shingles.

    Set by reasoning, then held against `tests/corpus/copy_pairs.py`: of its development pairs one
    was wrong, which raised `short_contained` from 0.75.

    Attributes:
        contained: the share that must stand in the longer one.
        whole: the share from which copies by different outlets may begin differently.
        own: the share that one outlet's articles of different days must reach.
        lead: the share of each one's first `LEAD_SHINGLES` that the other must have.
        own_lead: the same for one outlet's articles of different days.
        snippet: the least length of the shorter one, as a share of the longer one's; twice that
            where they begin differently.
        short_words: a text of fewer words is judged together with its title, and more strictly:
            'Qtly div 12 cts vs 12 cts' is told of any company.
        short_contained: what must be contained of such a text.
        figures: the share of the figures that may differ. One always may in a text that is not
            short, and none in one that is.
    """

    contained: float = 0.6
    whole: float = 0.85
    own: float = 0.8
    lead: float = 0.5
    own_lead: float = 0.7
    snippet: float = 0.25
    short_words: int = 60
    short_contained: float = 0.8
    figures: float = 0.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two articles share.

    Attributes:
        contained: the share of the shorter one's shingles that the longer one has.
        lead: of each one's beginning the share that the other has; the smaller of the two.
        length: of the shorter one, as a share of the longer one's.
        figures: how many different figures, days and months of the shorter one the longer lacks.
        of_figures: out of how many.
        short: whether one is so short that its title was counted as part of it.
    """

    contained: float
    lead: float
    length: float
    figures: int
    of_figures: int
    short: bool


_DEFAULTS = CopyOptions()

# Scripts that are written without spaces: each character is a word.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|\d+(?:[.,]\d+)*|(?:[^\W\d_]|['’](?=[^\W\d_]))+"
)
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve")
    )
}  # fmt: skip
# Words that fill the slots of a form as figures do; of the months only what is no other word.
_SLOT_WORDS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "january", "february", "april", "june", "july", "august", "september", "october",
     "november", "december", "dozen", "hundred", "thousand", "million", "billion", "half")
)  # fmt: skip
# 'one' is mostly no figure: 'one of them', 'no one'.
_FIGURE_WORDS = frozenset(_NUMBER_WORDS) - {"one", "zero"}


@dataclass(frozen=True, slots=True)
class _Shingled:
    """An article as it is compared: shingles in order, the same sorted, its figures."""

    shingles: Shingles
    distinct: Shingles
    figures: frozenset[str]
    short: bool


def words(text: str) -> list[str]:
    """The words and figures of a text, in lower case, figures without their commas."""
    return [
        found.replace(",", "") if found[0].isdigit() else found.replace("’", "'")
        for found in _WORD.findall(text.casefold())
    ]


def signature(article: Article) -> Signature | None:
    """The MinHash values of an article, shape (VALUES,): of the whole, then of its beginning.

    None for an article without three words in a row, which is like nothing.
    """
    return minhash(_shingled(article, _DEFAULTS).shingles)


def likeness(one: Article, other: Article, options: CopyOptions = _DEFAULTS) -> Likeness:
    """How much two articles share; the same whichever comes first."""
    return _likeness(_shingled(one, options), _shingled(other, options))


def is_copy(one: Article, other: Article, options: CopyOptions = _DEFAULTS) -> bool:
    """Whether one article is a copy of the other, or both of a third; symmetrical.

    Lightly edited and shortened copies count; another report of the same event does not, nor the
    next update of a running story.
    """
    shared = likeness(one, other, options)
    if shared.length < options.snippet:
        return False
    allowed = 0 if shared.short else max(1, int(options.figures * shared.of_figures))
    if shared.figures > allowed:
        return False
    if shared.short:
        return shared.contained >= options.short_contained
    same_outlet = one.outlet is None or other.outlet is None or one.outlet == other.outlet
    if same_outlet and one.published and other.published and one.published != other.published:
        return shared.contained >= options.own and shared.lead >= options.own_lead
    if shared.lead >= options.lead:
        return shared.contained >= options.contained
    return (
        not same_outlet
        and shared.contained >= options.whole
        and shared.length >= 2 * options.snippet
    )


def _shingled(article: Article, options: CopyOptions) -> _Shingled:
    found = words(article.text)
    short = len(found) < options.short_words
    if short:
        found = words(article.title) + found
    shingles = shingles_of(found)
    figures = {_NUMBER_WORDS.get(word, word) for word in found if _is_figure(word)}
    return _Shingled(shingles, np.unique(shingles), frozenset(figures), short)


def _is_figure(word: str) -> bool:
    return word[0].isdigit() or word in _SLOT_WORDS or word in _FIGURE_WORDS


def _likeness(one: _Shingled, other: _Shingled) -> Likeness:
    # A rule for equal lengths too, so that the order in which two are given means nothing.
    shorter, longer = sorted(
        (one, other), key=lambda side: (len(side.shingles), side.shingles.tobytes())
    )
    if not len(shorter.shingles):
        return Likeness(0.0, 0.0, 0.0, 0, 0, True)
    length = len(shorter.shingles) / len(longer.shingles)
    hits = np.isin(shorter.shingles, longer.distinct)
    back = np.isin(longer.shingles[:LEAD_SHINGLES], shorter.distinct)
    return Likeness(
        contained=float(hits.mean()),
        lead=float(min(hits[:LEAD_SHINGLES].mean(), back.mean())),
        length=length,
        figures=len(shorter.figures - longer.figures),
        of_figures=len(shorter.figures),
        short=one.short or other.short,
    )

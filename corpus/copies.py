"""Copies: whether two articles are one text that was printed twice, lightly edited or cut.

`signature` and `bands` find the few articles that could be copies of one without looking at the
others (MinHash with banding: Broder 1997; Leskovec, Rajaraman, Ullman, *Mining of Massive
Datasets*, chapter 3). `is_copy` then decides on the texts themselves. It asks for four things:

- nearly all that the shorter one says stands in the longer one, word for word;
- the one is not a mere snippet of the other, as a brief in a round-up is;
- they begin alike, for two updates of a running story share their background and not their
  beginning;
- their figures agree, for two notes of one form (earnings, weather, tables) share everything else.

Two reports of one event in different words fail the first. What the numbers are worth is
measured on pairs written for it: `tests/corpus/copy_pairs.py`.

MinHash is thirty lines of numpy here and not `datasketch`: importing that costs 1.3 s, for it
loads scipy, and its signatures of 72 values take three times as long.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article

Signature = NDArray[np.uint32]

SHINGLE_WORDS = 3
LEAD_SHINGLES = 50

# Three values a band: two texts that share 0.5 of their shingles meet in one of 16 bands with
# 1 - (1 - 0.5³)¹⁶ = 0.88, texts that share 0.1 with 0.02. The beginnings have bands of their own,
# because a copy that was cut to a third shares little of the whole and nearly all of the beginning.
ROWS = 3
WHOLE_BANDS, LEAD_BANDS = 16, 8
BANDS = WHOLE_BANDS + LEAD_BANDS
VALUES = ROWS * BANDS
# Of a million articles two unlike ones share a key of 64 bits with probability 3e-8.
_KEY_BYTES = 8


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
# Multipliers of a hash by multiply-add on 64 bits, which a fixed seed makes the same everywhere:
# signatures are stored.
_RANDOM = np.random.Generator(np.random.PCG64(1997))
_FACTORS = _RANDOM.integers(0, 2**63, VALUES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _RANDOM.integers(0, 2**63, VALUES, dtype=np.uint64)
_PLACES = _RANDOM.integers(0, 2**63, SHINGLE_WORDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SHIFT = np.uint64(32)


@dataclass(frozen=True, slots=True)
class _Shingled:
    """An article as it is compared: shingles in order, the same sorted, its figures."""

    shingles: NDArray[np.uint64]
    distinct: NDArray[np.uint64]
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
    shingles = _shingled(article, _DEFAULTS).shingles
    if not len(shingles):
        return None
    whole = ROWS * WHOLE_BANDS
    return np.concatenate(
        (
            _least(np.unique(shingles), _FACTORS[:whole], _TERMS[:whole]),
            _least(np.unique(shingles[:LEAD_SHINGLES]), _FACTORS[whole:], _TERMS[whole:]),
        )
    )


def bands(values: Signature) -> list[tuple[int, bytes]]:
    """(band, key) pairs of a signature; articles that share one are worth comparing."""
    parts = np.split(values.astype("<u4"), BANDS)
    return [
        (band, hashlib.blake2b(part.tobytes(), digest_size=_KEY_BYTES).digest())
        for band, part in enumerate(parts)
    ]


def could_be_copies(one: Signature, other: Signature) -> bool:
    """A quick look at two signatures: False only where the texts can hardly be copies.

    The estimate of the beginnings' likeness from 24 values has a standard error of at most 0.1,
    that of the wholes' from 48 one of at most 0.07.
    """
    same = one == other
    whole = ROWS * WHOLE_BANDS
    return bool(same[:whole].mean() >= 0.2 or same[whole:].mean() >= 0.25)


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
    shingles = _hashes(found)
    figures = {_NUMBER_WORDS.get(word, word) for word in found if _is_figure(word)}
    return _Shingled(shingles, np.unique(shingles), frozenset(figures), short)


def _is_figure(word: str) -> bool:
    return word[0].isdigit() or word in _SLOT_WORDS or word in _FIGURE_WORDS


def _hashes(found: list[str]) -> NDArray[np.uint64]:
    """One 64-bit number for each three words in a row."""
    if len(found) < SHINGLE_WORDS:
        return np.zeros(0, dtype=np.uint64)
    codes = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in found], np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(codes, SHINGLE_WORDS)
    mixed = (runs * _PLACES).sum(axis=1, dtype=np.uint64)
    # The lower bits of a product know nothing of the higher ones of its factors.
    mixed ^= mixed >> _SHIFT
    mixed *= _FACTORS[0]
    return np.asarray(mixed ^ (mixed >> _SHIFT), dtype=np.uint64)


def _least(
    shingles: NDArray[np.uint64], factors: NDArray[np.uint64], terms: NDArray[np.uint64]
) -> Signature:
    values = shingles[:, None] * factors + terms
    return np.asarray(values.min(axis=0) >> _SHIFT, dtype=np.uint32)


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

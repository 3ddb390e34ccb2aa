"""Which figures count the same thing, so that they may be held against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from corpus.content.names import name_key, names, same_name
from corpus.content.quantities import agrees
from corpus.content.speech_words import word_set
from embeddings.terms import TermReader
from rag.timeline.figures import Figure

_FEWEST_NAMES = 2
"""Names that two articles must share to be of one story: one may be a country or an agency."""

_FEWEST_WORDS = 2
"""Telling words that the sentences of two counts of things must share, one counter apart."""

_ONE_STORY = timedelta(days=31)
"""Within so many days one shared name is enough."""

_UNTELLING = word_set(
    """monday tuesday wednesday thursday friday saturday sunday said year week day month time one
    two three four five number least far now"""
)


def in_series(figures: Sequence[Figure], *, one_subject: bool = False) -> list[list[Figure]]:
    """The figures that can be compared, series by series, each in the order that it came in.

    Args:
        one_subject: whether what was asked for names a subject ('in Gaza'), so that one name
            in common is enough to make two articles one story.

    A part of another figure, and what comes on top of one, are compared with nothing.
    """
    series: list[list[Figure]] = []
    place = {id(figure): at for at, figure in enumerate(figures)}
    # Counts since some day come last: whether one is the whole shows by the whole counts.
    for figure in sorted(figures, key=lambda one: one.since is not None):
        if figure.is_part or figure.is_more:
            continue
        home = next((each for each in series if _belongs(figure, each, one_subject)), None)
        if home is None:
            series.append([figure])
        else:
            home.append(figure)
    return [sorted(each, key=lambda one: place[id(one)]) for each in series]


def _belongs(figure: Figure, series: Sequence[Figure], one_subject: bool) -> bool:
    first = series[0]
    return (
        figure.series == first.series
        and _same_scope(figure, series)
        and _same_deed(figure, series)
        and all(_same_place(figure, one) for one in series)
        and any(same_story(figure, one, one_subject) for one in series)
    )


def _same_scope(figure: Figure, series: Sequence[Figure]) -> bool:
    """A count since a day goes with whole counts unless one of them was higher already."""
    if figure.since is None or all(one.since == figure.since for one in series):
        return all(
            one.since is None or one.since == figure.since or _runs_on(one, figure)
            for one in series
        )
    return all(_runs_on(figure, one) for one in series if one.since != figure.since)


def _runs_on(since: Figure, whole: Figure) -> bool:
    """Whether a count since a day may be the whole: it is not below what was counted before."""
    if since.as_of is None or whole.as_of is None:
        return False
    later = since.as_of >= whole.as_of
    return since.value >= whole.value if later else since.value <= whole.value


def _same_deed(figure: Figure, series: Sequence[Figure]) -> bool:
    """Counts of things must share a telling word: doses that came are not doses that spoiled."""
    happening, _, unit = figure.series
    if happening or unit:
        return True
    own = _telling(figure)
    for one in series:
        named = bool(figure.by and one.by) and same_source(figure, one)
        if len(own & _telling(one)) >= (1 if named else _FEWEST_WORDS):
            return True
    return False


def _telling(figure: Figure) -> set[str]:
    """The stems of a figure's sentence without what is counted, who counts, and names."""
    quote = figure.citation.quote
    text = re.sub(r"\b[A-Z][\w’'-]*", " ", quote.replace(figure.by or "\0", " "))
    reader = TermReader()
    words = set(reader.terms(text)) - set(reader.terms(f"{figure.what} {figure.by or ''}"))
    return {word for word in words if word not in _UNTELLING and not word[0].isdigit()}


def _same_place(one: Figure, other: Figure) -> bool:
    if not one.where or not other.where:
        return True
    return same_name(one.where, other.where) or one.where in other.where or other.where in one.where


def same_story(one: Figure, other: Figure, one_subject: bool = False) -> bool:
    """Whether two articles tell of one story, as far as the names in them tell."""
    if one.citation.article.id == other.citation.article.id:
        return True
    first, second = (_names_of(each.citation.article.text) for each in (one, other))
    days = [each.citation.article.published for each in (one, other)]
    near = days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= _ONE_STORY
    needed = 1 if near or one_subject else _FEWEST_NAMES
    return len(first & second) >= min(needed, len(first), len(second))


@lru_cache(maxsize=512)
def _names_of(text: str) -> frozenset[str]:
    return frozenset(one.key for one in names(text) if one.kind != "opener")


def same_source(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one counter that the articles name."""
    if one.by and other.by:
        return name_key(one.by) == name_key(other.by) or same_name(one.by, other.by)
    return False


def may_both_hold(one: Figure, other: Figure) -> bool:
    """Whether two figures may be the same: rounded, or within what 'about' and 'at least' allow."""
    first, second = one.quantity, other.quantity
    if agrees(first, second) or agrees(second, first):
        return True
    low, high = max(first.low, second.low), min(first.high, second.high)
    near = min(first.value, second.value) >= 0.9 * max(first.value, second.value)
    # 'At least 11' and 27 do not exclude each other, but a reader has to know of both.
    return low <= high and near

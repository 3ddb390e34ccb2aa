"""What a figure with a unit measures: 'inflation' of 'inflation had eased to 6.9 per cent'."""

from __future__ import annotations

import re

from corpus.content.quantities import quantities
from corpus.content.speech_words import (
    DETERMINERS,
    FUNCTION_WORDS,
    LINKS,
    PASTS,
    PRONOUNS,
    SAYING,
    word_set,
)

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MOVING = word_set(
    """rise fall grow increase drop decrease climb slip cost average reach stand total amount come
    put give run hit top exceed pass stay remain move cut raise lower ease jump edge swell
    shrink point points half quarter third tenth gives gave stands costs rises falls grows comes
    reaches averages totals amounts remains higher up down at worth set fix make makes keep pay
    pays paid lift lifts bring brings estimate estimates expects predict see sees"""
)
_STEPS = frozenset(("point", "points", "half", "quarter", "third", "tenth"))
_MOST = 3


def measured_before(text: str, start: int, end: int) -> str:
    """The noun phrase nearest before a figure, between two offsets, lower-cased; '' for none.

    Verbs of change, adverbials of time and place and other quantities are passed over.
    """
    spans = [(one.start, one.end) for one in quantities(text) if start <= one.start < end]
    words = [
        found
        for found in _WORD.finditer(text, start, end)
        if not any(first <= found.start() < last for first, last in spans)
    ]
    phrase: list[re.Match[str]] = []
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        low = word[0].lower()
        if phrase:
            joined = text[word.end() : phrase[0].start()] == " "
            if (
                not joined
                or not _is_noun(word[0], low)
                or word[0][0].isupper() != phrase[0][0][0].isupper()
            ):
                break
            phrase.insert(0, word)
            if len(phrase) == _MOST:
                break
        elif (_is_noun(word[0], low) or _is_determined(words, place)) and not _is_placed(
            words, place
        ):
            phrase = [word]
    return (
        re.sub(r"[’']s?$", "", text[phrase[0].start() : phrase[-1].end()].lower()) if phrase else ""
    )


def _is_noun(raw: str, low: str) -> bool:
    bare = re.sub(r"[’']s?$", "", low)
    closed = FUNCTION_WORDS | DETERMINERS | PRONOUNS | LINKS | PASTS | SAYING | _MOVING
    return (
        bare not in closed
        and not (low.endswith(("ed", "ing", "ly")) and raw[0].islower())
        and len(bare) > 2
    )


def _is_determined(words: list[re.Match[str]], place: int) -> bool:
    """A word of change after an article is a noun: 'put the cost at'."""
    before = words[place - 1][0].lower() if place else ""
    low = words[place][0].lower()
    return low in _MOVING - _STEPS and before in ("the", "its", "their", "a", "an")


def _is_placed(words: list[re.Match[str]], place: int) -> bool:
    """A name after 'in', 'at', 'on', 'by' tells where or when, and is not measured."""
    before = words[place - 1][0].lower() if place else ""
    return words[place][0][0].isupper() and before in ("in", "at", "on", "by", "from", "of", "for")

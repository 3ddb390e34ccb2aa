"""The event that bounds a question in time: on which day it was, and what stands on its wrong side.

'How many were missing before the search was called off?' names no day. The articles do: the
sentences that tell of the event best say it in so many words ('at dusk on Sunday'), or were
published when it was news. No list of events is kept: what is looked at are the hits' sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from corpus.days import days_in
from embeddings.embedders.embedder import Vectors
from rag.finding.answerable import answerability, rarity_of
from rag.finding.places import Place
from rag.question.expansion import families
from rag.question.understanding import Understanding

_LOOKED_AT = 6
"""Sentences that tell of the event best, whose days are counted."""
_NEAR_BEST = 0.8
"""Share of the best one's score below which a sentence tells of something else."""
_LONGEST = timedelta(days=1)
"""A phrase that names more days ('this month') does not say when something happened."""
_NAMED, _PUBLISHED, _AHEAD = 1.0, 0.6, 0.3
"""How much a day counts that the sentence names, on which it was published, or which it names as
still to come: what was announced may have been put off. Judgement; only their order matters where
two sentences differ."""


def wrong_side(
    asks: Understanding, places: Sequence[Place], embed: Callable[[list[str]], Vectors]
) -> NDArray[np.float32]:
    """1 for each sentence on the wrong side of the events that bound the question, else 0.

    After an event is its own day and what follows; before it is what was published until the
    day before. A sentence that itself names a day on the right side stands there too. Nothing is
    known of an undated one, so it is not wrong; where no day is found, nothing is.

    Args:
        places: shape (n,), the sentences.
        embed: texts → unit vectors of shape (n, dimensions).

    Returns:
        Shape (n,).
    """
    wrong = np.zeros(len(places), dtype=np.float32)
    bounds = ((asks.after, _is_since), (asks.before, _is_until))
    for event, is_within in bounds:
        day = event_day(event, places, embed) if event else None
        if day is not None:
            within = [_stands(place, day, is_within) for place in places]
            wrong = np.maximum(wrong, 1 - np.asarray(within, dtype=np.float32))
    return wrong


def event_day(
    event: str, places: Sequence[Place], embed: Callable[[list[str]], Vectors]
) -> date | None:
    """The day of an event, as the sentences tell it; None where none of them is dated.

    Args:
        event: in the question's words: 'the search was called off'.
        places, embed: as for `wrong_side`.
    """
    if not places:
        return None
    asked = set(families(event))
    told = [set(families(place.text)) for place in places]
    rarity = rarity_of(asked, [sorted(one) for one in told])
    likeness = embed([place.text for place in places]) @ embed([event])[0]
    scores = [
        answerability(float(near), asked, words, set(families(place.hit.article.title)), rarity)
        for near, words, place in zip(likeness, told, places, strict=True)
    ]
    best = sorted(range(len(places)), key=lambda row: -scores[row])[:_LOOKED_AT]
    votes: dict[date, float] = defaultdict(float)
    for row in best:
        if scores[row] >= _NEAR_BEST * scores[best[0]] and (found := _day_of(places[row])):
            day, weight = found
            votes[day] += weight * scores[row]
    return max(sorted(votes), key=lambda day: votes[day]) if votes else None


def _day_of(place: Place) -> tuple[date, float] | None:
    """The day on which what a sentence tells happened, and how much that is to be trusted."""
    published = place.published
    if published is None:
        return None
    named = [one for one in days_in(place.text, published) if one.last - one.first <= _LONGEST]
    for one in named:
        if one.last <= published:
            return one.first, _NAMED
    return (named[0].first, _AHEAD) if named else (published, _PUBLISHED)


def _is_since(first: date, last: date, day: date) -> bool:
    del last
    return first >= day


def _is_until(first: date, last: date, day: date) -> bool:
    del first
    return last < day


def _stands(place: Place, day: date, is_within: Callable[[date, date, date], bool]) -> bool:
    published = place.published
    if published is None:
        return True
    if is_within(published, published, day):
        return True
    return any(
        is_within(one.first, one.last, day)
        for one in days_in(place.text, published)
        if one.last <= published
    )

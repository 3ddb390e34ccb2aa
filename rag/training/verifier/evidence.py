"""Which sentences of a text a statement is held against: those that share its rare words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from embeddings.terms import TermReader


class Nearest:
    """Finds the sentences of one text that share most of a statement's words."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = tuple(sentences)
        self._reader = TermReader()
        self._terms = [frozenset(self._reader.terms(one)) for one in sentences]
        counts = Counter(term for terms in self._terms for term in terms)
        self._weight = {
            term: math.log(1 + len(self._sentences) / count) for term, count in counts.items()
        }

    def to(self, statement: str, count: int, without: frozenset[int] = frozenset()) -> list[int]:
        """Their places, in the order of the text.

        What a sentence adds to those chosen before it counts more than what they have already,
        so that a statement of two facts gets both.

        Args:
            statement: one sentence.
            count: at most so many.
            without: places that are not to be chosen.
        """
        mine = frozenset(self._reader.terms(statement))
        left = set(mine)
        chosen: list[int] = []
        places = [place for place in range(len(self._sentences)) if place not in without]
        while places and len(chosen) < count:
            best = max(places, key=lambda place: (self._shared(place, left, mine), -place))
            chosen.append(best)
            places.remove(best)
            left -= self._terms[best]
        return sorted(chosen)

    def _shared(self, place: int, left: set[str], mine: frozenset[str]) -> float:
        terms = self._terms[place] & mine
        # fsum: the order of a set is not the same in every run, and a sum would round otherwise.
        fresh = math.fsum(self._weight[term] for term in terms & left)
        return fresh + 0.3 * math.fsum(self._weight[term] for term in terms)

    def texts(self, places: Sequence[int]) -> tuple[str, ...]:
        """The sentences at those places."""
        return tuple(self._sentences[place] for place in places)

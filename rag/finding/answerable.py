"""Does this sentence answer the question at all? A number that can be compared across questions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

_LIKENESS, _SENTENCE, _AROUND = 0.6, 0.2, 0.2
"""Shares of the three parts. Of eleven mixtures this one told best, on the sample suite, whether
the article that answers had been taken away, and was within 0.002 of the best on XQuAD."""


def answerability(
    likeness: float,
    asked: set[str],
    sentence: set[str],
    around: set[str],
    rarity: dict[str, float],
) -> float:
    """How likely it is that a sentence answers the question, in [0, 1]; no probability.

    A weighted mean of three: likeness of the vectors, the share of the question's terms that the
    sentence holds, and the share that its passage with title, outlet and date holds.
    `docs/measurements.md` says what it can tell and what it cannot.

    Args:
        likeness: inner product of the question's vector and the sentence's.
        asked, sentence, around: terms of the question, the sentence, and its surroundings.
        rarity: weight of each asked term at least, from `rarity_of`.
    """
    near = max(0.0, likeness)
    total = sum(rarity[term] for term in asked)
    if not total:
        return near
    held = sum(rarity[term] for term in asked & sentence) / total
    held_around = sum(rarity[term] for term in asked & (sentence | around)) / total
    return _LIKENESS * near + _SENTENCE * held + _AROUND * held_around


def rarity_of(asked: set[str], sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """The usual BM25 inverse document frequency of each asked term, a sentence for a document."""
    holding = Counter(term for sentence in sentences for term in set(sentence) & asked)
    return {term: math.log(1 + len(sentences) / (holding[term] + 0.5)) for term in asked}

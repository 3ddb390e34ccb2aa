"""The sentences of some hits, each once, with their places in the articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corpus.sentences import sentence_spans
from rag.finding.hit import Hit


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that has no score yet: `hit.article.text[start:end]`."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence, as it stands in the article."""
        return self.hit.article.text[self.start : self.end]

    @property
    def published(self) -> date | None:
        """The day of its article; None where it has none."""
        return self.hit.article.published


def places_in(hits: Sequence[Hit]) -> list[Place]:
    """Every sentence of the hits once, in their order."""
    seen: set[tuple[str, int]] = set()
    places = []
    for hit in hits:
        for start, end in sentence_spans(hit.text, hit.article.language):
            place = Place(hit, hit.passage.start + start, hit.passage.start + end)
            if (hit.article.id, place.start) not in seen:
                seen.add((hit.article.id, place.start))
                places.append(place)
    return places


def in_context(places: Sequence[Place]) -> list[str]:
    """Each sentence with the one before it in its passage, if there is one."""
    texts = [places[0].text]
    for before, place in pairwise(places):
        same = before.hit.passage.id == place.hit.passage.id
        texts.append(place.hit.article.text[before.start if same else place.start : place.end])
    return texts

"""What the reader learns from: a question with sentences of which one answers it, or none does."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.content.names import names
from embeddings.embedders.embedder import Embedder
from rag.finding.read import Candidate
from rag.training.questions import Asked, Reading


@dataclass(frozen=True, slots=True)
class GroupOptions:
    """How groups are drawn.

    Attributes:
        size: sentences of a group.
        near: of the sentences that do not answer, how many nearest ones the rest is drawn from.
        removed: share of groups whose answering sentence is taken away.
        other_name: share of groups whose question asks about another name of the same article,
            so that no sentence answers: the near miss that likeness cannot tell.
        renamed: share of groups in which that other name stands in the question and in its
            sentences alike, so that a changed name by itself says nothing.
    """

    size: int = 6
    near: int = 12
    removed: float = 0.15
    other_name: float = 0.15
    renamed: float = 0.1


@dataclass(frozen=True, slots=True)
class Group:
    """A question and sentences.

    Attributes:
        question: in plain words.
        candidates: the sentences, in no order.
        answer: index of the one that answers; None if none does.
        start, end: characters of the answer in that sentence; 0 if none does.
    """

    question: str
    candidates: tuple[Candidate, ...]
    answer: int | None
    start: int = 0
    end: int = 0


class Grouping:
    """Groups of one set of articles: the hard sentences of each question are found once."""

    def __init__(
        self, readings: Sequence[Reading], embedder: Embedder, options: GroupOptions
    ) -> None:
        self._options = options
        self._questions = [
            (reading, asked, near)
            for reading in readings
            for asked, near in zip(
                reading.asked, _nearest(reading, embedder, options.near), strict=True
            )
        ]

    def __len__(self) -> int:
        return len(self._questions)

    def epoch(self, seed: int) -> Iterator[Group]:
        """Each question once, in a random order, with sentences drawn anew."""
        rng = random.Random(seed)
        order = list(range(len(self._questions)))
        rng.shuffle(order)
        for place in order:
            yield self._group(*self._questions[place], rng)

    def _group(
        self, reading: Reading, asked: Asked, near: Sequence[int], rng: random.Random
    ) -> Group:
        options = self._options
        others = rng.sample(list(near), min(options.size - 1, len(near)))
        chance = rng.random()
        if chance < options.removed:
            return Group(asked.text, tuple(_candidate(reading, other) for other in others), None)
        places = [asked.sentence, *others]
        rng.shuffle(places)
        candidates = tuple(_candidate(reading, place) for place in places)
        answer = places.index(asked.sentence)
        chance -= options.removed
        if chance < options.other_name + options.renamed:
            exchanged = _exchange(reading, asked, rng)
            if exchanged is not None:
                old, new = exchanged
                question = asked.text.replace(old, new)
                if chance < options.other_name:
                    return Group(question, candidates, None)
                renamed = tuple(_renamed(one, old, new) for one in candidates)
                words = candidates[answer].text
                start = len(words[: asked.start].replace(old, new))
                end = start + len(words[asked.start : asked.end].replace(old, new))
                return Group(question, renamed, answer, start, end)
        return Group(asked.text, candidates, answer, asked.start, asked.end)


def _candidate(reading: Reading, place: int) -> Candidate:
    one = reading.sentences[place]
    return Candidate(reading.title, one.before, one.text)


def _renamed(one: Candidate, old: str, new: str) -> Candidate:
    return Candidate(
        one.title.replace(old, new), one.before.replace(old, new), one.text.replace(old, new)
    )


def _exchange(reading: Reading, asked: Asked, rng: random.Random) -> tuple[str, str] | None:
    """A name of the question that its sentence has too, and another of its kind in the article."""
    answering = reading.sentences[asked.sentence]
    shared = [
        name
        for name in names(asked.text)
        if name.kind != "opener" and (name.text in answering.text or name.text in answering.before)
    ]
    if not shared:
        return None
    old = rng.choice(shared)
    others = sorted({
        name.text
        for one in reading.sentences
        for name in names(one.text)
        if name.kind == old.kind
        and not ({*name.text.split()} & {*old.text.split()})
        and name.text not in asked.text
        and name.text not in answering.text
        and name.text not in answering.before
    })  # fmt: skip
    return (old.text, rng.choice(others)) if others else None


def _nearest(reading: Reading, embedder: Embedder, count: int) -> list[list[int]]:
    """For each question the sentences nearest to it in meaning that do not answer it.

    A sentence that holds the answer's words may answer too, and is left out.
    """
    sentences = embedder.embed([one.text for one in reading.sentences])
    likeness = embedder.embed([one.text for one in reading.asked]) @ sentences.T
    found = []
    for asked, row in zip(reading.asked, likeness, strict=True):
        words = reading.sentences[asked.sentence].text[asked.start : asked.end].lower()
        order = (int(place) for place in np.argsort(-row, kind="stable"))
        near = (
            place
            for place in order
            if place != asked.sentence and words not in reading.sentences[place].text.lower()
        )
        found.append([place for place, _ in zip(near, range(count), strict=False)])
    return found

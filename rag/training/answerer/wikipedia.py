"""Packs of the questions on Wikipedia: a paragraph's sentences, and what is asked about them.

The questions of one paragraph share its sentences. Some of these are taken away, so that what they
answered has no answer any more; sentences of other paragraphs that share the most words stand in.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.content.names import names
from rag.training.answerer.invented import Inventor
from rag.training.answerer.packs import Pack, Question, Span
from rag.training.questions import Asked, Reading
from rag.writing.trained import Shown

LONGEST = 360
"""Most characters of a shown sentence: 98 % of those that answer are shorter."""


@dataclass(frozen=True, slots=True)
class WikipediaOptions:
    """How packs are drawn from articles. All of it is judgement.

    Attributes:
        fewest, most: sentences of a pack.
        removed: share of packs in which one sentence that answers is taken away.
        strange: share of packs with a question of another paragraph of the article.
        other_name: share of questions that ask about another name instead, so that none answers.
        undated: share of sentences that come without a day.
        questions: most of a pack.
    """

    fewest: int = 4
    most: int = 7
    removed: float = 0.6
    strange: float = 0.6
    other_name: float = 0.12
    undated: float = 0.2
    questions: int = 6


def wikipedia_packs(
    readings: Sequence[Reading], seed: int, options: WikipediaOptions | None = None
) -> list[Pack]:
    """One pack for each paragraph that has questions; the same for the same seed."""
    options = options or WikipediaOptions()
    rng = random.Random(seed)
    return [
        pack for reading in readings for pack in _Drawing(reading, rng, options).packs() if pack
    ]


class _Drawing:
    """Draws the packs of one article."""

    def __init__(self, reading: Reading, rng: random.Random, options: WikipediaOptions) -> None:
        self._reading = reading
        self._rng = rng
        self._options = options
        self._inventor = Inventor(rng)
        texts = [one.text for one in reading.sentences]
        # (questions, sentences): how many words they share, rare ones counting more.
        words = TfidfVectorizer(sublinear_tf=True).fit(texts)
        asked = words.transform([one.text for one in reading.asked])
        self._near = np.asarray((asked @ words.transform(texts).T).todense())

    def packs(self) -> list[Pack | None]:
        """The packs, in the order of the paragraphs."""
        by_paragraph: dict[int, list[int]] = {}
        for place, asked in enumerate(self._reading.asked):
            paragraph = self._reading.sentences[asked.sentence].paragraph
            by_paragraph.setdefault(paragraph, []).append(place)
        return [self._pack(asked) for asked in by_paragraph.values()]

    def _pack(self, own: list[int]) -> Pack | None:
        rng, options, reading = self._rng, self._options, self._reading
        asked = rng.sample(own, min(len(own), options.questions - 1))
        if rng.random() < options.strange:
            others = [place for place in range(len(reading.asked)) if place not in own]
            asked += rng.sample(others, min(1, len(others)))
        size = rng.randint(options.fewest, options.most)
        gold = {reading.asked[place].sentence for place in asked if place in own}
        removed = set(rng.sample(sorted(gold), 1)) if rng.random() < options.removed else set()
        chosen = rng.sample(sorted(gold - removed), min(size, len(gold - removed)))
        nearest = np.argsort(-self._near[asked].max(axis=0), kind="stable")
        for place in map(int, nearest):
            if len(chosen) >= size:
                break
            if place not in chosen and place not in removed:
                chosen.append(place)
        chosen = [one for one in chosen if len(reading.sentences[one].text) <= LONGEST]
        rng.shuffle(chosen)
        shown = [self._shown(reading.sentences[place].text) for place in chosen]
        questions = [
            made for place in asked if (made := self._question(reading.asked[place], chosen))
        ]
        return Pack(tuple(shown), tuple(questions)) if questions and shown else None

    def _shown(self, text: str) -> Shown:
        undated = self._rng.random() < self._options.undated
        day = "undated" if undated else self._inventor.day().isoformat()
        return Shown(day, " ".join(text.split()))

    def _question(self, asked: Asked, chosen: list[int]) -> Question | None:
        texts = [" ".join(self._reading.sentences[place].text.split()) for place in chosen]
        answer = " ".join(
            self._reading.sentences[asked.sentence].text[asked.start : asked.end].split()
        )
        if asked.sentence not in chosen:
            # Words that stand elsewhere too may answer after all.
            if any(answer.casefold() in text.casefold() for text in texts):
                return None
            return Question(asked.text, (), "not there")
        if self._rng.random() < self._options.other_name:
            other = self._other_name(asked, texts)
            if other is not None:
                return Question(other, (), "other name")
        place = chosen.index(asked.sentence)
        raw = self._reading.sentences[asked.sentence].text
        start = len(" ".join(raw[: asked.start].split()))
        start = texts[place].find(answer, start)
        if start < 0:
            return None
        return Question(asked.text, (Span(place, start, start + len(answer)),), "fact")

    def _other_name(self, asked: Asked, texts: list[str]) -> str | None:
        """The question about another name of the article that no shown sentence has."""
        said = [one.text for one in names(asked.text) if one.kind != "opener"]
        held = [one for one in said if any(one in text for text in texts)]
        if not held:
            return None
        old = self._rng.choice(held)
        known = {
            one.text
            for sentence in self._reading.sentences
            for one in names(sentence.text)
            if one.kind != "opener"
        }
        answer = self._reading.sentences[asked.sentence].text[asked.start : asked.end]
        others = sorted(
            one
            for one in known
            if len(one.split()) == len(old.split())
            and not any(one in text for text in texts)
            and one not in asked.text
            and one not in answer
        )
        return asked.text.replace(old, self._rng.choice(others)) if others else None

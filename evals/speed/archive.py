"""A library of a million passages without a million articles: made text, made vectors, known truth.

Words follow Zipf's law over 200,000 made-up ones, without the hundred commonest, which stand for
the stop words that the lexical index leaves out. Every article is about one of many stories, which
have words of their own and a direction of their own, half-way to that of their subject; a passage's
vector is its story's direction with noise. Or the articles of a folder are repeated, each time with
some of their words exchanged; vectors are made all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import corpus
from corpus import Article, Passage, SplitOptions, embedded_text, identify, split
from corpus.errors import NothingToRead
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.groups import Groups
from embeddings.store import rows, storage

DIMENSIONS = 384
_BATCH = 2_000
_LETTERS = "bcdfglmnprst"
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """What the archive is like.

    Attributes:
        passages: how many.
        seed: of everything that is drawn.
        stories: how many passages one story has on average.
        subjects: how many subjects the stories have.
        noise: length of the noise beside a story's direction of length 1. At 0.6 two passages of
            one story have an inner product of about 0.7, as two of one event have in MiniLM.
        words: in a passage.
        vocabulary: different words.
        own: the share of a passage's words that are its story's.
        exchanged: the share of words that a repeated article exchanges.
    """

    passages: int
    seed: int = 20_240_918
    stories: int = 50
    subjects: int = 200
    noise: float = 0.6
    words: int = 120
    vocabulary: int = 200_000
    own: float = 0.2
    exchanged: float = 0.2


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the archive: words, and a vector of shape (dimensions,)."""

    text: str
    vector: Vectors


@dataclass(frozen=True, slots=True)
class _Batch:
    articles: list[Article]
    passages: list[list[Passage]]
    vectors: list[Vectors]


def embedder() -> HashEmbedder:
    """What the archive's library claims as the maker of its vectors."""
    return HashEmbedder(DIMENSIONS)


class Archive:
    """What a library is filled with, drawn anew in the same order whenever it is asked for."""

    def __init__(self, options: ArchiveOptions, folder: Path | None = None) -> None:
        self._options = options
        self._folder = folder
        random = np.random.default_rng(options.seed)
        self._words = _made_up(options.vocabulary, random)
        ranks = np.arange(1, options.vocabulary + 1) + 100
        self._chances = np.cumsum(1 / ranks) / np.sum(1 / ranks)
        self._stories = max(1, options.passages // options.stories)
        self._own = random.integers(0, options.vocabulary, (self._stories, 30))

    def fill(self, folder: Path) -> int:
        """Makes a library in a folder that is not there yet; returns how many articles it has."""
        folder.mkdir(parents=True)
        storage.create(folder, embedder().fingerprint)
        connection = storage.connect(folder)
        groups = Groups(connection, folder)
        articles = 0
        try:
            for batch in self._batches():
                with storage.transaction(connection, folder):
                    for article, passages, vectors in zip(
                        batch.articles, batch.passages, batch.vectors, strict=True
                    ):
                        rows.insert_article(connection, article)
                        groups.enter(article)
                        texts = [embedded_text(article, passage) for passage in passages]
                        rows.insert_passages(connection, passages, texts, vectors)
                articles += len(batch.articles)
        finally:
            connection.close()
        return articles

    def questions(self, count: int) -> list[Question]:
        """Five words, of which three are a story's own, and a vector near that story's."""
        random = np.random.default_rng(self._options.seed + 1)
        asked = []
        for story in random.integers(0, self._stories, count).tolist():
            words = [*random.choice(self._own[story], 3).tolist(), *self._common(random, 2)]
            text = " ".join(self._words[word] for word in words)
            asked.append(Question(text, self._near(story, random, 1)[0]))
        return asked

    def _batches(self) -> Iterator[_Batch]:
        random = np.random.default_rng(self._options.seed + 2)
        articles = self._made(random) if self._folder is None else self._repeated(random)
        left = self._options.passages
        while left > 0:
            batch = _Batch([], [], [])
            for article, passages, story in islice(articles, _BATCH):
                batch.articles.append(article)
                batch.passages.append(passages[:left])
                batch.vectors.append(self._near(story, random, len(passages[:left])))
                left -= len(passages)
                if left <= 0:
                    break
            yield batch

    def _made(self, random: np.random.Generator) -> Iterator[tuple[Article, list[Passage], int]]:
        number = 0
        while True:
            story = int(random.integers(self._stories))
            texts = [self._passage(story, random) for _ in range(4)]
            article = self._article(number, "\n\n".join(texts), story, random)
            passages, start = [], 0
            for ordinal, text in enumerate(texts):
                end = start + len(text)
                passages.append(Passage(f"{article.id}:{ordinal}", article.id, ordinal, start, end))
                start = end + 2
            yield article, passages, story
            number += 1

    def _repeated(
        self, random: np.random.Generator
    ) -> Iterator[tuple[Article, list[Passage], int]]:
        found = corpus.read([str(self._folder)])
        originals = [article for article in found if isinstance(article, Article)]
        if not originals:
            raise NothingToRead(
                "there is no article to repeat",
                where=self._folder,
                next_step="name a folder of articles, or leave --from out",
            )
        model = embedder()
        number = 0
        while True:
            for story, original in enumerate(originals):
                words = original.text.split(" ")
                exchanged = np.flatnonzero(random.random(len(words)) < self._options.exchanged)
                for place, word in zip(
                    exchanged.tolist(), self._common(random, len(exchanged)), strict=True
                ):
                    words[place] = self._words[word]
                article = self._article(number, " ".join(words), story, random)
                passages = split(article, model.count_tokens, SplitOptions(model.max_tokens))
                yield article, passages, story % self._stories
                number += 1

    def _article(self, number: int, text: str, story: int, random: np.random.Generator) -> Article:
        day = date(1990, 1, 1) + timedelta(days=int(random.integers(12_000)))
        source = f"archive/{number}"
        title = " ".join(self._words[word] for word in self._own[story % self._stories][:6])
        outlet = f"Outlet {int(random.zipf(1.5)) % 200}"
        return Article(identify(source), title, outlet, day, "metadata", text, source)

    def _passage(self, story: int, random: np.random.Generator) -> str:
        own = int(self._options.words * self._options.own)
        words = [
            *random.choice(self._own[story], own).tolist(),
            *self._common(random, self._options.words - own),
        ]
        random.shuffle(words)
        return " ".join(self._words[word] for word in words) + "."

    def _common(self, random: np.random.Generator, count: int) -> list[int]:
        drawn: list[int] = np.searchsorted(self._chances, random.random(count)).tolist()
        return drawn

    def _near(self, story: int, random: np.random.Generator, count: int) -> Vectors:
        """`count` unit vectors about the direction of a story."""
        subject = story % self._options.subjects
        direction = _direction(self._options.seed, 0, subject)
        direction += _direction(self._options.seed, 1, story)
        direction /= np.linalg.norm(direction)
        noise = random.standard_normal((count, DIMENSIONS)) / np.sqrt(DIMENSIONS)
        vectors = direction + self._options.noise * noise
        unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(
            np.float32
        )
        return unit


def nearest(folder: Path, questions: Sequence[Question], k: int) -> list[list[str]]:
    """For each question the ids of the k passages that are nearest, by looking at every one."""
    asked = np.array([question.vector for question in questions])
    best: Vectors = np.full((len(questions), k), -np.inf, dtype=np.float32)
    numbers = np.zeros((len(questions), k), dtype=np.int64)
    connection = storage.connect(folder)
    cursor = connection.execute("SELECT passage, vector FROM vectors ORDER BY passage")
    while block := cursor.fetchmany(8_192):
        vectors = np.frombuffer(b"".join(blob for _, blob in block), dtype="<f4")
        scores = asked @ vectors.reshape(len(block), -1).T
        mine = np.broadcast_to(np.array([number for number, _ in block]), scores.shape)
        scores, mine = np.hstack([best, scores]), np.hstack([numbers, mine])
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        best = np.take_along_axis(scores, order, axis=1)
        numbers = np.take_along_axis(mine, order, axis=1)
    named = [
        [
            connection.execute("SELECT id FROM passages WHERE number = ?", (number,)).fetchone()[0]
            for number in row
        ]
        for row in numbers.tolist()
    ]
    connection.close()
    return named


def _direction(*seed: int) -> NDArray[np.float64]:
    direction = np.random.default_rng(seed).standard_normal(DIMENSIONS)
    unit: NDArray[np.float64] = direction / np.linalg.norm(direction)
    return unit


def _made_up(count: int, random: np.random.Generator) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < count:
        for syllables in random.integers(2, 5, count).tolist():
            onsets = random.integers(0, len(_LETTERS), syllables).tolist()
            vowels = random.integers(0, len(_VOWELS), syllables).tolist()
            pairs = zip(onsets, vowels, strict=True)
            words["".join(_LETTERS[a] + _VOWELS[b] for a, b in pairs) + _LETTERS[onsets[0]]] = None
    return list(islice(words, count))

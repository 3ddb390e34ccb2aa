"""Questions to learn from, out of files in SQuAD's form, split by article into train and dev."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.sentences import sentence_spans

DEV_EVERY = 8
"""Every eighth article is kept out of training: 6 of 48, 851 of 7,938 questions."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    Attributes:
        paragraph: which paragraph of the article, from 0.
        before: the sentence before it in its paragraph; '' if it is the first.
        text: the sentence.
    """

    paragraph: int
    before: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the place of its answer.

    Attributes:
        id: as the file gives it.
        text: the question.
        sentence: index into the article's sentences of the one that holds the answer.
        start, end: characters of the answer in that sentence.
    """

    id: str
    text: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and what was asked about it."""

    title: str
    sentences: tuple[Sentence, ...]
    asked: tuple[Asked, ...]


def read_squad(path: Path) -> tuple[list[Reading], list[Reading]]:
    """The articles to train on, and those kept out for dev.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not in SQuAD's form.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    made = [_article(article) for article in articles]
    dev = made[::DEV_EVERY]
    return [one for one in made if one not in dev], dev


def _article(article: dict[str, Any]) -> Reading:
    sentences: list[Sentence] = []
    asked: list[Asked] = []
    for number, paragraph in enumerate(article["paragraphs"]):
        text = paragraph["context"]
        spans = sentence_spans(text)
        base = len(sentences)
        for place, (start, end) in enumerate(spans):
            before = text[slice(*spans[place - 1])] if place else ""
            sentences.append(Sentence(number, before, text[start:end]))
        for question in paragraph["qas"]:
            found = _answer(question["answers"])
            if found is None:
                continue
            start, end = found
            # An answer that goes over a sentence's end has no one sentence that proves it.
            for place, (first, last) in enumerate(spans):
                if first <= start and end <= last:
                    asked.append(
                        Asked(
                            question["id"],
                            question["question"].strip(),
                            base + place,
                            start - first,
                            end - first,
                        )
                    )
    return Reading(article["title"].replace("_", " "), tuple(sentences), tuple(asked))


def _answer(answers: list[dict[str, Any]]) -> tuple[int, int] | None:
    """The span that most people marked, the shortest of equals."""
    counts = Counter((one["answer_start"], one["text"]) for one in answers)
    if not counts:
        return None
    (start, text), _ = max(counts.items(), key=lambda item: (item[1], -len(item[0][1])))
    return start, start + len(text)

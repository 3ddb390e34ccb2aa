"""Passages and questions to measure engines with: the sample articles, or a folder of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import corpus
from corpus import SplitOptions, embedded_text, split
from corpus.article import Article
from corpus.errors import EvalError
from corpus.samples import sample_paths
from corpus.sentences import sentence_spans
from corpus.walk import expanded
from embeddings.embedders.embedder import Embedder
from evals.sets.squad import read_squad
from evals.suites import load_suite, suite_path

SEED = 20261122

_SAMPLE_SUITES = ("sample", "time")
_SAMPLE_TOKENS = (32, 40, 48, 64, 96, 128, 256)
"""The few sample articles are split once for each of these bounds, so that they give two thousand
passages. These overlap, so their scores lie closer together than those of other passages do, and
the ten nearest change more easily."""

_SQUAD_FILES = (".json", ".json.gz")


@dataclass(frozen=True, slots=True)
class Texts:
    """What is embedded.

    Attributes:
        name: where they are from, for reports.
        passages: as they are embedded, header included; each once.
        questions: each once.
    """

    name: str
    passages: tuple[str, ...]
    questions: tuple[str, ...]


def sample_texts(embedder: Embedder) -> Texts:
    """The sample articles and those of the suite 'time', with both suites' questions.

    Every sentence is a question too, so that there are five hundred.
    """
    articles = list(_articles([sample_paths(), suite_path("time") / "articles"]))
    asked = [one.question for suite in _SAMPLE_SUITES for one in load_suite(suite).samples]
    return Texts(
        "the sample articles",
        _passages(articles, embedder, _SAMPLE_TOKENS),
        _once([*asked, *_sentences(articles)]),
    )


def texts_of(data: Path, embedder: Embedder, passages: int, questions: int) -> Texts:
    """Up to so many passages and questions of a file or folder, drawn with a fixed seed.

    JSON files in SQuAD form bring paragraphs and questions; of any other folder the articles are
    read, and their titles and sentences stand in for questions.

    Raises:
        EvalError: a .json file is not of that form, or there is nothing to read.
        CorpusError: the path is not there, or nothing of it can be read.
    """
    files = [data] if data.is_file() else sorted(expanded(data).glob("*.json*"))
    squad = [file for file in files if file.name.endswith(_SQUAD_FILES)]
    if squad:
        read = [read_squad(file) for file in squad]
        articles = [article for found, _ in read for article in found]
        asked = [one.question for _, found in read for one in found]
    else:
        # Some articles give more passages than are drawn; all are read, so that any may be.
        articles = list(_articles([data]))
        asked = [*(article.title for article in articles), *_sentences(articles)]
    found = Texts(
        data.name,
        _drawn(_passages(articles, embedder, (embedder.max_tokens,)), passages),
        _drawn(_once(asked), questions),
    )
    if not found.passages or not found.questions:
        raise EvalError(
            "there is nothing to embed", where=data, next_step="name a folder of articles"
        )
    return found


def _articles(paths: Sequence[Path]) -> Iterable[Article]:
    return (one for one in corpus.read(paths) if isinstance(one, Article))


def _passages(
    articles: Sequence[Article], embedder: Embedder, bounds: Sequence[int]
) -> tuple[str, ...]:
    return _once(
        embedded_text(article, passage)
        for bound in bounds
        for article in articles
        for passage in split(article, embedder.count_tokens, SplitOptions(max_tokens=bound))
    )


def _sentences(articles: Sequence[Article]) -> list[str]:
    return [
        article.text[start:end]
        for article in articles
        for start, end in sentence_spans(article.text, article.language)
    ]


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


def _drawn(texts: Sequence[str], most: int) -> tuple[str, ...]:
    order = np.random.default_rng(SEED).permutation(len(texts))[:most]
    return tuple(texts[place] for place in order)

"""From the published questions and the scenes to what the answerer learns from, and its digest."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rag.training.answerer.news import NewsOptions, news_packs
from rag.training.answerer.packs import Pack
from rag.training.answerer.scenes_conflict import CONFLICT
from rag.training.answerer.scenes_disaster import DISASTERS
from rag.training.answerer.scenes_held import HELD
from rag.training.answerer.scenes_public import PUBLIC
from rag.training.answerer.training import AnswererOptions
from rag.training.answerer.wikipedia import WikipediaOptions, wikipedia_packs
from rag.training.leaks import leaks
from rag.training.questions import Reading, read_squad

QUESTIONS = "squadshifts/new_wiki_v1.0.json.gz"
"""Where the questions lie in the folder of the published sets."""


_MAY_DIFFER = ("threads", "last", "cooled")
"""Options with which a run may go on that was begun with others."""


@dataclass(frozen=True, slots=True)
class DataOptions:
    """What is drawn.

    Attributes:
        news: packs of invented news to learn from; the paragraphs give as many of their own.
        dev_each: packs of each of the two kinds that are scored.
        seed: of all that is drawn.
    """

    news: int = 1300
    dev_each: int = 32
    seed: int = 7
    drawn_news: NewsOptions = field(default_factory=NewsOptions)
    drawn_wikipedia: WikipediaOptions = field(default_factory=WikipediaOptions)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an answerer is trained from.

    Attributes:
        train, dev: packs; dev is of other articles and of other scenes, and is never learned from.
        left_out: titles of the articles that share words with what is measured on, and how many
            packs of news do.
        articles: that are learned from.
        digest: SHA-256 of all packs and options, hexadecimal.
    """

    train: tuple[Pack, ...]
    dev: tuple[Pack, ...]
    left_out: tuple[str, ...]
    articles: int
    digest: str


def prepare(
    data: Path, held_out: Iterable[Path], options: AnswererOptions, drawn: DataOptions
) -> Recipe:
    """Draw the packs, without every article that is measured on elsewhere.

    Args:
        data: the folder of the published sets.
        held_out: files or folders of what is measured on.

    Raises:
        OSError: the questions cannot be read.
        TrainingError: a held-out file cannot be read.
    """
    readings, dev_readings = read_squad(data / QUESTIONS)
    news = news_packs([*CONFLICT, *DISASTERS, *PUBLIC], drawn.news, drawn.seed, drawn.drawn_news)
    texts, owners = _texts([*readings, *dev_readings], news)
    found = {owners[leak.learned] for leak in leaks(texts, held_out)}
    kept = [one for one in readings if one.title not in found]
    train = [
        *wikipedia_packs(kept, drawn.seed, drawn.drawn_wikipedia),
        *(pack for number, pack in enumerate(news) if _name(number) not in found),
    ]
    others = wikipedia_packs(dev_readings, drawn.seed + 1, drawn.drawn_wikipedia)
    dev = [
        *random.Random(drawn.seed).sample(others, min(drawn.dev_each, len(others))),
        *news_packs(HELD, drawn.dev_each, drawn.seed + 1, drawn.drawn_news),
    ]
    told = {
        "train": [asdict(one) for one in train],
        "dev": [asdict(one) for one in dev],
        "options": {
            name: value for name, value in asdict(options).items() if name not in _MAY_DIFFER
        },
    }
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return Recipe(tuple(train), tuple(dev), tuple(sorted(found)), len(kept), digest)


def _texts(readings: Sequence[Reading], news: Sequence[Pack]) -> tuple[list[str], list[str]]:
    """Each text, and the title of the article or the name of the pack that it belongs to."""
    texts: list[str] = []
    owners: list[str] = []
    for reading in readings:
        own = [one.text for one in reading.sentences] + [one.text for one in reading.asked]
        texts.extend(own)
        owners.extend([reading.title] * len(own))
    for number, pack in enumerate(news):
        own = [one.text for one in pack.shown] + [one.text for one in pack.questions]
        texts.extend(own)
        owners.extend([_name(number)] * len(own))
    return texts, owners


def _name(number: int) -> str:
    return f"pack of news {number}"

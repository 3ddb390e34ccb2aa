"""From the published files to what the reader learns from, and a digest that names both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.training.leaks import Leak, leaks
from rag.training.questions import Reading, read_squad
from rag.training.reader.train import ReaderOptions

QUESTIONS = "squadshifts/new_wiki_v1.0.json.gz"
"""Where the questions lie in the folder of the published sets."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a reader is trained from.

    Attributes:
        train, dev: articles with questions; dev is never learned from.
        left_out: titles of the articles that share words with what is measured on.
        leaks: those words.
        digest: SHA-256 of the articles, the questions and the options, hexadecimal.
    """

    train: tuple[Reading, ...]
    dev: tuple[Reading, ...]
    left_out: tuple[str, ...]
    leaks: tuple[Leak, ...]
    digest: str

    @property
    def questions(self) -> int:
        """How many questions are learned from."""
        return sum(len(one.asked) for one in self.train)


def prepare(data: Path, held_out: Iterable[Path], options: ReaderOptions) -> Recipe:
    """Read the data and leave out every article that is measured on elsewhere.

    Args:
        data: the folder of the published sets.
        held_out: files or folders of what is measured on.

    Raises:
        OSError: the questions cannot be read.
        TrainingError: a held-out file cannot be read.
    """
    train, dev = read_squad(data / QUESTIONS)
    texts, owners = _texts([*train, *dev])
    found = leaks(texts, held_out)
    shared = {owners[leak.learned] for leak in found}
    kept = tuple(one for one in train if one.title not in shared)
    return Recipe(
        kept,
        tuple(dev),
        tuple(sorted(shared)),
        tuple(found),
        _digest(kept, dev, options),
    )


def _texts(readings: Sequence[Reading]) -> tuple[list[str], list[str]]:
    """Each text, and the title of the article that it belongs to."""
    texts: list[str] = []
    owners: list[str] = []
    for reading in readings:
        own = [one.text for one in reading.sentences] + [one.text for one in reading.asked]
        texts.extend(own)
        owners.extend([reading.title] * len(own))
    return texts, owners


def _digest(train: Sequence[Reading], dev: Sequence[Reading], options: ReaderOptions) -> str:
    told = {
        "train": [asdict(one) for one in train],
        "dev": [asdict(one) for one in dev],
        "options": asdict(options),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

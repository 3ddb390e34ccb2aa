"""Articles and libraries for the tests of the embeddings package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.article import Article, identify
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library

MakeArticle = Callable[..., Article]

TOWNS = ("Ashford", "Belmont", "Carrick", "Dunmore", "Elstow", "Farnham", "Glenroy", "Hexley")
THINGS = ("bridge", "harbour", "school", "reservoir", "tramline", "market", "theatre", "quarry")


class CountingEmbedder(HashEmbedder):
    """Remembers how many texts each call of `embed` was given."""

    def __init__(self, dimensions: int = 64, max_tokens: int = 256) -> None:
        super().__init__(dimensions, max_tokens)
        self.calls: list[int] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(len(texts))
        return super().embed(texts)


def build_article(number: int, **changes: object) -> Article:
    """Article `number`: its own words, dated `number` days after 1 January 2024."""
    town, thing = TOWNS[number % len(TOWNS)], THINGS[number // len(TOWNS) % len(THINGS)]
    source = f"articles/{number}.txt"
    values: dict[str, object] = {
        "id": identify(source),
        "title": f"{town} council votes on the {thing}",
        "outlet": f"{town} Courier",
        "published": date(2024, 1, 1) + timedelta(days=number),
        "dated_by": "metadata",
        "text": f"The {town} council voted on Monday to repair the {thing}.\n\n"
        f"The work will cost {number + 2}.5 million pounds, the mayor told reporters.",
        "source": source,
    }
    return Article(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def make_article() -> MakeArticle:
    return build_article


@pytest.fixture
def counting() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", HashEmbedder(), create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Forty articles, every ninth without a date. Not to be written to."""
    path = tmp_path_factory.mktemp("forty") / "library"
    with Library.open(path, HashEmbedder(), create=True) as opened:
        undated = {"published": None}
        opened.add(build_article(n, **(undated if n % 9 == 8 else {})) for n in range(40))
        yield opened

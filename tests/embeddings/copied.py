"""Reports and copies of them, for the tests of groups and of ingest."""

from __future__ import annotations

import random
from datetime import date

from corpus.article import Article, identify

_WORDS = (
    "harbour", "council", "bridge", "ferry", "engineers", "minister", "farmers", "river", "treaty",
    "winter", "budget", "teachers", "railway", "hospital", "museum", "voters", "judges", "drought",
    "island", "market", "factory", "library", "pilots", "bakers", "orchard", "tunnel", "stadium",
    "glacier", "senate", "painters", "divers", "shepherds", "lanterns", "quarry",
)  # fmt: skip


def sentences(seed: int, count: int = 12) -> list[str]:
    """Sentences of one invented report; another seed shares words with it, and no sentence."""
    chance = random.Random(seed)
    return [
        f"The {' '.join(chance.choices(_WORDS, k=11))} met {chance.randint(3, 999)} times."
        for _ in range(count)
    ]


def report(
    seed: int,
    outlet: str | None = "Ashford Courier",
    *,
    name: str | None = None,
    day: date | None = date(2024, 3, 5),
    first: int = 0,
    last: int = 12,
    before: str = "",
    after: str = "",
) -> Article:
    """The report of a seed as one outlet carries it: its sentences from `first` to `last`."""
    lines = [*sentences(seed)[first:last]]
    text = "\n\n".join(line for line in (before, *lines, after) if line)
    source = name or f"{outlet}/{seed}"
    return Article(
        identify(source), f"Report {seed} in {outlet}", outlet, day, "metadata", text, source
    )


def chain(seed: int = 1) -> tuple[Article, Article, Article]:
    """Two articles that are no copies of each other, and one that is a copy of both."""
    return (
        report(seed, "Ashford Courier", last=9),
        report(seed, "Carrick Herald", first=5, last=12, after=sentences(seed + 1)[0]),
        report(seed, "Belmont Times"),
    )

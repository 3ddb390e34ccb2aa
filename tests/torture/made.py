"""Made-up articles: any number of them, each with its own words, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from corpus import Article, identify

OUTLETS = ("Ashford Courier", "Belmont Post", "Carrick Herald", "Dunmore Wire")
_FIRST_DAY = date(2023, 1, 1)
_WHO = (
    "The council", "A harbour pilot", "The ministry", "One teacher", "The water board",
    "A spokeswoman for the port", "The tram company", "The mayor", "A union of bakers",
)  # fmt: skip
_DID = (
    "approved", "refused", "measured", "closed", "reopened", "questioned", "painted", "flooded",
    "counted", "repaired", "insured", "delayed", "sold", "photographed",
)  # fmt: skip
_WHAT = (
    "the stone bridge", "a reservoir", "the market hall", "seven ferries", "the north quarry",
    "a school roof", "the opera house", "two lighthouses", "the tramline", "a seed library",
    "the fish auction", "an archive of maps", "the ring road", "a weather station",
)  # fmt: skip
_WHEN = (
    "on Monday", "after a vote", "before dawn", "during the storm", "for the third time",
    "without a debate", "at short notice", "under a new contract",
)  # fmt: skip
_SENTENCES = (9, 30)


def made(number: int, edition: int = 0) -> Article:
    """Article `number`. Another edition of it has the same id and other words."""
    chance = random.Random(f"{number}:{edition}")
    source = f"made/{number}.txt"
    sentences = [_sentence(chance) for _ in range(chance.randint(*_SENTENCES))]
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    return Article(
        id=identify(source),
        title=f"Report {number} from the town{f', edition {edition}' if edition else ''}",
        outlet=OUTLETS[number % len(OUTLETS)],
        published=None if number % 9 == 8 else _FIRST_DAY + timedelta(days=number % 700),
        dated_by="none" if number % 9 == 8 else "metadata",
        text="\n\n".join(paragraphs),
        source=source,
    )


def every(count: int, edition: int = 0) -> Iterator[Article]:
    """The first articles, in order."""
    return (made(number, edition) for number in range(count))


def _sentence(chance: random.Random) -> str:
    who, did, what, when = (chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHEN))
    return f"{who} {did} {what} {when}, at a cost of {chance.randint(2, 9999)} pounds."

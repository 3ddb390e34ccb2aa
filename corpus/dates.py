"""The day an article was published, the rule that says so, and how sure that is.

A date is taken only where a publisher or a collector wrote a whole one down: day, month and
year. A weekday, 'October 7' or '9 months ago' never dates an article. The day is the one that
was written: no time zone is converted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from corpus.written_dates import as_date, html_date, url_date

__all__ = [
    "CERTAINTY",
    "EARLIEST",
    "FINDERS",
    "RULES",
    "Certainty",
    "Clues",
    "as_date",
    "believable",
    "certainty",
    "find",
]

# In order of trust: the first rule that finds a day wins.
RULES: dict[str, str] = {
    "metadata": "front matter, a column of the table or a meta tag names the day",
    "structured-data": "the page's own structured data (JSON-LD) name the day",
    "published-line": "the publisher's own line at the text's head, as 'Published: 17 Sep 2024'",
    "date-head": "the collector's mark at the very start of the text, as 'date 2024-09-18'",
    "url": "the address has the day in its path, as /2024/09/17/",
    "html": "the page's markup shows a date that htmldate finds",
    "none": "no rule found a whole date: the article is undated",
}

Certainty = Literal["certain", "probable", "guessed", "none"]

# How sure a rule is. 'certain': the publisher wrote the day down as the day of publication.
# 'probable': a collector or a web address did, which may be a day off or a day of collection.
# 'guessed': a program took it for the day of publication.
CERTAINTY: dict[str, Certainty] = {
    "metadata": "certain",
    "structured-data": "certain",
    "published-line": "certain",
    "date-head": "probable",
    "url": "probable",
    "html": "guessed",
    "none": "none",
}

# The first newspaper, the Relation of Strasbourg, is of 1605: a day before 1600 is an error.
EARLIEST = date(1600, 1, 1)
# Somewhere it is tomorrow already: clocks on Earth are up to 26 hours apart.
_ZONES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of an article that may date it.

    Attributes:
        metadata: the day that its metadata give.
        structured: the day that the page's structured data give.
        published_line: the day of the publisher's own line.
        date_head: the day of the collector's mark.
        url: its address.
        page: the whole HTML page.
        updated: the day of the last update that it states.
        latest: the last day on which it can have been published; None for no such limit.
    """

    metadata: date | None = None
    structured: date | None = None
    published_line: date | None = None
    date_head: date | None = None
    url: str | None = None
    page: str | None = None
    updated: date | None = None
    latest: date | None = None


FINDERS: Sequence[tuple[str, Callable[[Clues], date | None]]] = (
    ("metadata", lambda clues: clues.metadata),
    ("structured-data", lambda clues: clues.structured),
    ("published-line", lambda clues: clues.published_line),
    ("date-head", lambda clues: clues.date_head),
    ("url", lambda clues: url_date(clues.url) if clues.url else None),
    ("html", lambda clues: html_date(clues.page) if clues.page else None),
)


def find(clues: Clues) -> tuple[date | None, str]:
    """The day of publication and the name of the rule that found it: one of RULES.

    A day before 1600 or after `clues.latest` is not believed. Nor is one after the update that
    the article states, where another rule finds one that is not; alone it stands, for systems
    that publish at a set hour stamp the last change before it.
    """
    late: tuple[date, str] | None = None
    for name, finder in FINDERS:
        day = finder(clues)
        if day is None or not believable(day, clues.latest):
            continue
        if clues.updated is None or day <= clues.updated + _ZONES:
            return day, name
        late = late or (day, name)
    return late or (None, "none")


def believable(day: date, latest: date | None = None) -> bool:
    """Whether something can have been published on that day, given the latest that it can be."""
    return day >= EARLIEST and (latest is None or day <= latest + _ZONES)


def certainty(rule: str) -> Certainty:
    """How sure a rule of RULES is; a rule that is not among them is a guess."""
    return CERTAINTY.get(rule, "guessed")

"""Which calendar days the relative ones of a span are: 'Tuesday' in an article of 26 March 2024."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Article
from corpus.days import ABSOLUTE, days_in


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A phrase that names a day only together with its article's date.

    Attributes:
        phrase: as it stands in the article.
        day: YYYY-MM-DD, or two of them with ' to ' between for a span of days.
    """

    phrase: str
    day: str

    def __str__(self) -> str:
        return f"{self.phrase} = {self.day}"


def relative_days(article: Article, start: int, end: int) -> tuple[RelativeDay, ...]:
    """The relative days of `article.text[start:end]`, each phrase once; () for an undated article.

    Args:
        start, end: character offsets of whole sentences; end is exclusive.
    """
    if article.published is None:
        return ()
    span = article.text[start:end]
    found: dict[str, RelativeDay] = {}
    for one in days_in(span, article.published):
        if one.rule in ABSOLUTE:
            continue
        phrase = " ".join(span[one.start : one.end].split())
        last = "" if one.last == one.first else f" to {one.last}"
        found.setdefault(phrase, RelativeDay(phrase, f"{one.first}{last}"))
    return tuple(found.values())

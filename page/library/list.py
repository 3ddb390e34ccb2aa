"""The articles of the open library by their headings: counted, filtered, a page at a time."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.dates import as_date
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from rag.showing.listing import ListOptions

if TYPE_CHECKING:
    from page.desk.desk import Desk

MOST_COUNTED = 10_000
"""Articles that are read to list and count them: some 2 s. The rest is told, not counted."""

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """An article without its text: what a list needs, for ten thousand of them in memory."""

    id: str
    title: str
    outlet: str | None
    outlet_name: str
    published: date | None
    withdrawn: date | None

    @classmethod
    def of(cls, article: Article) -> Heading:
        """The heading of an article."""
        return cls(
            article.id,
            article.title,
            article.outlet,
            article.outlet_name,
            article.published,
            article.withdrawn,
        )


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is in a library, as far as it was read.

    Attributes:
        articles: in all.
        headings: of those that were read, newest first, undated ones last.
    """

    articles: int
    headings: tuple[Heading, ...]

    @property
    def missed(self) -> int:
        """How many articles were not read."""
        return max(0, self.articles - len(self.headings))

    @property
    def outlets(self) -> dict[str, int]:
        """Outlet → articles, the most first; articles without one are not among them."""
        counted: dict[str, int] = {}
        for one in self.headings:
            if one.outlet:
                counted[one.outlet] = counted.get(one.outlet, 0) + 1
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


class Catalogue:
    """What is in the library that is open now; read anew only when it changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._guard = threading.Lock()
        self._edition = ""
        self._held = Holdings(0, ())

    def now(self) -> Holdings:
        """What the open library holds.

        Raises:
            LibraryDamaged: an article is not what was stored.
        """
        with self._guard:
            edition = self._desk.edition
            if edition != self._edition:
                self._held = holdings_of(self._desk.newsroom.library)
                self._edition = edition
            return self._held


def holdings_of(library: LibraryLike) -> Holdings:
    """Read the headings of a library's articles.

    Raises:
        LibraryDamaged: an article is not what was stored.
    """
    found = [Heading.of(one) for one in islice(library.articles(), MOST_COUNTED)]
    dated = [one for one in found if one.published]
    undated = [one for one in found if not one.published]
    return Holdings(library.stats().articles, (*reversed(dated), *undated))


def filtered(
    headings: Sequence[Heading],
    since: str | None,
    until: str | None,
    outlets: Collection[str] | None,
) -> list[Heading]:
    """Those of some days and outlets, in their order; undated ones only where no day is set.

    Raises:
        BadDate: a day is none, or the first lies after the last.
    """
    options = ListOptions(
        DateWindow(as_date(since) if since else None, as_date(until) if until else None)
    )
    return [
        one
        for one in headings
        if options.window.admits(one.published) and (not outlets or one.outlet_name in outlets)
    ]


def page_of(many: int, wanted: int) -> tuple[int, int, int]:
    """The page that there is nearest to a wanted one: its number from 0, its first and its end."""
    last = max(0, (many - 1) // ON_A_PAGE)
    page = min(max(0, wanted), last)
    return page, page * ON_A_PAGE, min(many, (page + 1) * ON_A_PAGE)

"""The articles of a library, filtered and one at a time: for `dateline list`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from corpus.article import Article
from corpus.errors import BadDate
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from rag.showing.render import article_dict

_OUTLET, _TITLE = 24, 90
"""Characters that a table has for an outlet's name and a headline; JSON has all of them."""

HEAD = f"{'id':<16}  {'day':<10}  {'outlet':<{_OUTLET}}  title"


@dataclass(frozen=True, slots=True)
class ListOptions:
    """Which articles are listed.

    Attributes:
        window: days of publication.
        outlets: named as in the articles; empty for all.
        withdrawn: withdrawn articles only.
        groups: only reports that the library has copies of, each with all its copies, where one
            of them passes the other filters.
    """

    window: DateWindow = field(default_factory=DateWindow)
    outlets: Collection[str] = ()
    withdrawn: bool = False
    groups: bool = False

    def __post_init__(self) -> None:
        first, last = self.window.since, self.window.until
        if first and last and first > last:
            raise BadDate(
                f"the first day, {first}, lies after the last, {last}",
                next_step="swap the two days, or leave one out",
            )

    def admits(self, article: Article) -> bool:
        """Whether an article passes the filters."""
        return (
            self.window.admits(article.published)
            and (not self.outlets or article.outlet_name in self.outlets)
            and (article.withdrawn is not None or not self.withdrawn)
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """One article of a list.

    Attributes:
        group: where copies are listed, the id of their group.
        original: where copies are listed, the agency or outlet whose report it is.
        place: its place among the copies, from 1.
    """

    article: Article
    group: str | None = None
    original: str | None = None
    place: int = 1

    def as_line(self) -> str:
        """One line of the table under `HEAD`; a copy is marked '='."""
        article = self.article
        marks = f"[withdrawn {article.withdrawn}] " if article.withdrawn else ""
        if self.place > 1:
            marks = f"= {marks}"
        elif self.original is not None and self.original != article.outlet_name:
            marks = f"[{self.original}] {marks}"
        return (
            f"{article.id:<16}  {article.date_label:<10}  "
            f"{_fitted(article.outlet_name, _OUTLET):<{_OUTLET}}  "
            f"{_fitted(marks + article.title, _TITLE)}"
        )

    def as_dict(self) -> dict[str, object]:
        """Only what JSON has."""
        found = article_dict(self.article)
        if self.group is None:
            return found
        return {**found, "group": self.group, "original": self.original}


def listed(library: LibraryLike, options: ListOptions) -> Iterator[Listed]:
    """The articles that pass, oldest first, undated ones last; copies one under the other.

    Reports with copies come in the order of the oldest of them, whether that one passes or not.
    """
    if not options.groups:
        yield from (Listed(one) for one in library.articles() if options.admits(one))
        return
    for group in library.copied():
        if any(options.admits(one) for one in group.articles):
            for place, one in enumerate(group.articles, start=1):
                yield Listed(one, group.id, group.original, place)


def _fitted(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"

"""Who stands behind an answer: its outlets, and how many reports they amount to.

Copies of one report are one source, however many outlets carry it. Counted are the cited articles
and their copies in the library, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.credit import shown_name
from corpus.errors import NotInLibrary
from embeddings.store.window import DateWindow
from rag.finding.searchable import Grouped

if TYPE_CHECKING:
    from embeddings.intake.groups import ArticleGroup

OUTLETS_NAMED = 5
"""How many outlets a sentence names before it says 'and 12 more'."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, whoever carries it.

    Attributes:
        group: id of the group of copies.
        original: the agency or outlet whose report it is, so far as the library can tell.
        why: what tells so.
        articles: the copies in the library, the one nearest to the original first; withdrawn
            ones too.
        cited: ids of those that the answer cites, in order of marker.
    """

    group: str
    original: str
    why: str
    articles: tuple[Article, ...]
    cited: tuple[str, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The named outlets that carry it and have not withdrawn it; agencies by one name."""
        return _outlets(self.articles)

    @property
    def withdrawn(self) -> tuple[Article, ...]:
        """The copies that their outlets took back."""
        return tuple(article for article in self.articles if article.withdrawn)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the cited articles of an answer amount to.

    Attributes:
        reports: each once, in order of marker.
    """

    reports: tuple[Report, ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """The named outlets that carry these reports, each once."""
        return tuple(dict.fromkeys(name for one in self.reports for name in one.outlets))

    @property
    def originals(self) -> tuple[str, ...]:
        """The agencies and outlets whose reports they are, each once: the independent sources."""
        return tuple(dict.fromkeys(one.original for one in self.reports))

    @property
    def shared(self) -> tuple[Report, ...]:
        """The reports that are somebody else's, or that more than one outlet carries."""
        return tuple(
            one
            for one in self.reports
            if len(one.outlets) > 1 or (one.outlets and one.outlets != (one.original,))
        )

    @property
    def is_plain(self) -> bool:
        """True when there is nothing to count: at most one article, and that its outlet's own."""
        return sum(len(one.articles) for one in self.reports) < 2 and not self.shared

    def __str__(self) -> str:
        """'3 outlets, 1 report: Reuters, in Ashford Courier, Belmont Herald and Daily Post.'"""
        if not self.reports:
            return "No source."
        reports, sources = len(self.reports), len(self.originals)
        if reports == 1:
            words = "1 report"
        elif sources == reports:
            words = f"{reports:,} independent reports"
        else:
            words = f"{reports:,} reports from {_counted(sources, 'source')}"
        outlets = _counted(len(self.outlets), "outlet") if self.outlets else "no named outlet"
        parts = [_carried(one) for one in self.shared]
        parts += [_taken_back(article) for one in self.reports for article in one.withdrawn]
        told = f": {'; '.join(parts)}" if parts else ""
        return f"{outlets}, {words}{told}."


def count_sources(
    library: Grouped, articles: Iterable[Article], window: DateWindow | None = None
) -> Sources:
    """The reports that some articles are, with the copies of them that the library holds.

    Args:
        articles: those that are cited, in order.
        window: what the reader may look at: copies that were published after its last day are
            not counted, and with such a day undated ones are not either.
    """
    reports: dict[str, Report] = {}
    for article in {article.id: article for article in articles}.values():
        report = _report_of(library, article, window)
        if (known := reports.get(report.group)) is not None:
            report = replace(known, cited=(*known.cited, article.id))
        reports[report.group] = report
    return Sources(tuple(reports.values()))


def other_outlets(
    library: Grouped, article: Article, window: DateWindow | None = None
) -> tuple[str, ...]:
    """The other outlets that carry a copy of an article, the one nearest to the original first."""
    report = _report_of(library, article, window)
    return tuple(name for name in report.outlets if name != shown_name(article.outlet_name))


def listed(names: Sequence[str], most: int = OUTLETS_NAMED) -> str:
    """'A, B and C'; of many the first, then 'and 12 more'."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _report_of(library: Grouped, article: Article, window: DateWindow | None) -> Report:
    """The report that an article is, with the copies that may be seen."""
    try:
        group = library.group(article.id)
    except NotInLibrary:  # deleted since it was found
        group = _regrouped(article.id, [article])
    latest = DateWindow(until=window.until if window else None)
    seen = [one for one in group.articles if one.id == article.id or latest.admits(one.published)]
    if len(seen) < len(group.articles):
        # Whose report it is must not be told by what the reader may not see yet.
        group = _regrouped(group.id, seen)
    return Report(group.id, group.original, group.why, group.articles, (article.id,))


def _regrouped(group: str, articles: Sequence[Article]) -> ArticleGroup:
    # Loads numpy, which a program that only prints its help need not wait for.
    from embeddings.intake.groups import grouped

    return grouped(group, articles)


def _outlets(articles: Iterable[Article]) -> tuple[str, ...]:
    carrying = (one.outlet for one in articles if one.outlet and one.withdrawn is None)
    return tuple(dict.fromkeys(shown_name(outlet) for outlet in carrying))


def _carried(report: Report) -> str:
    if report.original in report.outlets:
        others = [name for name in report.outlets if name != report.original]
        return f"{report.original}, also in {listed(others)}"
    return f"{report.original}, in {listed(report.outlets)}"


def _taken_back(article: Article) -> str:
    return f"{article.outlet_name} withdrew its article on {article.withdrawn}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

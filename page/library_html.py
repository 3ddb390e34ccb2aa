"""What the library tab draws: articles by month and outlet, the newest, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from corpus.article import Article
from embeddings.protocol import LibraryLike
from page.cited import read_link
from page.markup import age_of, count, day_of, lines_of, plain, shortened
from page.places import Place
from rag.finding.hit import Hit
from rag.finding.sources import listed

MOST_COUNTED = 10_000
"""Articles that are read to count them: some 2 s. The rest is told, not counted."""
MOST_LISTED = 100
MOST_MONTHS = 24
MOST_OUTLETS = 12
EXCERPT = 260  # characters

NOTHING_FOUND = '<div class="dl-found"><p class="dl-soft">No passage was found.</p></div>'


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is in a library, as far as it was counted.

    Attributes:
        articles: in all.
        counted: how many of them the counts below are of.
        months: '2024-03' → articles of that month, oldest first.
        outlets: outlet → articles, the most first; articles without one are not among them.
        undated: articles without a day.
        newest: the newest dated articles, newest first, then undated ones.
    """

    articles: int
    counted: int
    months: dict[str, int]
    outlets: dict[str, int]
    undated: int
    newest: tuple[Article, ...]


def holdings_of(library: LibraryLike) -> Holdings:
    """Count what is in the library.

    Raises:
        LibraryDamaged: an article is not what was stored.
    """
    articles = list(islice(library.articles(), MOST_COUNTED))
    dated = [one for one in articles if one.published]
    months = Counter(one.date_label[:7] for one in dated)
    outlets = Counter(one.outlet for one in articles if one.outlet)
    undated = [one for one in articles if not one.published]
    return Holdings(
        library.stats().articles,
        len(articles),
        dict(sorted(months.items())),
        dict(outlets.most_common()),
        len(undated),
        tuple([*reversed(dated), *undated][:MOST_LISTED]),
    )


def holdings_html(held: Holdings) -> str:
    """Bars by month and by outlet, and the newest articles, each of which opens."""
    if not held.articles:
        return '<div class="dl-holds"><h2>This library is empty</h2></div>'
    missed = held.articles - held.counted
    note = f'<p class="dl-soft">{missed:,} more are not counted here.</p>' if missed else ""
    listed_now = f"The newest {count(len(held.newest), 'article')}"
    return (
        f'<div class="dl-holds"><h2>{count(held.articles, "article")}</h2>{note}'
        f'<div class="dl-two">{_months(held)}{_outlets(held)}</div>'
        f"<h3>{listed_now}</h3><ul>{''.join(map(_listed, held.newest))}</ul></div>"
    )


def found_html(hits: Sequence[Hit], seen_from: date) -> str:
    """The passages of a search, best first, each opening its article where it stands."""
    if not hits:
        return NOTHING_FOUND
    items = "".join(_found(hit, seen_from) for hit in hits)
    return (
        f'<div class="dl-found" role="status"><h2>{count(len(hits), "passage")}</h2>'
        f"<ul>{items}</ul></div>"
    )


def trouble_html(trouble: str) -> str:
    """Why nothing could be shown, and the next step."""
    return f'<div class="dl-trouble" role="alert">{lines_of(trouble)}</div>'


def _found(hit: Hit, seen_from: date) -> str:
    article = hit.article
    place = Place.in_article(article, hit.passage.start, hit.passage.end)
    facts = [article.outlet_name, day_of(article), age_of(article, seen_from)]
    copies = f'<span class="dl-also-in">also in: {plain(listed(hit.also_in))}</span>'
    return (
        f"<li>{read_link(place, article.title)}"
        f"<span>{plain(' · '.join(filter(None, facts)))}</span>"
        f"{copies if hit.also_in else ''}"
        f'<q dir="auto">{plain(shortened(hit.text, EXCERPT))}</q></li>'
    )


def _listed(article: Article) -> str:
    withdrawn = ", withdrawn" if article.withdrawn else ""
    return (
        f"<li>{read_link(Place(article.id), shortened(article.title, 140))}"
        f"<span>{plain(article.outlet_name)}, {day_of(article)}{withdrawn}</span></li>"
    )


def _months(held: Holdings) -> str:
    shown = list(held.months.items())[-MOST_MONTHS:]
    rows = [(_month(month), many) for month, many in shown]
    if held.undated:
        rows.append(("undated", held.undated))
    earlier = len(held.months) - len(shown)
    more = f"{count(earlier, 'earlier month')} not shown" if earlier else ""
    return _bars("By month", rows, more)


def _outlets(held: Holdings) -> str:
    shown = list(islice(held.outlets.items(), MOST_OUTLETS))
    others = len(held.outlets) - len(shown)
    rows = [(shortened(outlet, 40), many) for outlet, many in shown]
    unnamed = held.counted - sum(held.outlets.values())
    if unnamed:
        rows.append(("unknown outlet", unnamed))
    return _bars("By outlet", rows, f"{count(others, 'other outlet')} not shown" if others else "")


def _bars(head: str, rows: Iterable[tuple[str, int]], more: str) -> str:
    rows = list(rows)
    top = max((many for _, many in rows), default=1)
    items = "".join(
        f'<li><span class="dl-bar-name">{plain(name)}</span><span class="dl-track">'
        f'<span class="dl-filled" style="width:{many / top:.1%}"></span></span>'
        f'<span class="dl-bar-value">{many:,}</span></li>'
        for name, many in rows
    )
    note = f'<p class="dl-soft">{more}</p>' if more else ""
    return f'<section><h3>{head}</h3><ul class="dl-bars">{items}</ul>{note}</section>'


def _month(month: str) -> str:
    """'March 2024' of '2024-03'."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"

"""What the library tab draws: what it holds, the articles of a list, the passages of a search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from embeddings.milvus.address import is_milvus
from page.desk.masthead import short_name
from page.drawing.cited import read_link
from page.drawing.markup import age_of, count, day_of, lines_of, long_date, plain, shortened
from page.drawing.places import Place
from page.library.list import Heading, Holdings
from page.library.plot import plot_html
from rag.finding.hit import Hit
from rag.finding.sources import listed

EXCERPT = 260  # characters

_NOTHING = '<div class="dl-found" role="status"><p class="dl-soft">No {noun} was found.</p></div>'


def holdings_html(held: Holdings, address: str) -> str:
    """The library's name and place, how much is in it, and the plot."""
    name = plain(short_name(address))
    where = plain(address)
    place = "" if is_milvus(address) else f'<p class="dl-soft dl-where">{where}</p>'
    if not held.articles:
        return (
            f'<div class="dl-holds"><h2 dir="auto">{name}</h2>{place}'
            "<p><b>This library is empty.</b> Put articles in below.</p></div>"
        )
    missed = (
        f'<p class="dl-soft">{held.missed:,} more are not listed and counted here; a search looks '
        "through all of them.</p>"
        if held.missed
        else ""
    )
    return (
        f'<div class="dl-holds"><h2 dir="auto">{name}</h2>{place}'
        f"<p>{count(held.articles, 'article')}</p>{missed}{plot_html(held)}</div>"
    )


def list_html(headings: Sequence[Heading], first: int, of: int) -> str:
    """One page of the list, each of whose articles opens."""
    if not of:
        return _NOTHING.format(noun="article")
    items = "".join(map(_listed, headings))
    return (
        f'<div class="dl-found" role="status"><h2>{_range(first, len(headings), of, "article")}'
        f"</h2><ul>{items}</ul></div>"
    )


def found_html(hits: Sequence[Hit], first: int, of: int, seen_from: date) -> str:
    """One page of a search's passages, best first, each opening its article where it stands."""
    if not of:
        return _NOTHING.format(noun="passage")
    items = "".join(_found(hit, seen_from) for hit in hits)
    return (
        f'<div class="dl-found" role="status"><h2>{_range(first, len(hits), of, "passage")}</h2>'
        f"<ul>{items}</ul></div>"
    )


def trouble_html(trouble: str) -> str:
    """Why nothing could be shown, and the next step."""
    return f'<div class="dl-trouble" role="alert">{lines_of(trouble)}</div>'


def _range(first: int, shown: int, of: int, noun: str) -> str:
    """'6 articles', or 'Articles 21 to 40 of 312'."""
    if shown == of:
        return count(of, noun)
    return f"{noun.title()}s {first + 1:,} to {first + shown:,} of {of:,}"


def _found(hit: Hit, seen_from: date) -> str:
    article = hit.article
    place = Place.in_article(article, hit.passage.start, hit.passage.end)
    facts = [article.outlet_name, day_of(article), age_of(article, seen_from)]
    copies = f'<span class="dl-also-in">also in: {plain(listed(hit.also_in))}</span>'
    return (
        f'<li><strong dir="auto">{read_link(place, article.title)}</strong>'
        f"<span>{plain(' · '.join(filter(None, facts)))}</span>"
        f"{copies if hit.also_in else ''}"
        f'<q dir="auto">{plain(shortened(hit.text, EXCERPT))}</q></li>'
    )


def _listed(heading: Heading) -> str:
    withdrawn = ", withdrawn" if heading.withdrawn else ""
    day = long_date(heading.published) if heading.published else "undated"
    return (
        f'<li><strong dir="auto">{read_link(Place(heading.id), shortened(heading.title, 140))}'
        f"</strong><span>{plain(heading.outlet_name)}, {day}{withdrawn}</span></li>"
    )

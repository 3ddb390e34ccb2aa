"""The days that a page gives as structured data (JSON-LD): published, and last changed.

Pages also describe other articles in this way, those that they link to. So only an object that
stands at the top, in a list there or in its '@graph' counts, and where several articles are
described only the one whose address is the page's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag

from corpus.written_dates import parse_date

_SCRIPT = re.compile(
    r"""<script\b[^>]*\btype\s*=\s*["']?application/ld\+json["']?[^>]*>(.*?)</script>""",
    re.IGNORECASE | re.DOTALL,
)
# A page describes itself in a few kilobytes; past this nothing is looked at.
_LONGEST_SCRIPT, _MOST_SCRIPTS = 1_000_000, 20
_KIND = re.compile(r"(?:\w*Article|\w*Posting|Report|Review)")
_WRAPPING = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[)|(?:-->|\]\]>|//\s*\]\]>)\s*$")


@dataclass(frozen=True, slots=True)
class PageDays:
    """The days that a page states in its structured data; None where it states none."""

    published: date | None = None
    updated: date | None = None


def page_days(page: str, url: str | None = None) -> PageDays:
    """The days of the article that the page is about, by its JSON-LD.

    `url` is the page's own address, if it is known: it tells the article from those that the
    page links to. What cannot be parsed says nothing.
    """
    articles = [found for found in _objects(page) if _is_article(found)]
    if len(articles) > 1 and url:
        own = [found for found in articles if _without_tail(url) in _addresses(found)]
        articles = own or articles
    days = {_days(found) for found in articles}
    return days.pop() if len(days) == 1 else PageDays()


def _objects(page: str) -> Iterator[Mapping[str, object]]:
    for at, script in enumerate(_SCRIPT.finditer(page)):
        if at >= _MOST_SCRIPTS or len(script[1]) > _LONGEST_SCRIPT:
            return
        try:
            data = json.loads(_WRAPPING.sub("", script[1]), strict=False)
        except (ValueError, RecursionError):
            continue
        for top in data if isinstance(data, list) else [data]:
            if isinstance(top, dict):
                yield top
                graph = top.get("@graph")
                yield from (found for found in _listed(graph) if isinstance(found, dict))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_article(found: Mapping[str, object]) -> bool:
    kinds = _listed(found.get("@type"))
    return any(isinstance(kind, str) and _KIND.fullmatch(kind) is not None for kind in kinds)


def _addresses(found: Mapping[str, object]) -> set[str]:
    main = found.get("mainEntityOfPage")
    values = [found.get("url"), found.get("@id"), main]
    if isinstance(main, dict):
        values += [main.get("@id"), main.get("url")]
    return {_without_tail(value) for value in values if isinstance(value, str)}


def _without_tail(url: str) -> str:
    return urldefrag(url).url.split("?")[0].rstrip("/")


def _days(found: Mapping[str, object]) -> PageDays:
    return PageDays(parse_date(found.get("datePublished")), parse_date(found.get("dateModified")))

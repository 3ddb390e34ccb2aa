"""Cited articles as CSL-JSON, which Zotero, Pandoc and other reference managers read.

The variables and types are those of the Citation Style Language 1.0.2
(https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from corpus.article import Article
from rag.checking.citation import Citation
from rag.showing.transcript import cited_articles

_WEB = re.compile(r"https?://", re.IGNORECASE)
_UNFIT = re.compile(r"[^a-z0-9]+")
_KEY_WORDS = 3
"""Words of the outlet's name in a key. Judgement: enough to know it by."""


def csl_json(citations: Sequence[Citation]) -> list[dict[str, object]]:
    """One item for each cited article, in the order of the first number; only what JSON has."""
    return [_item(article, markers) for article, markers in cited_articles(citations)]


def citation_key(article: Article) -> str:
    """'gulf-record-2024-03-26-0a1b2c': ASCII, and unlike that of any other article."""
    plain = unicodedata.normalize("NFKD", article.outlet or "").encode("ascii", "ignore").decode()
    words = [word for word in _UNFIT.split(plain.lower()) if word and word != "the"][:_KEY_WORDS]
    return "-".join([*words, article.date_label, article.id[:6]])


def web_address(article: Article) -> str | None:
    """Where the article stands on the web; None where it has no address there."""
    return article.url if article.url and _WEB.match(article.url) else None


def note_of(article: Article, markers: Sequence[int]) -> str:
    """'Cited as [1], [3].', and when its outlet took the article back."""
    note = f"Cited as {', '.join(f'[{marker}]' for marker in markers)}."
    if article.withdrawn:
        note += f" Withdrawn by the outlet on {article.withdrawn.isoformat()}."
    return note


def _item(article: Article, markers: Sequence[int]) -> dict[str, object]:
    item: dict[str, object] = {
        "id": citation_key(article),
        "type": "article-newspaper" if article.kind == "news" else "webpage",
        "title": " ".join(article.title.split()),
        "language": article.language,
        "note": note_of(article, markers),
    }
    if article.outlet:
        item["container-title"] = article.outlet
    if article.published:
        item["issued"] = {"date-parts": [_parts(article.published)]}
    if address := web_address(article):
        item["URL"] = address
    return item


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]

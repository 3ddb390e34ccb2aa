"""HTML: one saved page, one article."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import Document, use_config

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.load import load
from corpus.readers.record import Fault, ReadOptions, Record

# What goes wrong is told by a Rejected; without a handler the libraries' own words for it
# would be printed on the terminal.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The page's one article. Raises UnreadableFile, also where the page holds no text."""
    page = load(path, options, charset=_CHARSET)
    try:
        tree = trafilatura.load_html(page)
        extracted = None if tree is None else _extract(page)
        if tree is None or extracted is None or not extracted.text:
            raise UnreadableFile("no article text in the page", where=path)
        fields = _meta_tags(tree)
    except (ValueError, LxmlError, RecursionError) as error:
        raise UnreadableFile(f"not HTML that can be read: {error}", where=path) from error
    fields |= {
        name: value
        for name, value in (
            ("title", extracted.title),
            ("outlet", extracted.sitename),
            ("url", extracted.url),
            ("language", tree.get("lang")),
        )
        if value
    }
    # Each line that comes back is a paragraph.
    yield Record(Metadata.from_fields(fields), extracted.text.replace("\n", "\n\n"), page=page)


def _extract(page: str) -> Document | None:
    config = use_config()
    # Below this many characters trafilatura falls back on the page as one line of text; a
    # short brief should keep its paragraphs.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    extracted = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, favor_recall=True, config=config
    )
    return extracted if isinstance(extracted, Document) else None


def _meta_tags(tree: HtmlElement) -> dict[str, object]:
    fields: dict[str, object] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and tag.get("content"):
            fields.setdefault(name, tag.get("content"))
    # On a page 'source', 'id' and the like are about the site, and 'description' is no text.
    kept = ("date", "pub", "modified", "updated", "og:url", "og:locale")
    return {name: value for name, value in fields.items() if any(k in name.lower() for k in kept)}

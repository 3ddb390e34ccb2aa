"""HTML: one saved page, one article."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import urlsplit

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import Document, use_config

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.load import load
from corpus.readers.prepare import prepare
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.recover import recover
from corpus.readers.source import Source

# What goes wrong is told by a Rejected; without a handler the libraries' own words for it
# would be printed on the terminal.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

# Of 20,000 paragraphs trafilatura makes an article in 2 seconds, of 100,000 in 21: the time grows
# faster than the page. Nobody reads a page of so many tags.
_MOST_TAGS = 60_000
_FAILURES = (ValueError, LxmlError, RecursionError, TypeError, AttributeError, KeyError, IndexError)
_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
_JOINERS = "\u200c\u200d"
# trafilatura drops what Python calls unprintable: joiners, and all private-use characters. So
# letters stand in for the joiners: Unicode's block Cuneiform, U+12000 to U+12399, is far larger
# than what any page holds of it.
_STAND_INS = tuple(map(chr, range(0x12000, 0x1239A)))
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """The page's one article. Raises UnreadableFile, also where the page holds no text."""
    yield article(load(source, options, charset=_CHARSET), source)


def article(page: str, source: Source) -> Record:
    """The article of a page. Raises UnreadableFile where there is none."""
    if page.count("<") > _MOST_TAGS:
        raise UnreadableFile(f"no article in it: more than {_MOST_TAGS:,} tags")
    try:
        tree = trafilatura.load_html(page)
        taken = prepare(tree) if tree is not None else ()
        extracted = None if tree is None else _extract(deepcopy(tree))
        if tree is None or extracted is None or not extracted.text:
            raise UnreadableFile("no article text in the page", where=source.name)
        paragraphs, left = recover(tree, extracted.text)
        fields = _meta_tags(tree)
    except _FAILURES as error:
        raise UnreadableFile(f"not HTML that can be read: {error}", where=source.name) from error
    fields |= {
        name: value
        for name, value in (
            ("title", extracted.title),
            ("outlet", extracted.sitename),
            ("url", _own_url(extracted.url, source.url)),
            ("language", tree.get("lang")),
        )
        if value
    }
    return Record(
        Metadata.from_fields(fields), "\n\n".join(paragraphs), page=page, dropped=(*taken, *left)
    )


def _own_url(stated: str | None, known: str | None) -> str | None:
    """The address that the page states, unless it is known to stand on another site.

    A page that may name any address could pass for another outlet's article.
    """
    if stated is None or known is None:
        return stated or known
    try:
        hosts = {_PREFIX.sub("", urlsplit(url).hostname or "") for url in (stated, known)}
    except ValueError:
        return known
    return stated if len(hosts) == 1 else known


def _extract(page: HtmlElement) -> Document | None:
    """What trafilatura finds on a page, joiners kept; the page is used up."""
    joiners = _stand_in(page)
    config = use_config()
    # Below this many characters trafilatura falls back on the page as one line of text; a
    # short brief should keep its paragraphs.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    extracted = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, favor_recall=True, config=config
    )
    if not isinstance(extracted, Document):
        return None
    for name in ("text", "title", "sitename"):
        value = getattr(extracted, name)
        setattr(extracted, name, value and value.translate(joiners))
    return extracted


def _stand_in(page: HtmlElement) -> dict[int, str]:
    """Put letters that the page does not hold for its joiners; gives the way back."""
    # An address is no text: a letter put into it would come back percent-encoded.
    metas = [tag for tag in page.iter("meta") if "://" not in tag.get("content", "://")]
    held = set().union(*page.itertext(), *(tag.get("content") for tag in metas))
    if held.isdisjoint(_JOINERS):
        return {}
    free = (letter for letter in _STAND_INS if letter not in held)
    pairs = list(zip(_JOINERS, free, strict=False))
    there = {ord(joiner): letter for joiner, letter in pairs}
    for tag in metas:
        tag.set("content", tag.get("content").translate(there))
    for element in page.iter():
        if element.text and isinstance(element.tag, str):
            element.text = element.text.translate(there)
        if element.tail:
            element.tail = element.tail.translate(there)
    return {ord(letter): joiner for joiner, letter in pairs}


def _meta_tags(tree: HtmlElement) -> dict[str, object]:
    fields: dict[str, object] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and tag.get("content"):
            fields.setdefault(name, tag.get("content"))
    # On a page 'source', 'id' and the like are about the site, and 'description' is no text.
    kept = ("date", "pub", "modified", "updated", "og:url", "og:locale")
    return {name: value for name, value in fields.items() if any(k in name.lower() for k in kept)}

"""Feeds: RSS and Atom entries to articles, through feedparser."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from time import struct_time

import feedparser  # type: ignore[import-untyped]
from lxml import etree

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.paragraphs import from_html
from corpus.readers.record import Fault, Record
from corpus.written_dates import parse_date

# A feed of some thousands of entries; feedparser takes ten seconds for a million tags.
_MOST_TAGS = 200_000
_NO_TEXT = "no text in this entry (entry {})"
_ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>'
_RSS = b'<rss version="2.0"><channel>%s</channel></rss>'
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOTS = frozenset(("rss", "channel", "feed", "rdf"))


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says about itself: its name and its language."""

    title: str | None = None
    language: str | None = None

    def with_element(self, name: str, element: etree._Element) -> Channel:
        """The channel after one more of its elements."""
        parent = element.getparent()
        if parent is None or etree.QName(parent).localname.lower() not in _ROOTS:
            return self
        words = " ".join("".join(element.itertext()).split()) or None
        if name == "title" and self.title is None:
            return replace(self, title=from_html(words) if words else None)
        if name == "language" and self.language is None:
            return replace(self, language=words)
        return self


def article(element: etree._Element, place: int, channel: Channel) -> Record | str:
    """The article of an entry's element, or why it holds none; `place` counts from 1."""
    if not len(element) and not (element.text or "").strip():
        return _NO_TEXT.format(place)
    data = etree.tostring(element, with_tail=False)
    wrapping = _ATOM if etree.QName(element).localname.lower() == "entry" else _RSS
    # From a stream: feedparser takes a str or bytes that look like an address for one.
    parsed = feedparser.parse(io.BytesIO(wrapping % data), resolve_relative_uris=False)
    if not parsed.entries:
        return "not an entry of a feed"
    language = next(
        (
            found
            for over in (element, *element.iterancestors())
            if (found := over.get(_XML_LANGUAGE))
        ),
        channel.language,
    )
    channel = replace(channel, language=language)
    found = _record(parsed.entries[0], place, channel, is_atom=wrapping is _ATOM)
    return found.reason if isinstance(found, Fault) else found


def articles(data: bytes) -> list[Record | Fault]:
    """The articles of a whole feed that need not be good XML. Raises UnreadableFile."""
    if data.count(b"<") > _MOST_TAGS:
        raise UnreadableFile(f"more than {_MOST_TAGS:,} tags in a feed that is no good XML")
    parsed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    about = parsed.get("feed", {})
    channel = Channel(_plain(about.get("title")), _plain(about.get("language")))
    is_atom = str(parsed.get("version", "")).startswith("atom")
    return [
        _record(entry, place, channel, is_atom=is_atom)
        for place, entry in enumerate(parsed.entries, 1)
    ]


def _record(
    entry: Mapping[str, object], place: int, channel: Channel, *, is_atom: bool
) -> Record | Fault:
    text = _text(entry)
    if not text:
        return Fault(None, _NO_TEXT.format(place))
    source = _said(entry, "source")
    outlet = source.get("title") if isinstance(source, Mapping) else None
    published, updated = _day(entry, "published"), _day(entry, "updated")
    if published is None and not is_atom:
        # feedparser gives the one day that RSS has beside pubDate, dc:date, as an update. Atom's
        # 'updated' is one: an entry that says no more has no day of publication.
        published, updated = updated, None
    metadata = Metadata.from_fields(
        {
            "id": _said(entry, "id"),
            "title": _plain(_said(entry, "title")),
            "outlet": _plain(outlet) or channel.title,
            "published": published,
            "updated": updated,
            "url": _said(entry, "link"),
            "language": _said(entry, "language") or channel.language,
        }
    )
    return Record(metadata, text, line=place)


def _said(entry: Mapping[str, object], name: str) -> object:
    """What the entry itself says; feedparser's own `get` gives 'published' for 'updated'."""
    return dict.get(entry, name) if isinstance(entry, dict) else None


def _text(entry: Mapping[str, object]) -> str:
    """The full text where the feed carries it, else the summary."""
    contents = _said(entry, "content")
    parts = list(contents) if isinstance(contents, list) else []
    full = [_words(part) for part in parts if isinstance(part, Mapping)]
    summary = _said(entry, "summary_detail")
    short = _words(summary) if isinstance(summary, Mapping) else ""
    return max([*full, short], key=len)


def _words(part: Mapping[str, object]) -> str:
    value = str(part.get("value") or "")
    return value.strip() if part.get("type") == "text/plain" else from_html(value)


def _day(entry: Mapping[str, object], name: str) -> object:
    """The day as the feed writes it, for a converted one may be the day before or after."""
    written = _said(entry, name)
    if parse_date(written) is not None:
        return written
    parsed = _said(entry, f"{name}_parsed")
    return date(*parsed[:3]) if isinstance(parsed, struct_time) else None


def _plain(value: object) -> str | None:
    return " ".join(from_html(value).split()) or None if isinstance(value, str) else None

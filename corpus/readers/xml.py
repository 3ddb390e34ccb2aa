"""XML that carries news: RSS and Atom feeds, NITF, NewsML 1 and NewsML-G2.

Told apart by the root element. A document may be larger than memory, for its articles are read
one at a time. No DTD is loaded, nothing is fetched, and no entity is resolved but those of HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from corpus.errors import UnreadableFile
from corpus.readers import feed, newsml
from corpus.readers.load import load_bytes
from corpus.readers.paragraphs import tag_of
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

# root -> the element that is one article
_ARTICLES = {
    "rss": "item", "rdf": "item", "feed": "entry", "nitf": "nitf", "newsml": "newsitem",
    "newsitem": "newsitem", "newsmessage": "newsitem",
}  # fmt: skip
_FEEDS = ("rss", "rdf", "feed")
# One article has some hundreds of elements; more than this fill the memory.
_MOST_ELEMENTS = 200_000
# Feeds carry some dozens of entries, archives of feeds some thousands. So many without a word in
# succession are no news, and each costs a reason.
_MOST_EMPTY = 5_000
_NOT_XML = "not XML of a kind that Dateline reads (RSS, Atom, NITF, NewsML)"


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """Each article, or what is wrong with it. Raises UnreadableFile."""
    document = _Document(source, options)
    place = empty = 0
    try:
        for place, element in enumerate(document.articles(), 1):
            if empty == _MOST_EMPTY:
                raise UnreadableFile(
                    f"{empty:,} entries in succession hold no article: "
                    f"the rest, from entry {place:,} on, is not read"
                )
            found = _article(element, place, document)
            empty = empty + 1 if isinstance(found, Fault) else 0
            yield found
    except etree.XMLSyntaxError as error:
        if not document.root:
            raise UnreadableFile(f"not XML: {error.msg}", where=source.name) from error
        if document.root in _FEEDS:
            yield from _rest_of_feed(source, options, place, error)
        else:
            yield Fault(error.lineno, f"the XML breaks off here: {error.msg}")
        return
    except etree.LxmlError as error:
        raise UnreadableFile(f"not XML that can be read: {error}", where=source.name) from error
    if not place:
        raise UnreadableFile(f"no article in this {document.root}", where=source.name)


def _article(element: etree._Element, place: int, document: _Document) -> Record | Fault:
    if document.root in _FEEDS:
        found = feed.article(element, place, document.channel)
    elif document.root == "nitf":
        found = newsml.nitf(element)
    else:
        found = newsml.news_item(element, place)
    if isinstance(found, str):
        return Fault(element.sourceline, found)
    return found


def _rest_of_feed(
    source: Source, options: ReadOptions, done: int, error: etree.XMLSyntaxError
) -> Iterator[Record | Fault]:
    """The articles of a broken feed from where it breaks: feedparser reads on where XML ends."""
    try:
        data = load_bytes(source, options)
        rest = feed.articles(data)[done:]
    except UnreadableFile as unread:
        yield Fault(error.lineno, f"the XML breaks off here ({error.msg}); {unread.what}")
        return
    yield from rest
    if not rest:
        yield Fault(error.lineno, f"the XML breaks off here: {error.msg}")


class _Document:
    """One document, of which only the article that is being read is in memory.

    Attributes:
        root: the root element's name, in lower case; '' until it has been read.
        channel: what a feed says about itself, as far as it has been read.
    """

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._source = source
        self._options = options
        self.root = ""
        self.channel = feed.Channel()

    def articles(self) -> Iterator[etree._Element]:
        """Each article's element, emptied when the next is asked for. Raises LxmlError."""
        with self._source.open() as file:
            bounded = _Bounded(file, self._options.max_bytes)
            events = etree.iterparse(
                bounded, events=("start", "end"), resolve_entities=False, load_dtd=False,
                no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
            )  # fmt: skip
            inside: etree._Element | None = None
            elements = 0
            for event, element in events:
                name = tag_of(element)
                if not self.root:
                    self._begin(name)
                elements += 1
                if elements > _MOST_ELEMENTS:
                    raise UnreadableFile(f"more than {_MOST_ELEMENTS:,} elements in one article")
                if event == "start":
                    if inside is None and name == _ARTICLES[self.root]:
                        inside = element
                    continue
                if inside is None:
                    self.channel = self.channel.with_element(name, element)
                    bounded.begin()
                elif element is inside:
                    yield element
                    inside, elements = None, 0
                    bounded.begin()
                    _forget(element)

    def _begin(self, name: str) -> None:
        if name not in _ARTICLES:
            raise UnreadableFile(f"{_NOT_XML}, but <{name[:40]}>", where=self._source.name)
        self.root = name


def _forget(element: etree._Element) -> None:
    """Free an element that has been read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Bounded:
    """A file of which one article may take only so many bytes."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most
        self._taken = 0

    def begin(self) -> None:
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._taken += len(data)
        if self._taken > self._most:
            raise UnreadableFile(f"an article of more than {self._most:,} bytes")
        return data

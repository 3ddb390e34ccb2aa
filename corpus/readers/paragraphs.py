"""Paragraphs: the words of a piece of markup, one paragraph a block, and nothing left out.

For markup that holds an article and no page around it: the entries of a feed, NITF, NewsML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

# Elements that begin and end a paragraph, in HTML and in NITF.
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "body.content", "bq", "block",
        "caption", "center", "datasource", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "fn", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hl1", "hl2", "hr", "li", "main", "nitf-table", "note", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
# What a reader of the page does not read as its words; 'media' is NITF's pictures and captions.
_SKIPPED = frozenset(
    (
        "button", "form", "head", "iframe", "media", "nav", "noscript", "object", "script",
        "select", "style", "svg", "template", "title",
    )
)  # fmt: skip
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]*>")
_BREAK = "\n"


def from_html(fragment: str) -> str:
    """The words of a piece of HTML; a text without tags or entities as it is."""
    if "<" not in fragment and "&" not in fragment:
        return fragment
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(_SURROGATE.sub("\ufffd", fragment), parser=parser)
    except (etree.LxmlError, ValueError):
        return _without_tags(fragment)
    if any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        return _without_tags(fragment)  # it stops where the nesting has no end, and drops the rest
    return from_element(root)


def _without_tags(fragment: str) -> str:
    return html.unescape(_TAG.sub(" ", fragment)).strip()


def from_element(root: etree._Element) -> str:
    """The words of an element, one paragraph a block."""
    blocks: list[str] = []
    words: list[str] = []
    for piece in _pieces(root):
        if piece is None:
            blocks.append(_joined(words))
            words = []
        else:
            words.append(piece)
    blocks.append(_joined(words))
    return "\n\n".join(block for block in blocks if block)


def _joined(words: list[str]) -> str:
    lines = "".join(words).split(_BREAK)
    return "\n".join(line for line in (line.strip(" |") for line in lines) if line)


def _pieces(root: etree._Element) -> Iterator[str | None]:
    """The words in order, and None where a paragraph begins or ends.

    Without recursion: a page may be nested more deeply than Python may call.
    """
    waiting: list[str | etree._Element | None] = [root]
    while waiting:
        piece = waiting.pop()
        if piece is None or isinstance(piece, str):
            yield piece
            continue
        name = tag_of(piece)
        if name == "&":
            yield html.unescape(piece.text or "")
        elif name and name not in _SKIPPED:
            waiting.extend(reversed(_inside(piece, name)))


def _inside(element: etree._Element, name: str) -> list[str | etree._Element | None]:
    edge: list[str | etree._Element | None] = []
    if name in _BLOCKS:
        edge = [None]
    elif name in _CELLS:
        edge = [" | "]
    elif name == "br":
        edge = [_BREAK]
    inside: list[str | etree._Element | None] = [_flat(element.text)]
    for child in element:
        inside += [child, _flat(child.tail)]
    return [*inside, *edge] if name in (_CELLS | {"br"}) else [*edge, *inside, *edge]


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def tag_of(element: etree._Element) -> str:
    """The element's name without its namespace; '&' for an entity, '' for a comment."""
    if isinstance(element, etree._Entity):
        return "&"
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


_SURROGATE = re.compile("[\ud800-\udfff\x00]")

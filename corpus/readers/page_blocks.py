"""The blocks of a page: each paragraph, heading or list item, with the boxes that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from corpus.characters import normalise

# Elements that begin and end a line of their own.
_BREAKS = frozenset(
    ("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "pre", "div", "section",
     "article", "main", "header", "ul", "ol", "dl", "table", "tbody", "thead", "tr", "td", "th",
     "figure", "figcaption", "aside", "nav", "footer", "form", "body", "h1")
)  # fmt: skip
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "button", "select")
)
_ELSEWHERE = frozenset(
    ("nav", "footer", "aside", "form", "figure", "figcaption", "dialog", "table", "label")
)
# Names of boxes that are no part of an article, as sites write them in class and id.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|related\w*|sidebar|newsletters?|signup|sign-up|subscri\w*"
    r"|cookies?|consent|gdpr|promo\w*|share\w*|sharing|social|advert\w*|ads?|sponsor\w*|widget"
    r"|footer|nav|navigation|navbar|breadcrumbs?|captions?|byline|author|bio|tags?|recommend\w*"
    r"|trending|popular|most-read|mostread|teasers?|paywall|gate|disclaimer|copyright|pullquote"
    r"|pull-quote|modal|popup|banner|menu|toolbar|read-more|readmore|more-on|outbrain|taboola"
    r"|hidden|screen-reader-text|sr-only|visually-hidden)(?=$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page: its words, its element and the boxes that it stands in."""

    words: str
    element: HtmlElement
    boxed: bool


def blocks(tree: HtmlElement) -> Iterator[Block]:
    """The blocks of the page's body that hold words, in order, each once."""
    body = tree.find(".//body")
    boxed: dict[HtmlElement, bool] = {}
    silent: set[HtmlElement] = set()
    for element in (body if body is not None else tree).iter():
        over = element.getparent()
        if over in silent or element.tag in _SILENT:
            silent.add(element)
            continue
        if not isinstance(element.tag, str):
            continue
        boxed[element] = boxed.get(over, False) or _is_box(element)
        words = _own_words(element) if element.tag in _BREAKS else ""
        if squeeze(words):
            yield Block(words, element, boxed[element])


def squeeze(words: str) -> str:
    """The letters and figures alone: how a line is compared, whatever stands between them."""
    return "".join(character for character in words if character.isalnum())


def words_of(element: HtmlElement) -> str:
    """The words of an element and of all inside it, in one line."""
    return " ".join(normalise(element.text_content()).split())


def _is_box(element: HtmlElement) -> bool:
    if element.tag in _ELSEWHERE:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _BOX.search(names) is not None and element.tag not in ("body", "html", "article", "main")


def _own_words(element: HtmlElement) -> str:
    """The words of a block without those of blocks inside it."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _BREAKS and child.tag not in _SILENT:
            pieces.append(_own_words(child) if child.tag != "br" else " ")
        pieces.append(child.tail or "")
    return " ".join(normalise("".join(pieces)).split())

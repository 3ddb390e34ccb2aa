"""What the extraction of a page left behind: reporting is put back, the rest is kept aside.

trafilatura finds where a page's article stands, and now and then takes one part for the whole: the
first post of a live blog, or a body without the points above it. So its text is compared with
the page, block by block. A sentence that stands where the article stands, and in no box that
says what else it is (navigation, comments, 'related'), goes back to its place. Other sentences
of the page are handed over as dropped, so that a reader can see them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from corpus.characters import normalise, without_hidden

# Of more blocks no comparison is made: 5,000 paragraphs are a book.
_MOST_BLOCKS = 5_000
# A table with a cell of more words than this, or with paragraphs in it, lays out a page.
_LAYOUT_WORDS = 60
# So few words may stand anywhere in a text, and tell nothing of where a block belongs.
_TELLING_WORDS = 5
# A line without its full stop is put back from so many words on; shorter ones are labels.
_LINE_WORDS = 8
# A block of which more than this share is links is a list of links.
_LINK_SHARE = 0.5
_STOPS = (".", "!", "?", "…", "؟", "।", "۔", "。")
_CLOSERS = "\"'”’»)] "

_BLOCKS = frozenset(("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "pre"))
_HEADINGS = frozenset(("h2", "h3", "h4"))
_BREAKS = _BLOCKS | {
    "div", "section", "article", "main", "header", "ul", "ol", "dl", "table", "tbody", "thead",
    "tr", "td", "th", "figure", "figcaption", "aside", "nav", "footer", "form", "body", "h1",
}  # fmt: skip
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
_FOOTNOTE = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")
_RULE = re.compile(r"[|\s:-]*-{3,}[|\s:-]*")


@dataclass(frozen=True, slots=True)
class _Block:
    """One block of the page: its words, its element and the boxes that it stands in."""

    words: str
    element: HtmlElement
    boxed: bool


def prepare(tree: HtmlElement) -> tuple[str, ...]:
    """Make the page say in plain elements what it shows; gives the words that were taken out.

    Hidden characters go first, or no line of the extraction would be found on the page. Quoted
    words get the quotation marks that a browser draws; struck words and the numbers of footnotes
    go; a table that only lays out the page becomes plain boxes.
    """
    for element in tree.iter():
        if element.text and isinstance(element.tag, str):
            element.text = without_hidden(element.text)
        if element.tail:
            element.tail = without_hidden(element.tail)
    dropped: list[str] = []
    for quoted in list(tree.iter("q")):
        quoted.text = "“" + (quoted.text or "")
        if len(quoted):
            quoted[-1].tail = (quoted[-1].tail or "") + "”"
        else:
            quoted.text += "”"
        quoted.drop_tag()
    for struck in list(tree.iter("del", "s", "strike")):
        dropped.append(_words(struck))
        struck.drop_tree()
    for raised in list(tree.iter("sup")):
        if raised.find(".//a") is not None and _FOOTNOTE.fullmatch(_words(raised)):
            dropped.append(_words(raised))
            raised.drop_tree()
    for table in [each for each in tree.iter("table") if _lays_out(each)]:
        for part in [table, *_own_parts(table)]:
            part.tag = "div"
    return tuple(line for line in dropped if line)


def _own_parts(table: HtmlElement) -> list[HtmlElement]:
    """The rows and cells of a table, without those of tables inside it."""
    return [
        part
        for part in table.iter("tbody", "thead", "tfoot", "tr", "td", "th")
        if next(part.iterancestors("table"), None) is table
    ]


def _lays_out(table: HtmlElement) -> bool:
    cells = [part for part in _own_parts(table) if part.tag in ("td", "th")]
    return any(
        cell.find(".//p") is not None
        or cell.find(".//table") is not None
        or len(cell.text_content().split()) > _LAYOUT_WORDS
        for cell in cells
    )


def recover(tree: HtmlElement, extracted: str) -> tuple[list[str], list[str]]:
    """The paragraphs of an article, with those put back that were lost; and the page's other lines.

    Args:
        tree: the page, prepared.
        extracted: what the extraction gave, one paragraph a line.

    Returns:
        The article's paragraphs and the dropped ones, each in the page's order.
    """
    lines = [line for line in extracted.split("\n") if line.strip() and not _RULE.fullmatch(line)]
    blocks = list(_blocks(tree))
    if not lines or len(blocks) > _MOST_BLOCKS:
        return lines, []
    text, ends = _squeezed(lines)
    places = [text.find(squeeze(block.words)) for block in blocks]
    found = [
        block.element
        for block, at in zip(blocks, places, strict=True)
        if at >= 0 and len(block.words.split()) >= _TELLING_WORDS
    ]
    scope = _scope(tree, found)
    lost: list[tuple[int, str]] = []
    dropped: list[str] = []
    line = 0
    heading = ""
    for block, at in zip(blocks, places, strict=True):
        is_heading = block.element.tag in _HEADINGS
        if at >= 0:
            if len(block.words.split()) >= _TELLING_WORDS:
                line = max(line, bisect_left(ends, at + 1) + 1)
            heading = ""
        elif not block.boxed and _within(block.element, scope) and (is_heading or _tells(block)):
            if is_heading:
                heading = block.words  # put back only with what stands under it
                continue
            lost.extend((line, words) for words in (heading, block.words) if words)
            heading = ""
        elif _is_sentence(block.words):
            dropped.append(block.words)
    for at, words in reversed(lost):
        lines.insert(at, words)
    return lines, dropped


def _within(element: HtmlElement, scope: HtmlElement | None) -> bool:
    return scope is not None and any(each is scope for each in element.iterancestors())


def _tells(block: _Block) -> bool:
    """Whether the block is a sentence, or a line long enough to be one, and no list of links."""
    long_line = block.element.tag in ("p", "li") and len(block.words.split()) >= _LINE_WORDS
    linked = sum(len(_words(link)) for link in block.element.iter("a"))
    return (_is_sentence(block.words) or long_line) and linked <= _LINK_SHARE * len(block.words)


def _is_sentence(words: str) -> bool:
    return words.rstrip(_CLOSERS).endswith(_STOPS) and len(words.split()) > 1


def squeeze(words: str) -> str:
    """The letters and figures alone: how a line is compared, whatever stands between them."""
    return "".join(character for character in words if character.isalnum())


def _squeezed(lines: list[str]) -> tuple[str, list[int]]:
    """All lines squeezed into one text, and the offset in it at which each line ends."""
    pieces = [squeeze(line) for line in lines]
    ends, at = [], 0
    for piece in pieces:
        at += len(piece)
        ends.append(at)
    return "".join(pieces), ends


def _scope(tree: HtmlElement, found: list[HtmlElement]) -> HtmlElement | None:
    """The element that the article stands in: it holds what was found, and the page's headline.

    A page without a headline of its own above it keeps to the element that holds what was found.
    The whole page is no scope, for there nothing tells an article from what stands around it.
    """
    if not found:
        return None
    scope = _common(found)
    headings = list(tree.iter("h1"))
    if scope is not None and len(headings) == 1 and scope.find(".//h1") is None:
        scope = _common([scope, headings[0]])
    return None if scope is None or scope.tag in ("body", "html") else scope


def _common(elements: list[HtmlElement]) -> HtmlElement | None:
    """The lowest element that holds all the given ones."""
    shared = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        over = {element, *element.iterancestors()}
        shared = [each for each in shared if each in over]
    return shared[0] if shared else None


def _blocks(tree: HtmlElement) -> Iterator[_Block]:
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
            yield _Block(words, element, boxed[element])


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


def _words(element: HtmlElement) -> str:
    return " ".join(normalise(element.text_content()).split())

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

from lxml.html import HtmlElement

from corpus.readers.page_blocks import Block, blocks, squeeze, words_of

# Of more blocks no comparison is made: 5,000 paragraphs are a book.
_MOST_BLOCKS = 5_000
# So few words may stand anywhere in a text, and tell nothing of where a block belongs.
_TELLING_WORDS = 5
# A line without its full stop is put back from so many words on; shorter ones are labels.
_LINE_WORDS = 8
# A block of which more than this share is links is a list of links.
_LINK_SHARE = 0.5
_STOPS = (".", "!", "?", "…", "؟", "।", "۔", "。")
_CLOSERS = "\"'”’»)] "

_HEADINGS = frozenset(("h2", "h3", "h4"))
_RULE = re.compile(r"[|\s:-]*-{3,}[|\s:-]*")


def recover(tree: HtmlElement, extracted: str) -> tuple[list[str], list[str]]:
    """The paragraphs of an article, with those put back that were lost; and the page's other lines.

    Args:
        tree: the page, prepared.
        extracted: what the extraction gave, one paragraph a line.

    Returns:
        The article's paragraphs and the dropped ones, each in the page's order.
    """
    lines = [line for line in extracted.split("\n") if line.strip() and not _RULE.fullmatch(line)]
    on_page = list(blocks(tree))
    if not lines or len(on_page) > _MOST_BLOCKS:
        return lines, []
    text, ends = _squeezed(lines)
    placed = [(block, text.find(squeeze(block.words))) for block in on_page]
    scope = _scope(tree, [block.element for block, at in placed if at >= 0 and _is_long(block)])
    lost: list[tuple[int, str]] = []
    dropped: list[str] = []
    line = 0
    heading = ""
    for block, at in placed:
        is_heading = block.element.tag in _HEADINGS
        if at >= 0:
            if _is_long(block):
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


def _is_long(block: Block) -> bool:
    """Whether where the block's words stand tells where it belongs."""
    return len(block.words.split()) >= _TELLING_WORDS


def _tells(block: Block) -> bool:
    """Whether the block is a sentence, or a line long enough to be one, and no list of links."""
    long_line = block.element.tag in ("p", "li") and len(block.words.split()) >= _LINE_WORDS
    linked = sum(len(words_of(link)) for link in block.element.iter("a"))
    return (_is_sentence(block.words) or long_line) and linked <= _LINK_SHARE * len(block.words)


def _is_sentence(words: str) -> bool:
    return words.rstrip(_CLOSERS).endswith(_STOPS) and len(words.split()) > 1


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

"""A page made to say in plain elements what it shows, before its article is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from corpus.characters import without_hidden
from corpus.readers.page_blocks import words_of

# A table with a cell of more words than this, or with paragraphs in it, lays out a page.
_LAYOUT_WORDS = 60
_FOOTNOTE = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")


def prepare(tree: HtmlElement) -> tuple[str, ...]:
    """Make the page say in plain elements what it shows; gives the words that were taken out.

    Hidden characters go first, or no line of the extraction would be found on the page. Quoted
    words get the quotation marks that a browser draws; struck words and the numbers of footnotes
    go; a table that only lays out the page becomes plain boxes.
    """
    _drop_hidden(tree)
    _draw_quotation_marks(tree)
    dropped = [*_take_struck(tree), *_take_footnotes(tree)]
    for table in [each for each in tree.iter("table") if _lays_out(each)]:
        for part in [table, *_own_parts(table)]:
            part.tag = "div"
    return tuple(line for line in dropped if line)


def _drop_hidden(tree: HtmlElement) -> None:
    for element in tree.iter():
        if element.text and isinstance(element.tag, str):
            element.text = without_hidden(element.text)
        if element.tail:
            element.tail = without_hidden(element.tail)


def _draw_quotation_marks(tree: HtmlElement) -> None:
    for quoted in list(tree.iter("q")):
        quoted.text = "“" + (quoted.text or "")
        if len(quoted):
            quoted[-1].tail = (quoted[-1].tail or "") + "”"
        else:
            quoted.text += "”"
        quoted.drop_tag()


def _take_struck(tree: HtmlElement) -> Iterator[str]:
    for struck in list(tree.iter("del", "s", "strike")):
        yield words_of(struck)
        struck.drop_tree()


def _take_footnotes(tree: HtmlElement) -> Iterator[str]:
    for raised in list(tree.iter("sup")):
        if raised.find(".//a") is not None and _FOOTNOTE.fullmatch(words_of(raised)):
            yield words_of(raised)
            raised.drop_tree()


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

"""The paragraphs of a Word document, with those that its styles call headings."""

from __future__ import annotations

import io

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.readers import docx as article_reader
from corpus.readers.load import load_bytes
from corpus.readers.record import ReadOptions
from corpus.readers.source import Source
from rag.drafts.draft import Role, line_role

_HEADINGS = ("heading", "title", "subtitle")
"""How the names of Word's own heading styles begin, in lower case."""


def word_blocks(source: Source) -> list[tuple[Role, str]]:
    """The words of each paragraph and of each cell of a table, in order, with their role.

    Raises:
        UnreadableFile: it is no Word document, is encrypted, or would fill the memory.
    """
    options = ReadOptions()
    # The reader of articles refuses what is damaged or would not fit; after it nothing is left
    # that python-docx cannot open.
    list(article_reader.read(source, options))
    document = docx.Document(io.BytesIO(load_bytes(source, options)))
    inner = list(document.iter_inner_content())
    found: list[tuple[Role, str]] = []
    for block in inner:
        if isinstance(block, Paragraph):
            found.append((_role_of(block, alone=len(inner) == 1), block.text.strip()))
        elif isinstance(block, Table):
            found.extend(_cells(block))
    return [(role, words) for role, words in found if words]


def _role_of(paragraph: Paragraph, *, alone: bool) -> Role:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if style.lower().startswith(_HEADINGS):
        return "heading"
    if style.lower().startswith("list"):
        return "prose"
    return line_role(paragraph.text, alone=alone)


def _cells(table: Table) -> list[tuple[Role, str]]:
    """Each cell once; one that spans several columns or rows is listed by Word in each."""
    seen: set[int] = set()
    cells: list[tuple[Role, str]] = []
    for row in table.rows:
        for cell in row.cells:
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(("prose", cell.text.strip()))
    return cells

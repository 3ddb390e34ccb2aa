"""Word documents (.docx): one file, one article; tables come as rows, one paragraph each."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.load import load_bytes
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

_FAILURES = (
    OpcError, LxmlError, zipfile.BadZipFile, zlib.error, ValueError, TypeError, KeyError,
    IndexError, AttributeError, RecursionError, NotImplementedError, RuntimeError, EOFError,
    AssertionError,
)  # fmt: skip
# A paragraph of text has some 20 tags, so that this is 25,000 paragraphs: several novels.
_MOST_TAGS = 500_000
# Pictures in a document do not unpack to more than they take; its text packs ten times.
_MOST_UNPACKED = 5
# What older Word writes: a compound file, not a zip. So does a document under a password.
_COMPOUND = b"\xd0\xcf\x11\xe0"


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """The document's one article.

    Its dates are not those of the article: a document says when it was last saved. Raises
    UnreadableFile.
    """
    data = load_bytes(source, options)
    if data.startswith(_COMPOUND):
        raise UnreadableFile("encrypted, or of Word before 2007", where=source.name)
    try:
        _guard(data, options)
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document))
        about = document.core_properties
        fields: dict[str, object] = {"title": about.title, "language": about.language}
    except _FAILURES as error:
        raise UnreadableFile(f"not a .docx that can be read: {error}", where=source.name) from error
    if not paragraphs:
        raise UnreadableFile("no text in it", where=source.name)
    yield Record(Metadata.from_fields(fields), "\n\n".join(paragraphs))


def _guard(data: bytes, options: ReadOptions) -> None:
    """Raises UnreadableFile for a document that would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED * options.max_bytes:
            raise UnreadableFile(
                f"unpacks to more than {_MOST_UNPACKED * options.max_bytes:,} bytes"
            )
        tags = 0
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")):
                continue
            with packed.open(part) as file:
                while block := file.read(65_536):
                    tags += block.count(b"<")
        if tags > _MOST_TAGS:
            raise UnreadableFile(f"more than {_MOST_TAGS:,} tags: no document of one article")


def _paragraphs(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if text := block.text.strip():
                yield text
        elif isinstance(block, Table):
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    """Each row as one line; a cell that spans several columns once."""
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen and (text := " ".join(cell.text.split())):
                cells.append(text)
            seen.add(id(cell._tc))
        if cells:
            yield " | ".join(cells)

"""PDF: one file, one article: the text of its pages, without what repeats on every page."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, PyPdfError

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.load import load_bytes
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False  # a damaged file is told of by a Rejected

# pypdf meets damage in many ways, of which its own errors are the fewest.
_FAILURES = (
    PyPdfError, DependencyError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, RecursionError, NotImplementedError, OverflowError, MemoryError,
    ZeroDivisionError, StopIteration, struct.error, zlib.error,
)  # fmt: skip
# How many pages are read; the longest newspapers, Sunday editions, have some hundreds.
_MOST_PAGES = 2_000
# Operands and operators on one page: a dense page of newsprint has some tens of thousands.
_MOST_WORK = 500_000
# Lines at the head and at the foot of a page among which running heads and feet are looked for.
_EDGE = 2
# The share of the pages on which a line must stand: first pages and full-page pictures lack it.
_REPEATED = 0.6
_NUMBER = re.compile(r"\d+")
_HYPHENATED = re.compile(
    r"(?P<head>[^\W\d_]+)(?:\u00ad|(?P<hyphen>[-\u2010]))\n(?P<tail>[a-z\u00df-\u00ff]+)"
)
# Titles that programs give, not editors.
_NO_TITLE = re.compile(
    r"untitled.*|(?:microsoft (?:word|powerpoint)|print) .*|.*\.(?:docx?|pdf|indd|qxp|html?|txt)"
    r"|document\d*|about:blank|https?://\S*",
    re.IGNORECASE,
)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """The file's one article.

    Its dates are not those of the article: a PDF says when it was made. Raises UnreadableFile,
    also where the file is encrypted or holds pictures of text and no text.
    """
    data = load_bytes(source, options)
    try:
        with apply_configuration(
            zlib_maximum_output_length=options.max_bytes,
            lzw_maximum_output_length=options.max_bytes,
            run_length_maximum_output_length=options.max_bytes,
            array_based_stream_maximum_output_length=options.max_bytes,
            stream_parsing_work_maximum_count=_MOST_WORK,
        ):
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableFile("encrypted: it needs a password", where=source.name)
            pages = _pages(reader, options)
            fields = _fields(reader)
    except DependencyError as error:
        raise UnreadableFile("encrypted in a way that cannot be read", where=source.name) from error
    except _FAILURES as error:
        raise UnreadableFile(f"not a PDF that can be read: {error}", where=source.name) from error
    if not any(pages):
        raise UnreadableFile(
            "no text in it: pictures of pages, perhaps, which need character recognition first",
            where=source.name,
        )
    kept, dropped = without_running_lines(pages)
    text = joined_hyphens("\n".join(line for page in kept for line in page))
    yield Record(Metadata.from_fields(fields), text, dropped=dropped)


def _pages(reader: PdfReader, options: ReadOptions) -> list[list[str]]:
    """The lines of each page that are not blank."""
    if len(reader.pages) > _MOST_PAGES:
        raise UnreadableFile(f"more than {_MOST_PAGES:,} pages")
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > options.max_bytes:
            raise UnreadableFile(f"more than {options.max_bytes:,} characters of text")
        lines = (line.strip() for line in text.splitlines())
        pages.append([line for line in lines if line])
    return pages


def _fields(reader: PdfReader) -> dict[str, object]:
    about = reader.metadata
    title = str(about.title or "").strip() if about else ""
    language = reader.root_object.get("/Lang")
    return {
        "title": None if _NO_TITLE.fullmatch(title) else title,
        "language": str(language) if language else None,
    }


def without_running_lines(
    pages: Sequence[Sequence[str]],
) -> tuple[list[list[str]], tuple[str, ...]]:
    """The pages without their running heads and feet, and those lines, each once.

    A line is one where, numbers aside, it stands at the same edge of most pages. A file of one
    page has none.
    """
    filled = [page for page in pages if page]
    needed = max(2, round(_REPEATED * len(filled) + 0.5))
    heads = Counter(key for page in filled for key in {_key(line) for line in page[:_EDGE]})
    feet = Counter(key for page in filled for key in {_key(line) for line in page[-_EDGE:]})
    kept: list[list[str]] = []
    dropped: dict[str, None] = {}
    for page in filled:
        start, end = 0, len(page)
        while start < min(_EDGE, end) and heads[_key(page[start])] >= needed:
            start += 1
        while end > max(start, len(page) - _EDGE) and feet[_key(page[end - 1])] >= needed:
            end -= 1
        kept.append(list(page[start:end]))
        dropped |= dict.fromkeys([*page[:start], *page[end:]])
    return kept, tuple(dropped)


def _key(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.split())).casefold()


def joined_hyphens(text: str) -> str:
    """The text with the words that a line's end divides made whole.

    A hyphen that belongs to the word stays, where the text has the word so elsewhere and never
    without it.
    """
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold()))

    def whole(found: re.Match[str]) -> str:
        head, tail = found["head"], found["tail"]
        kept = f"{head}-{tail}".casefold() in words and f"{head}{tail}".casefold() not in words
        return f"{head}-{tail}" if found["hyphen"] and kept else f"{head}{tail}"

    return _HYPHENATED.sub(whole, text)

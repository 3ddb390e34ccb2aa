"""The forms of file that Dateline reads: one module a form, found by the file's ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from corpus.readers.record import Fault, ReadOptions, Record, Rejected
from corpus.readers.source import Source

__all__ = [
    "READERS",
    "Fault",
    "ReadOptions",
    "Reader",
    "Record",
    "Rejected",
    "Source",
    "forms",
    "is_read",
    "reader_for",
]

# A reader of an archive gives the sources that lie in it; every other gives articles.
Reader = Callable[[Source, ReadOptions], Iterator[Record | Fault | Source]]

# The ending, in lower case -> 'module:function'. Loaded when first needed: the HTML reader's
# libraries take a second to import.
READERS: dict[str, str] = {
    ".txt": "corpus.readers.text:read",
    ".md": "corpus.readers.markdown:read",
    ".markdown": "corpus.readers.markdown:read",
    ".html": "corpus.readers.html:read",
    ".htm": "corpus.readers.html:read",
    ".xhtml": "corpus.readers.html:read",
    ".mhtml": "corpus.readers.mhtml:read",
    ".mht": "corpus.readers.mhtml:read",
    ".pdf": "corpus.readers.pdf:read",
    ".docx": "corpus.readers.docx:read",
    ".xml": "corpus.readers.xml:read",
    ".rss": "corpus.readers.xml:read",
    ".atom": "corpus.readers.xml:read",
    ".sgm": "corpus.readers.sgml:read",
    ".json": "corpus.readers.json:read",
    ".jsonl": "corpus.readers.jsonl:read",
    ".ndjson": "corpus.readers.jsonl:read",
    ".csv": "corpus.readers.table:read",
    ".tsv": "corpus.readers.table:read",
    ".warc": "corpus.readers.warc:read",
    ".warc.gz": "corpus.readers.warc:read",
    ".zip": "corpus.readers.zip:read",
    ".gz": "corpus.readers.gz:read",
}
# The forms that hold files of other forms.
_ARCHIVES = (".zip", ".gz")


def is_read(form: str) -> bool:
    """Whether Dateline reads a form (see `Source.form`)."""
    return _name_of(form) is not None


def reader_for(form: str) -> Reader | None:
    """The reader of a form, or None where Dateline has none."""
    name = _name_of(form)
    if name is None:
        return None
    module, function = name.split(":")
    return cast(Reader, getattr(import_module(module), function))


def _name_of(form: str) -> str | None:
    packed = form.removesuffix(".gz")
    if form in READERS or packed == form:
        return READERS.get(form)
    return READERS[".gz"] if packed in READERS and packed not in _ARCHIVES else None


def forms() -> str:
    """The endings that Dateline reads, for a sentence."""
    return ", ".join(READERS)

"""The forms of file that Dateline reads: one module a form, found by the file's ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.readers.record import Fault, ReadOptions, Record, Rejected

__all__ = ["READERS", "Fault", "ReadOptions", "Reader", "Record", "Rejected", "reader_for"]

Reader = Callable[[Path, ReadOptions], Iterator[Record | Fault]]

# The ending, in lower case -> 'module:function'. Loaded when first needed: the HTML reader's
# libraries take a second to import.
READERS: dict[str, str] = {
    ".txt": "corpus.readers.text:read",
    ".md": "corpus.readers.markdown:read",
    ".markdown": "corpus.readers.markdown:read",
    ".html": "corpus.readers.html:read",
    ".htm": "corpus.readers.html:read",
    ".jsonl": "corpus.readers.jsonl:read",
    ".ndjson": "corpus.readers.jsonl:read",
    ".csv": "corpus.readers.table:read",
    ".tsv": "corpus.readers.table:read",
}


def reader_for(path: Path) -> Reader | None:
    """The reader of files with this ending, or None where Dateline has none."""
    name = READERS.get(path.suffix.lower())
    if name is None:
        return None
    module, function = name.split(":")
    return cast(Reader, getattr(import_module(module), function))

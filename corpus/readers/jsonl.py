"""JSON lines: one object a line, one article an object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata, text_names
from corpus.readers.lines import Line, table_lines
from corpus.readers.record import Fault, ReadOptions, Record


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """Each line's article, or what is wrong with the line. Raises UnreadableFile."""
    first = True
    for line in table_lines(path, options):
        if line.fault is None and not line.text.strip():
            continue
        if first and line.text.strip() == "[":
            raise UnreadableFile("one JSON array, not one object a line", where=path)
        first = False
        yield _row(line)


def _row(line: Line) -> Record | Fault:
    if line.fault:
        return Fault(line.number, line.fault)
    try:
        fields = json.loads(line.text)
    except json.JSONDecodeError as error:
        return Fault(line.number, f"not JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError) as error:
        return Fault(line.number, f"not JSON that can be read: {error}")
    if not isinstance(fields, dict):
        return Fault(line.number, "not a JSON object")
    metadata = Metadata.from_fields(fields)
    if metadata.text is None:
        return Fault(line.number, f"no text under any of: {', '.join(text_names())}")
    return Record(metadata, metadata.text, line=line.number)

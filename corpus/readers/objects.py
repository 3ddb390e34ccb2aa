"""Objects: from one JSON object to one article."""

from __future__ import annotations

import json

from corpus.readers import columns
from corpus.readers.record import Fault, ReadOptions, Record

# One article has some dozens; a million brackets in 2 MB would fill 100 MB of memory.
MOST_BRACKETS = 200_000


class BadObject(Exception):
    """Text that is no JSON object, with what is wrong and where.

    Attributes:
        at: the character at which it goes wrong; 0 where that is unknown.
    """

    def __init__(self, reason: str, at: int = 0) -> None:
        self.reason = reason
        self.at = at
        super().__init__(reason)


def brackets(text: str) -> int:
    """How many lists and objects the text can open."""
    return text.count("[") + text.count("{")


def parse(text: str) -> object:
    """The JSON value of the text. Raises BadObject."""
    if brackets(text) > MOST_BRACKETS:
        raise BadObject(f"more than {MOST_BRACKETS:,} lists and objects in one article")
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadObject(f"not JSON: {error.msg} at column {error.colno}", error.pos) from error
    except (ValueError, RecursionError) as error:
        raise BadObject(f"not JSON that can be read: {error}") from error
    return value


def article(value: object, line: int | None, options: ReadOptions) -> Record | Fault:
    """The article that a JSON value holds, or what is wrong with it."""
    if not isinstance(value, dict):
        return Fault(line, "not a JSON object")
    metadata = columns.metadata(value, options.columns)
    if metadata.text is None or "text" in columns.absent(value, options.columns):
        return Fault(line, columns.no_text(value, options.columns))
    return Record(metadata, metadata.text, line=line)

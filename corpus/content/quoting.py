"""What stands between quotation marks in a text, those that run over paragraphs included."""

from __future__ import annotations

import re

from corpus.blocks import block_spans

HIDDEN = "\x01"
"""Stands for every character of a quotation in a masked text."""

_CURLY = re.compile(r"[“”]")
_STRAIGHT = re.compile(r'"')
# A single mark opens before a letter and after none; "’" in a word is an apostrophe.
_SINGLE = re.compile(r"(?<!\w)‘(?=\w)[^‘“”\"\n]{12,}?[\w.,!?…]’(?!\w)")


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets (start, end) of each quotation with its marks, in order; end is exclusive.

    A mark that is not closed within its paragraph runs to the paragraph's end, as in news that
    quotes over several paragraphs; a closing mark without an opening one begins none.
    """
    found: list[tuple[int, int]] = []
    for start, end in block_spans(text):
        found.extend(_paired(text, start, end))
    found.extend(
        one.span()
        for one in _SINGLE.finditer(text)
        if not any(start < one.end() and one.start() < end for start, end in found)
    )
    return tuple(sorted(found))


def masked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with every character of the spans hidden, so that offsets stay as they are."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], HIDDEN * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _paired(text: str, start: int, end: int) -> list[tuple[int, int]]:
    marks = _CURLY if _CURLY.search(text, start, end) else _STRAIGHT
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in marks.finditer(text, start, end):
        opens = mark[0] == "“" or (mark[0] == '"' and opened is None)
        if opens and opened is None:
            opened = mark.start()
        elif not opens and opened is not None:
            found.append((opened, mark.end()))
            opened = None
    # A straight mark that stands alone is as likely inches, or lost its partner.
    if opened is not None and (marks is _CURLY or opened == start):
        found.append((opened, end))
    return found

"""Blocks: the paragraphs of a text, whatever its line breaks mean.

Some texts leave a blank line between paragraphs, some end a paragraph with one line break, and
some break lines at a fixed width in the middle of a sentence. Only the last kind of break
means nothing. It betrays itself in two ways: the next line goes on in lower case, or the line
ends where the next word would not have fitted.
"""

from __future__ import annotations

import re
from itertools import pairwise

# A width at which people wrap running text: wire copy is near 60 to 80, wide editors 120.
# Shorter lines that fill their width are a list or verse, and longer lines are paragraphs.
_NARROWEST, _WIDEST = 40, 120
# Three of four words of English prose begin in lower case, and hardly any line of a list does.
# Both shares are of the breaks that come after no full stop.
_CONTINUED_SHARE = 0.3
_FORCED_SHARE = 0.6
# Columns by which a wrapped line may stop short; beyond them a full stop ends a paragraph.
_SLACK = 8
_STOPS = (".", "!", "?", ":")
# Some forms allow 20 MB an article (see `ReadOptions.max_bytes`): lines of 100 characters would
# fill them with as many. Cutting a text costs time and memory by the line, not by the byte.
_MOST_LINES = 200_000
_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_BLANK = re.compile(r"\r?\n[^\S\n]*\r?\n\s*")
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_BULLET = re.compile(r"(?:[-*•·–—▪◦]|\d{1,3}[.)])\s")


def too_many_lines(text: str) -> str | None:
    """Why a text is too long to be cut into blocks; None where it is not."""
    if sum(map(text.count, _BREAKS)) - text.count("\r\n") <= _MOST_LINES:
        return None
    return f"more than {_MOST_LINES:,} lines in one article"


def _mere_wraps(lines: list[str]) -> list[bool]:
    """Of each break between two lines, whether it means nothing."""
    width = max(map(len, lines))
    if width > _WIDEST or len(lines) < 2:
        return [False] * (len(lines) - 1)
    needed = [
        len(line) + 1 + len(following.split(maxsplit=1)[0]) for line, following in pairwise(lines)
    ]
    still_open = [not line.endswith(_STOPS) for line in lines[:-1]]
    continued = [
        is_open and following[0].islower()
        for is_open, following in zip(still_open, lines[1:], strict=True)
    ]
    forced = [
        is_open and width >= _NARROWEST and len(line) >= width // 2 and columns > width
        for is_open, line, columns in zip(still_open, lines[:-1], needed, strict=True)
    ]
    goes_on = sum(continued) >= _CONTINUED_SHARE * sum(still_open)
    if not any(still_open) or not (goes_on or sum(forced) >= _FORCED_SHARE * sum(still_open)):
        return [False] * len(needed)
    return [
        (is_open or columns > width - _SLACK) and not _BULLET.match(following)
        for is_open, columns, following in zip(still_open, needed, lines[1:], strict=True)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def block_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of each block, in order, trimmed, without overlap.

    A blank line ends a block. A single line break ends one too, unless its paragraph is
    wrapped at a fixed width. Every character that is not white space is in one block.
    """
    spans: list[tuple[int, int]] = []
    edges = [0, *(at for found in _BLANK.finditer(text) for at in found.span()), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        lines = [_trimmed(text, *found.span()) for found in _LINE.finditer(text, start, end)]
        if not lines:
            continue
        start = lines[0][0]
        wraps = _mere_wraps([text[a:b] for a, b in lines])
        for (_, end_of_line), (next_start, _), wrapped in zip(
            lines, lines[1:], wraps, strict=False
        ):
            if not wrapped:
                spans.append((start, end_of_line))
                start = next_start
        spans.append((start, lines[-1][1]))
    return spans

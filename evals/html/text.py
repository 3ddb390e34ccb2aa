"""Text of articles, models and users made fit for a page."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with a mark in place of what neither XML nor UTF-8 may hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def webpage(url: str | None) -> str | None:
    """The address of a page that a reader may safely follow; None for any other kind of address."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut with an ellipsis where it is longer than so many characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"

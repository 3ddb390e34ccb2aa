"""Words from articles and models made safe to stand in Markdown."""

from __future__ import annotations

import re
from urllib.parse import quote

# What opens emphasis, code, links, footnotes, HTML, tables, strikethrough and, on many sites,
# mathematics (CommonMark 0.31 and GitHub Flavored Markdown). Each may follow a backslash.
_ACTIVE = re.compile(r"[\\`*_\[\]<>|~^$]|&(?=#?\w+;)")
# What makes a heading, a list or a rule of a line that begins with it.
_OPENING = re.compile(r"^(#|[-+=]|\d+(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_KEPT_IN_URLS = "/:?#@!$&'*+,;=%~-._[]"


def escaped(text: str) -> str:
    """The text in one line, every character of it shown as it is and none of it obeyed."""
    line = _ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
    return _OPENING.sub(_held, line)


def _held(found: re.Match[str]) -> str:
    # '1.' begins a list, and a backslash goes before the full stop: before the digit it would show.
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def link(words: str, url: str | None) -> str:
    """The words as a link; as words in quotation marks where the URL is none of the web's."""
    if url is None or not _WEB.match(url):
        return f"“{escaped(words)}”"
    target = _ENTITY.sub(r"\\&", quote(url, safe=_KEPT_IN_URLS))
    return f"[{escaped(words)}]({target})"

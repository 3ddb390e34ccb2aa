"""SGML of Reuters-21578: many articles a file, each in a REUTERS element.

The set is of 1987, and its articles are told by tags that nobody has used since, so this reads
them as they are: lines, tags that are never nested, and character references.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.lines import Line, table_lines
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

OUTLET = "Reuters"
_OPEN, _CLOSE = "<REUTERS", "</REUTERS>"
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_DAY = re.compile(r"\d{1,2}-[A-Z]{3}-\d{4}")
# How the wire ended an article. The control characters around it are references such as &#3;,
# which HTML's rules for bad references take out.
_SIGNATURES = ("reuter", "reuters")
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n[ \t]+(?=\S)")
_DIVIDED = re.compile(r"(?<=\w-)\n(?=\w)")


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """Each element's article, or what is wrong with it. Raises UnreadableFile."""
    lines: list[str] = []
    begun: int | None = None
    size = count = 0
    for line in table_lines(source, options):
        text = line.text
        if text.startswith(_OPEN):
            if begun is not None:
                yield Fault(begun, f"no {_CLOSE} before the next article")
            begun, lines, size, count = line.number, [], 0, count + 1
        if begun is None:
            continue
        if wrong := _wrong(line, size := size + len(text), options):
            yield Fault(begun, wrong)
            begun = None
            continue
        lines.append(text)
        if _CLOSE in text:
            yield _article("".join(lines), begun)
            begun = None
    if begun is not None:
        yield Fault(begun, f"the file ends before {_CLOSE}")
    if not count:
        raise UnreadableFile(f"no {_OPEN}> element: not SGML of Reuters-21578", where=source.name)


def _wrong(line: Line, size: int, options: ReadOptions) -> str | None:
    if line.fault:
        return line.fault
    return f"longer than {options.max_bytes:,} bytes" if size > options.max_bytes else None


def _article(element: str, line: int) -> Record | Fault:
    opening = element[: element.find(">")]
    attributes = dict(_ATTRIBUTE.findall(opening))
    number = attributes.get("NEWID") or attributes.get("OLDID")
    body = _inside(element, "BODY")
    if body is None:
        return Fault(line, f"no body (article {number})" if number else "no body")
    day = _DAY.search(_inside(element, "DATE") or "")
    metadata = Metadata.from_fields(
        {
            "id": number,
            "title": _inside(element, "TITLE"),
            "outlet": OUTLET,
            "published": day[0] if day else None,
            "language": "en",
        }
    )
    text, _, last = body.rpartition("\n")
    signed = last.strip().lower() in _SIGNATURES
    text = text if signed else body
    dateline = " ".join((_inside(element, "DATELINE") or "").split())
    return Record(
        metadata,
        paragraphs(f"{dateline} {text}" if dateline else text),
        line=line,
        dropped=(last.strip(),) if signed else (),
    )


def _inside(element: str, name: str) -> str | None:
    """The words in a tag, its references resolved; None where there is no such tag."""
    start = element.find(f"<{name}>")
    if start < 0:
        return None
    end = element.find(f"</{name}>", start)
    return html.unescape(
        element[start + len(name) + 2 : end if end >= 0 else len(element)]
    ).rstrip()


def paragraphs(body: str) -> str:
    """The body with a blank line between paragraphs, which the wire began with an indent.

    The other line breaks are those of a wire of 65 columns, and mean nothing.
    """
    pieces = _PARAGRAPH.split(_DIVIDED.sub("", body))
    return "\n\n".join(filter(None, (" ".join(piece.split()) for piece in pieces)))

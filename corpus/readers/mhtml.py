"""MHTML: a page as browsers save it, with its pictures, in one file of e-mail form."""

from __future__ import annotations

import email
import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from corpus.errors import UnreadableFile
from corpus.readers.load import decode, load_bytes
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source
from corpus.written_dates import parse_date

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault | Source]:
    """The saved page, as a source of HTML. Raises UnreadableFile."""
    data = load_bytes(source, options)
    try:
        message = email.message_from_bytes(data)
        page = next((p for p in message.walk() if p.get_content_type() in _PAGES), None)
        payload = page.get_payload(decode=True) if page is not None else None
        charset = page.get_content_charset() if page is not None else None
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise UnreadableFile(f"not MHTML that can be read: {error}", where=source.name) from error
    if page is None or not isinstance(payload, bytes):
        raise UnreadableFile("no HTML page in it", where=source.name)
    text = decode(payload, declared=charset).encode("utf-8", "replace")
    yield replace(
        source,
        form=".html",
        open=lambda: io.BytesIO(text),
        url=source.url or _url(message, page),
        fetched=source.fetched or parse_date(_words(message["Date"])),
    )


def _url(message: Message, page: Message) -> str | None:
    """Where the page stood; 'cid:' and the like are addresses inside the file."""
    stated = (message["Snapshot-Content-Location"], page["Content-Location"])
    urls = (_words(value) for value in stated)
    return next((url for url in urls if url and url.startswith(("http://", "https://"))), None)


def _words(value: object) -> str | None:
    """A header's value in one line; None where it has none."""
    return " ".join(str(value).split()) or None if value is not None else None

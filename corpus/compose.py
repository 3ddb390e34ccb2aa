"""From a record to an article: clean the text, name it, date it, identify it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from corpus.article import Article, identify
from corpus.clean import clean
from corpus.dates import Clues, find
from corpus.headline import first_words, same_words, shorten, take_headline
from corpus.readers.record import Record, Rejected
from corpus.walk import shown

# Metadata may hold anything; the longest headlines that papers print are near 200 characters.
_LONGEST_TITLE = 300


def compose(record: Record, path: Path) -> Article | Rejected:
    """The article that a record of the file at `path` holds.

    What the metadata say goes before what the text's head says. A headline is taken out of the
    text only where it is a line of its own.
    """
    said = record.metadata
    row = f"#{record.line}" if record.line is not None else ""
    cleaned = clean(record.text)
    title, outlet, blocks = take_headline(cleaned.blocks)
    if said.title:
        if title is None or not same_words(title, said.title):
            blocks = cleaned.blocks  # that line is some other one: leave all as it was
            outlet = None
        title = said.title
    if not any(character.isalnum() for block in blocks for character in block):
        return Rejected(shown(path), record.line, "no reporting in it: nothing but page furniture")
    published, dated_by = find(
        Clues(
            metadata=said.published,
            published_line=cleaned.published_line,
            date_head=cleaned.date_head,
            url=said.url,
            page=record.page,
        )
    )
    return Article(
        id=identify(said.url or (f"{said.id} {path}" if said.id else f"{path}{row}")),
        title=shorten(title, _LONGEST_TITLE) if title else first_words(blocks),
        outlet=said.outlet or cleaned.outlet or outlet or _host(said.url),
        published=published,
        dated_by=dated_by,
        updated=said.updated or cleaned.updated,
        url=said.url,
        language=said.language or "en",
        text="\n\n".join(blocks),
        source=shown(path) + row,
        kind=said.kind or "news",
    )


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None

"""From a record to an article: clean the text, name it, date it, identify it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from corpus.article import Article, identify
from corpus.blocks import too_many_lines
from corpus.clean import Cleaned, clean
from corpus.dates import Clues, believable, find
from corpus.headline import first_words, same_words, shorten, take_headline
from corpus.identity import plain_address
from corpus.page_dates import PageDays, page_days
from corpus.readers.record import Record, Rejected
from corpus.walk import shown

# Metadata may hold anything; the longest headlines that papers print are near 200 characters.
_LONGEST_TITLE = 300
# The day of this line: a clock that says an earlier one was never set, and must undate nothing.
_CLOCK_FROM = date(2026, 11, 22)


def compose(record: Record, path: Path | str) -> Article | Rejected:
    """The article that a record of the file at `path` holds.

    What the metadata say goes before what the text's head says. A headline is taken out of the
    text only where it is a line of its own. No line vanishes: it is in the text, it is the
    title, or it is among the dropped.
    """
    if wrong := too_many_lines(record.text):
        return Rejected(shown(path), record.line, wrong)
    said = record.metadata
    row = f"#{record.line}" if record.line is not None else ""
    cleaned = clean(record.text)
    headline, outlet, blocks = take_headline(cleaned.blocks)
    if said.title and not (headline and same_words(headline, said.title)):
        # That line is some other one: leave all as it was.
        headline, outlet, blocks = None, None, cleaned.blocks
    if not any(character.isalnum() for block in blocks for character in block):
        return Rejected(shown(path), record.line, "no reporting in it: nothing but page furniture")
    title = said.title or headline
    title = shorten(title, _LONGEST_TITLE) if title else first_words(blocks)
    published, dated_by, updated = _days(record, cleaned)
    return Article(
        id=identify(_identity(record, path, row)),
        title=title,
        outlet=said.outlet or cleaned.outlet or outlet or cleaned.original or _host(said.url),
        published=published,
        dated_by=dated_by,
        updated=updated,
        url=said.url,
        language=said.language or "en",
        text="\n\n".join(blocks),
        source=shown(path) + row,
        kind=said.kind or "news",
        dropped=(
            *((headline,) if headline and headline != title else ()),
            *((outlet,) if outlet else ()),
            *cleaned.dropped,
            *record.dropped,
        ),
        withdrawn=said.withdrawn,
    )


def _identity(record: Record, path: Path | str, row: str) -> str:
    """The address that all twins of a page share, else the file's name for it, else its place."""
    said = record.metadata
    if said.url:
        return plain_address(said.url)
    return f"{said.id} {path}" if said.id else f"{path}{row}"


def _days(record: Record, cleaned: Cleaned) -> tuple[date | None, str, date | None]:
    """The day of publication, the rule that found it, and the day of the last update."""
    said = record.metadata
    latest = max(date.today(), _CLOCK_FROM)
    if said.fetched:
        latest = min(latest, said.fetched)
    page = page_days(record.page, said.url) if record.page else PageDays()
    stated = said.updated or page.updated or cleaned.updated
    updated = stated if stated and believable(stated, latest) else None
    published, rule = find(
        Clues(
            metadata=said.published,
            structured=page.published,
            published_line=cleaned.published_line,
            date_head=cleaned.date_head,
            url=said.url,
            page=record.page,
            updated=updated,
            latest=latest,
        )
    )
    return published, rule, updated


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None

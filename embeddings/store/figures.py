"""The figures that articles tell, as rows of the library's SQLite file, and back."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from corpus import Article
from corpus.content.figures import FigureMention, figure_mentions
from corpus.content.quantity import Quantity
from corpus.errors import LibraryDamaged
from embeddings.store.rows import SELECT_ARTICLE, to_article
from embeddings.store.storage import damaged

EXTRACTOR = 2
"""The version of `figure_mentions` whose figures are kept. Raise it when that function, or anything
that it calls, finds other figures in a text than before: what an older one found is then read
anew. `tests/embeddings/test_embeddings_figures.py` fails where this was forgotten."""

Figures = tuple[FigureMention, ...]

_COLUMNS = (
    'start, "end", value, low, high, qualifier, unit, counted, grain, what, place, counted_by, '
    "first_day, last_day, since_day, happening, noun, is_part, is_more, is_incident, "
    "sentence_start, sentence_end, clause_start, clause_end"
)
_INSERT_READING = (
    "INSERT OR REPLACE INTO figure_readings (article_id, extractor, source_crc32, crc32) "
    "VALUES (?, ?, ?, ?)"
)
_INSERT = (
    f"INSERT INTO figures (article_id, ordinal, {_COLUMNS}) "
    f"VALUES ({', '.join('?' * (3 + _COLUMNS.count(',')))})"
)
_SELECT_READING = "SELECT extractor, source_crc32, crc32 FROM figure_readings WHERE article_id = ?"
_SELECT = f"SELECT {_COLUMNS} FROM figures WHERE article_id = ? ORDER BY ordinal"

Row = Sequence[Any]
"""The columns of one figure, in the order of `_COLUMNS`."""


def read_figures(article: Article) -> Figures:
    """The figures that an article tells, read from its text."""
    return figure_mentions(article.text, article.published)


def keep(connection: sqlite3.Connection, article: Article, figures: Figures) -> None:
    """Keeps the figures of an article that is there, in the place of those that were kept.

    Args:
        connection: inside a transaction.
        article: as it is stored.
        figures: what `read_figures` gives of it.
    """
    found = [_row(figure) for figure in figures]
    connection.execute("DELETE FROM figures WHERE article_id = ?", (article.id,))
    connection.execute(_INSERT_READING, (article.id, EXTRACTOR, _source_sum(article), _sum(found)))
    connection.executemany(
        _INSERT, [(article.id, ordinal, *row) for ordinal, row in enumerate(found)]
    )


def kept(connection: sqlite3.Connection, folder: Path, article: Article) -> Figures | None:
    """The figures that are kept of an article; None where it has to be read.

    That is where nothing is kept, where another extractor found what is, and where it was found
    in another text than the one that is given: in an earlier version of the article, or a later.

    Raises:
        LibraryDamaged: they are not what was stored.
    """
    reading = connection.execute(_SELECT_READING, (article.id,)).fetchone()
    if reading is None or tuple(reading[:2]) != (EXTRACTOR, _source_sum(article)):
        return None
    found = connection.execute(_SELECT, (article.id,)).fetchall()
    if _sum(found) != reading[2]:
        raise damaged(folder, f"the figures of article {article.id} are not what was stored")
    try:
        return tuple(_figure(row) for row in found)
    except ValueError as error:
        raise damaged(folder, f"the figures of article {article.id}: {error}") from error


def read_anew(connection: sqlite3.Connection, folder: Path, article_id: str) -> bool:
    """Reads an article that is there and keeps its figures, inside a transaction.

    Returns:
        False where the article is damaged. It stays as it is, and says so itself when it is read:
        the others are not to blame.
    """
    row = connection.execute(f"{SELECT_ARTICLE} WHERE id = ?", (article_id,)).fetchone()
    try:
        article = to_article(row, folder)
    except LibraryDamaged:
        return False
    keep(connection, article, read_figures(article))
    return True


def unread(connection: sqlite3.Connection) -> Iterator[str]:
    """The ids of articles of which no figures by this extractor, or a later one, are kept."""
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    (read,) = connection.execute(
        "SELECT count(*) FROM figure_readings WHERE extractor >= ?", (EXTRACTOR,)
    ).fetchone()
    # Counting takes no time; looking for the one that is missing looks at every article.
    if articles == read:
        return iter(())
    found = connection.execute(
        "SELECT id FROM articles LEFT JOIN figure_readings ON article_id = id "
        "WHERE extractor IS NULL OR extractor < ? ORDER BY articles.rowid",
        (EXTRACTOR,),
    ).fetchall()
    return (article_id for (article_id,) in found)


def check(connection: sqlite3.Connection, folder: Path, article: Article) -> None:
    """Compares the figures that are kept of an article that is there with what was stored.

    Raises:
        LibraryDamaged: they differ, or were not read from the text that the article has.
    """
    reading = connection.execute(_SELECT_READING, (article.id,)).fetchone()
    if reading is not None and reading[1] != _source_sum(article):
        raise damaged(folder, f"the figures of article {article.id} are of another text")
    kept(connection, folder, article)


def _source_sum(article: Article) -> int:
    """CRC-32 of all that figures are read from."""
    return zlib.crc32(f"{article.published}\n{article.text}".encode())


def _sum(found: Sequence[Row]) -> int:
    """CRC-32 of rows."""
    return zlib.crc32(json.dumps([list(row) for row in found]).encode())


def _row(figure: FigureMention) -> Row:
    quantity = figure.quantity
    return (
        figure.start, figure.end, *map(_real, (quantity.value, quantity.low, quantity.high)),
        quantity.qualifier, quantity.unit, quantity.counted, _real(quantity.grain), figure.what,
        figure.where, figure.by,
        *(day.isoformat() if day else None for day in (figure.first, figure.last, figure.since)),
        figure.happening, figure.noun, int(figure.is_part), int(figure.is_more),
        int(figure.is_incident), *figure.sentence, *figure.clause,
    )  # fmt: skip


def _real(value: float) -> float:
    """As SQLite gives it back: never an int, never -0.0."""
    return value + 0.0


def _figure(row: Row) -> FigureMention:
    """Raises ValueError where a day is none."""
    (
        start, end, value, low, high, qualifier, unit, counted, grain, what, where, by,
        first, last, since, happening, noun, is_part, is_more, is_incident, *spans,
    ) = row  # fmt: skip
    days = [date.fromisoformat(day) if day else None for day in (first, last, since)]
    return FigureMention(
        start=start,
        end=end,
        quantity=Quantity(start, end, value, low, high, qualifier, unit, counted, grain),
        what=what,
        where=where,
        by=by,
        first=days[0],
        last=days[1],
        since=days[2],
        happening=happening,
        noun=noun,
        is_part=bool(is_part),
        is_more=bool(is_more),
        sentence=(spans[0], spans[1]),
        clause=(spans[2], spans[3]),
        is_incident=bool(is_incident),
    )

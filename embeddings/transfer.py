"""Articles of the local library, whole: handed to another library, and taken in from one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from corpus import embedded_text
from corpus.copies import signature
from embeddings.intake.boilerplate import Boilerplate
from embeddings.intake.groups import Groups
from embeddings.moved import Moved
from embeddings.store import figures, rows
from embeddings.store.history import versions_of
from embeddings.store.storage import transaction


def whole(
    connection: sqlite3.Connection, folder: Path, article_id: str, dimensions: int
) -> Moved | None:
    """An article as another library takes it in; None where it has gone. In one transaction.

    Raises:
        LibraryDamaged: something of it is not what was stored.
    """
    row = connection.execute(f"{rows.SELECT_ARTICLE} WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return None
    (group,) = connection.execute(
        "SELECT group_id FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    by_hand = connection.execute(
        "SELECT 1 FROM withdrawn_by_hand WHERE article_id = ?", (article_id,)
    ).fetchone()
    passages = connection.execute(
        f"{rows.SELECT_PASSAGE} WHERE article_id = ? ORDER BY ordinal", (article_id,)
    ).fetchall()
    vectors = connection.execute(
        "SELECT vector, vectors.crc32 FROM vectors JOIN passages ON number = passage "
        "WHERE article_id = ? ORDER BY ordinal",
        (article_id,),
    ).fetchall()
    article = rows.to_article(row, folder)
    return Moved(
        article=article,
        group=group,
        by_hand=by_hand is not None,
        versions=tuple(versions_of(connection, folder, article_id)),
        passages=tuple(rows.to_passage(passage, folder) for passage in passages),
        vectors=np.stack(
            [rows.to_vector(blob, crc32, dimensions, folder) for blob, crc32 in vectors]
        ),
        figures=figures.kept(connection, folder, article),
    )


def take_in(
    connection: sqlite3.Connection, folder: Path, moved: Iterable[Moved], batch_passages: int
) -> Iterator[tuple[int, int]]:
    """Takes articles in as they are, in place of those with their ids; a commit a batch.

    Yields:
        After each commit: how many articles and how many passages it was.
    """
    batch: list[Moved] = []
    for one in moved:
        batch.append(one)
        if sum(len(other.passages) for other in batch) >= batch_passages:
            yield _commit(connection, folder, batch)
            batch = []
    if batch:
        yield _commit(connection, folder, batch)


def _commit(connection: sqlite3.Connection, folder: Path, batch: list[Moved]) -> tuple[int, int]:
    groups, boilerplate = Groups(connection, folder), Boilerplate(connection)
    # Before the transaction begins: it must be short.
    read = [
        one.figures if one.figures is not None else figures.read_figures(one.article)
        for one in batch
    ]
    with transaction(connection, folder):
        for one, found in zip(batch, read, strict=True):
            article = one.article
            if connection.execute(
                "SELECT 1 FROM articles WHERE id = ?", (article.id,)
            ).fetchone():  # fmt: skip
                groups.leave(article.id)
                rows.delete_article(connection, article.id)
            rows.delete_versions(connection, article.id)
            rows.insert_article(connection, article, one.group)
            rows.mark_by_hand(connection, article.id, by_hand=one.by_hand)
            for version in one.versions:
                rows.insert_version(connection, version)
            texts = [embedded_text(article, passage) for passage in one.passages]
            rows.insert_passages(connection, one.passages, texts, one.vectors)
            figures.keep(connection, article, found)
            values = signature(article)
            if values is not None:
                groups.remember(article.id, values)
            boilerplate.note(article)
    return len(batch), sum(len(one.passages) for one in batch)

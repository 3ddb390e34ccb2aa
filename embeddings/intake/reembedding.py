"""All passages and vectors of a library, made anew by another embedder."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus import Article
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.intake.ingest import IngestOptions
from embeddings.intake.preparing import Prepared, embed, prepare
from embeddings.intake.report import IngestReport, Progress
from embeddings.store import rows
from embeddings.store.storage import dump_fingerprint, transaction


def reembed(
    connection: sqlite3.Connection,
    folder: Path,
    articles: Iterable[Article],
    embedder: Embedder,
    options: IngestOptions,
    progress: Progress | None,
) -> None:
    """Exchanges all passages and vectors of a library for this embedder's, in one transaction.

    Args:
        connection: of the writer, with its lock held.
        folder: the library.
        articles: every article that the library holds.
        embedder: makes the vectors; its fingerprint becomes the library's.
        options, progress: as for `Ingest`, but nothing is committed before the end.
    """
    started = time.perf_counter()
    done: list[tuple[Prepared, Vectors]] = []
    passages = 0
    for batch in _batches((prepare(article, embedder) for article in articles), options):
        embedded = embed(batch, embedder)
        done += zip(batch, embedded, strict=True)
        passages += sum(len(item.passages) for item in batch)
        if progress is not None:
            seconds = time.perf_counter() - started
            progress(IngestReport(updated=len(done), passages=passages, seconds=seconds))
    with transaction(connection, folder):
        connection.execute("DELETE FROM passages")
        for item, vectors in done:
            rows.insert_passages(connection, item.passages, item.texts, vectors)
        connection.execute(
            "UPDATE state SET embedder = ?", (dump_fingerprint(embedder.fingerprint),)
        )


def _batches(items: Iterable[Prepared], options: IngestOptions) -> Iterator[list[Prepared]]:
    batch: list[Prepared] = []
    waiting = 0
    for item in items:
        batch.append(item)
        waiting += len(item.passages)
        if waiting >= options.batch_passages:
            yield batch
            batch, waiting = [], 0
    if batch:
        yield batch

"""Articles → committed batches of articles, passages and vectors."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import Article, Passage, Rejected, SplitOptions, embedded_text, split
from embeddings import rows
from embeddings.embedder import Embedder, Vectors
from embeddings.storage import dump_fingerprint, transaction


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How articles are taken in.

    Attributes:
        batch_passages: articles are embedded and committed together once they have this many
            passages. More lets the embedder pad less; fewer loses less to an interruption.
            256 passages of 150 tokens are about 6 seconds of MiniLM on two cores.
    """

    batch_passages: int = 256


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the articles that were handed in.

    Attributes:
        added: new articles.
        updated: articles that replaced an earlier version of themselves; that one is kept aside.
        unchanged: articles that were there already, equal in every field.
        duplicates: articles left out because the library has their text from another source.
        rejected: what could not be read, and why.
        passages: passages embedded.
        seconds: wall time.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: tuple[Rejected, ...] = ()
    passages: int = 0
    seconds: float = 0.0

    @property
    def taken(self) -> int:
        """The articles that the library now has of those that were handed in."""
        return self.added + self.updated + self.unchanged + self.duplicates


Progress = Callable[[IngestReport], None]
"""Called after every commit with the report so far: all that it counts is safe on disk."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that is split but not embedded yet."""

    article: Article
    passages: list[Passage]
    texts: list[str]
    replaces: bool = False


class Ingest:
    """One run of adding articles. Needs the writer's lock and a connection of its own."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        folder: Path,
        embedder: Embedder,
        options: IngestOptions,
        progress: Progress | None,
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._embedder = embedder
        self._options = options
        self._progress = progress
        self._started = time.perf_counter()
        self._pending: dict[str, Prepared] = {}
        self._pending_texts: set[str] = set()
        self._added = self._updated = self._unchanged = self._duplicates = self._passages = 0
        self._rejected: list[Rejected] = []

    def run(self, articles: Iterable[Article | Rejected]) -> IngestReport:
        """Takes everything in. What was committed stays, whatever interrupts the rest."""
        for article in articles:
            if isinstance(article, Rejected):
                self._rejected.append(article)
                continue
            if article.id in self._pending:
                self._commit()
            self._take(article)
            waiting = sum(len(prepared.passages) for prepared in self._pending.values())
            if waiting >= self._options.batch_passages:
                self._commit()
        self._commit()
        return self._report()

    def _take(self, article: Article) -> None:
        try:
            content = rows.content_hash(article)
        except UnicodeEncodeError:
            self._reject(article, "holds half of a surrogate pair, which is no character")
            return
        text = rows.text_hash(article)
        stored = self._connection.execute(
            "SELECT content_hash FROM articles WHERE id = ?", (article.id,)
        ).fetchone()
        if stored is not None and stored[0] == content:
            self._unchanged += 1
            return
        if stored is None and (text in self._pending_texts or self._has_text(text)):
            self._duplicates += 1
            return
        prepared = prepare(article, self._embedder, replaces=stored is not None)
        if not prepared.passages:
            self._reject(article, "holds no sentence")
            return
        self._pending[article.id] = prepared
        self._pending_texts.add(text)

    def _has_text(self, text: str) -> bool:
        return (
            self._connection.execute(
                "SELECT 1 FROM articles WHERE text_hash = ?", (text,)
            ).fetchone()
            is not None
        )

    def _reject(self, article: Article, reason: str) -> None:
        self._rejected.append(Rejected(source=article.source, line=None, reason=reason))

    def _commit(self) -> None:
        if not self._pending:
            return
        batch = list(self._pending.values())
        # Before the transaction begins: it must be short, and an embedder may fail.
        embedded = list(zip(batch, embed(batch, self._embedder), strict=True))
        with transaction(self._connection, self._folder):
            for prepared, vectors in embedded:
                if prepared.replaces:
                    rows.keep_version(self._connection, prepared.article.id)
                    rows.delete_article(self._connection, prepared.article.id)
                rows.insert_article(self._connection, prepared.article)
                rows.insert_passages(self._connection, prepared.passages, vectors)
        self._added += sum(not prepared.replaces for prepared in batch)
        self._updated += sum(prepared.replaces for prepared in batch)
        self._passages += sum(len(prepared.passages) for prepared in batch)
        self._pending.clear()
        self._pending_texts.clear()
        if self._progress is not None:
            self._progress(self._report())

    def _report(self) -> IngestReport:
        return IngestReport(
            added=self._added,
            updated=self._updated,
            unchanged=self._unchanged,
            duplicates=self._duplicates,
            rejected=tuple(self._rejected),
            passages=self._passages,
            seconds=time.perf_counter() - self._started,
        )


def prepare(article: Article, embedder: Embedder, *, replaces: bool = False) -> Prepared:
    """Splits an article into passages that the embedder can read whole, header included."""
    passages = split(article, embedder.count_tokens, SplitOptions(max_tokens=embedder.max_tokens))
    texts = [embedded_text(article, passage) for passage in passages]
    return Prepared(article, passages, texts, replaces)


def embed(batch: Sequence[Prepared], embedder: Embedder) -> list[Vectors]:
    """Vectors of shape (passages, dimensions) for each article, in one call of the embedder."""
    texts = [text for prepared in batch for text in prepared.texts]
    if not texts:
        return [np.zeros((0, embedder.fingerprint.dimensions), dtype=np.float32) for _ in batch]
    ends = np.cumsum([len(prepared.texts) for prepared in batch])
    return np.split(embedder.embed(texts), ends[:-1])


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
    done: list[tuple[list[Passage], Vectors]] = []
    passages = 0
    for batch in _batches((prepare(article, embedder) for article in articles), options):
        embedded = embed(batch, embedder)
        done += [(item.passages, vectors) for item, vectors in zip(batch, embedded, strict=True)]
        passages += sum(len(item.passages) for item in batch)
        if progress is not None:
            seconds = time.perf_counter() - started
            progress(IngestReport(updated=len(done), passages=passages, seconds=seconds))
    with transaction(connection, folder):
        connection.execute("DELETE FROM passages")
        for article_passages, vectors in done:
            rows.insert_passages(connection, article_passages, vectors)
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

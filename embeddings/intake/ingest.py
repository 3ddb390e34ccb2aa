"""Articles → committed batches of articles, passages and vectors.

Articles are judged one after the other against what the library holds at that moment, inside the
transaction that stores them. So what becomes of an article depends on those before it and never
on where a batch ends: an ingest that was killed and run again leaves the library that an
uninterrupted one would have left. What is done before a transaction, outside it, is only a
guess: which texts will have to be embedded.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import Article, Rejected, header
from corpus.identity import identified
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.intake.boilerplate import Boilerplate
from embeddings.intake.groups import Groups
from embeddings.intake.judging import Judge, Judged, Verdict
from embeddings.intake.preparing import Prepared, prepare
from embeddings.intake.report import IngestReport, Progress
from embeddings.intake.rereading import read_again
from embeddings.store import figures, rows
from embeddings.store.storage import transaction

__all__ = ["Ingest", "IngestOptions", "IngestReport", "Progress"]

# Articles that need no passage are told and committed too, if more slowly.
_MOST_WAITING = 1000
_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How articles are taken in.

    Attributes:
        batch_passages: articles are embedded and committed together once they have this many
            passages. More lets the embedder pad less; fewer loses less to an interruption.
            256 passages of 150 tokens are about 6 seconds of MiniLM on two cores.
    """

    batch_passages: int = 256


class Ingest:
    """One run of adding articles. Needs the writer's lock and a connection of its own.

    Args:
        connection: of the writer.
        folder: the library.
        embedder: makes the vectors.
        options: how large a batch is.
        progress: told of what is done.
        dry_run: judge everything, embed nothing, and leave the library as it was.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        folder: Path,
        embedder: Embedder,
        options: IngestOptions,
        progress: Progress | None,
        *,
        dry_run: bool = False,
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._embedder = embedder
        self._options = options
        self._progress = progress
        self._dry_run = dry_run
        self._boilerplate = Boilerplate(connection)
        self._judge = Judge(connection, folder, self._boilerplate)
        self._groups = Groups(connection, folder)
        self._started = time.perf_counter()
        # What waits for the next commit, with a guess at what will be stored.
        self._waiting: list[tuple[Article, Prepared | None]] = []
        self._waiting_ids: set[str] = set()
        self._waiting_texts: set[str] = set()
        self._vectors: dict[str, Vectors] = {}
        self._figures: dict[Article, figures.Figures] = {}
        self._counts: Counter[str] = Counter()
        self._rejected: list[Rejected] = []
        self._told = 0

    def run(self, articles: Iterable[Article | Rejected]) -> IngestReport:
        """Takes everything in. What was committed stays, whatever interrupts the rest."""
        with self._trial():
            self._catch_up()
            for article in articles:
                if isinstance(article, Rejected):
                    self._rejected.append(article)
                else:
                    self._take(article)
                full = len(self._waiting_texts) >= self._options.batch_passages
                if full or len(self._waiting) >= _MOST_WAITING:
                    self._commit()
                elif self._seen() >= self._told + _TOLD_EVERY:
                    self._tell()
            self._commit()
        if not self._dry_run:
            read_again(self._connection, self._folder)
        return self._report()

    @contextmanager
    def _trial(self) -> Iterator[None]:
        """For a dry run, one transaction around all of it, which is rolled back."""
        if not self._dry_run:
            yield
            return
        # Nothing of a transaction is written to disk before it ends.
        self._connection.execute("PRAGMA cache_spill = OFF")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._dry_run:
            yield
        else:
            with transaction(self._connection, self._folder):
                yield

    def _catch_up(self) -> None:
        """Groups a library that comes from a schema without groups: once, before all else."""
        if not self._groups.are_missing():
            return
        with self._transaction():
            ids = self._connection.execute("SELECT id FROM articles ORDER BY rowid").fetchall()
            for (article_id,) in ids:
                article = self._judge.stored(article_id)
                if article is not None:
                    self._groups.enter(article)
                    self._learn(article)

    def _take(self, article: Article) -> None:
        article = identified(article)
        try:
            rows.content_hash(article)
        except UnicodeEncodeError:
            self._reject(article, "holds half of a surrogate pair, which is no character")
            return
        if article.id not in self._waiting_ids and self._judge.is_stored(article):
            self._counts["unchanged"] += 1
            return
        prepared = None
        if article.id not in self._waiting_ids:
            judged = self._judge.judge(article)
            if judged.verdict in (Verdict.UNCHANGED, Verdict.DUPLICATE):
                if not self._waiting:
                    self._settle(article, judged, None)  # nothing to write, so no transaction
                    return
            elif judged.verdict is not Verdict.EARLIER:
                prepared = prepare(judged.article, self._embedder)
                self._foresee(prepared, judged)
        self._waiting.append((article, prepared))
        self._waiting_ids.add(article.id)

    def _foresee(self, prepared: Prepared, judged: Judged) -> None:
        if judged.stored is not None:
            self._waiting_ids.add(judged.stored.id)
            self._recall(judged.stored)
        self._waiting_texts.update(text for text in prepared.texts if text not in self._vectors)

    def _recall(self, stored: Article) -> None:
        """Keeps an article's vectors at hand: most passages of a later version are the same."""
        dimensions = self._embedder.fingerprint.dimensions
        self._vectors.update(
            rows.embedded_passages(self._connection, stored, dimensions, self._folder)
        )

    def _commit(self) -> None:
        if not self._waiting:
            return
        # Before the transaction begins: it must be short, and an embedder may fail. An embedder
        # works outside of Python, which may read the figures meanwhile.
        with ThreadPoolExecutor(1, "figures") as beside:
            read = beside.submit(self._read_figures)
            self._embed(self._waiting_texts)
            read.result()
        with self._transaction():
            for article, prepared in self._waiting:
                self._settle(article, self._judge.judge(article), prepared)
        self._waiting.clear()
        self._waiting_ids.clear()
        self._waiting_texts.clear()
        self._vectors.clear()
        self._figures.clear()
        self._tell()

    def _settle(self, article: Article, judged: Judged, prepared: Prepared | None) -> None:
        """Does what the verdict on an article says, and counts it."""
        if judged.verdict is Verdict.UNCHANGED:
            self._counts["unchanged"] += 1
        elif judged.verdict is Verdict.DUPLICATE:
            self._counts["duplicates"] += 1
        elif judged.verdict is Verdict.EARLIER:
            rows.insert_version(self._connection, judged.article)
            self._counts["earlier"] += 1
        else:
            if prepared is None or prepared.article != judged.article:
                prepared = prepare(judged.article, self._embedder)
            if not prepared.passages:
                self._reject(article, "holds no sentence")
            elif judged.stored is None:
                self._add(prepared)
            else:
                self._replace(judged.verdict, judged.stored, prepared)

    def _add(self, prepared: Prepared) -> None:
        article = prepared.article
        rows.insert_article(self._connection, article)
        self._counts["grouped"] += self._groups.enter(article)
        self._insert_passages(prepared)
        self._keep_figures(article)
        self._counts["added"] += 1
        self._counts["withdrawn"] += article.withdrawn is not None
        self._learn(article)

    def _replace(self, verdict: Verdict, stored: Article, prepared: Prepared) -> None:
        article = prepared.article
        if verdict is Verdict.COMPLETES:
            self._counts["duplicates"] += 1
            self._rewrite(stored, prepared)
            return
        rows.keep_version(self._connection, stored.id)
        self._counts["updated"] += 1
        self._counts["withdrawn"] += article.withdrawn is not None and stored.withdrawn is None
        self._counts["reinstated"] += article.withdrawn is None and stored.withdrawn is not None
        if article.withdrawn != stored.withdrawn:
            rows.mark_by_hand(self._connection, article.id, by_hand=False)
        self._rewrite(stored, prepared, as_version=True)

    def _rewrite(self, stored: Article, prepared: Prepared, *, as_version: bool = False) -> None:
        """Puts an article in the place of the one that has its id, and does all that follows."""
        article = prepared.article
        rows.replace_article(self._connection, article, as_version=as_version)
        if header(stored) == header(article) and stored.text == article.text:
            if (stored.outlet, stored.withdrawn) != (article.outlet, article.withdrawn):
                rows.renumber(self._connection, article.id)
        else:
            self._recall(stored)
            rows.delete_passages(self._connection, article.id)
            self._insert_passages(prepared)
        if (stored.text, stored.published) != (article.text, article.published):
            self._keep_figures(article)
        if _as_compared(stored) != _as_compared(article):
            self._groups.leave(article.id)
            self._groups.enter(article)
            self._learn(article)

    def _learn(self, article: Article) -> None:
        """Notes an article's edge lines; mends those that carry one which is now known."""
        for line in self._boilerplate.note(article):
            for article_id in self._boilerplate.learn(article.outlet, line):
                stored = self._judge.stored(article_id)
                if stored is None:
                    continue
                lighter = prepare(self._boilerplate.relieve(stored), self._embedder)
                if lighter.article != stored and lighter.passages:
                    self._counts["mended"] += 1
                    self._rewrite(stored, lighter)

    def _insert_passages(self, prepared: Prepared) -> None:
        self._embed(prepared.texts)
        if not self._dry_run:
            vectors = np.stack([self._vectors[text] for text in prepared.texts])
            rows.insert_passages(self._connection, prepared.passages, prepared.texts, vectors)

    def _keep_figures(self, article: Article) -> None:
        if not self._dry_run:
            figures.keep(self._connection, article, self._figures_of(article))

    def _read_figures(self) -> None:
        for _, prepared in self._waiting:
            if prepared is not None:
                self._figures_of(prepared.article)

    def _figures_of(self, article: Article) -> figures.Figures:
        if article not in self._figures and not self._dry_run:
            self._figures[article] = figures.read_figures(article)
        return self._figures.get(article, ())

    def _embed(self, texts: Iterable[str]) -> None:
        """Vectors for the texts that have none yet, in one call."""
        fresh = sorted({text for text in texts if text not in self._vectors})
        if not fresh:
            return
        self._counts["passages"] += len(fresh)
        if self._dry_run:
            nothing = np.zeros(0, dtype=np.float32)
            self._vectors.update((text, nothing) for text in fresh)
        else:
            self._vectors.update(zip(fresh, self._embedder.embed(fresh), strict=True))

    def _reject(self, article: Article, reason: str) -> None:
        self._rejected.append(Rejected(source=article.source, line=None, reason=reason))

    def _seen(self) -> int:
        return len(self._rejected) + sum(
            self._counts[name]
            for name in ("added", "updated", "unchanged", "duplicates", "earlier")
        )

    def _tell(self) -> None:
        self._told = self._seen()
        if self._progress is not None:
            self._progress(self._report())

    def _report(self) -> IngestReport:
        return IngestReport(
            **self._counts,
            rejected=tuple(self._rejected),
            seconds=time.perf_counter() - self._started,
        )


def _as_compared(article: Article) -> tuple[object, ...]:
    """What of an article decides who its copies are and what its outlet repeats."""
    return article.text, article.title, article.outlet, article.published

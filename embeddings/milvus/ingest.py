"""Articles → commits of a library in Milvus.

Articles are judged one after the other against the library and those in hand, by the rules of the
local library. What is not done here: an outlet's repeated lines are not learned.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from corpus import Article, Passage, Rejected, embedded_text, header
from corpus.identity import identified
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.intake.ingest import IngestOptions
from embeddings.intake.judging import Judged, Verdict
from embeddings.intake.preparing import Prepared, embed, prepare
from embeddings.intake.report import IngestReport, Progress
from embeddings.milvus import rows
from embeddings.milvus.commits import Commit
from embeddings.milvus.copies import Copies
from embeddings.milvus.judging import ShelfJudge
from embeddings.milvus.shelf import Shelf, Shelved
from embeddings.milvus.view import Held, View
from embeddings.milvus.writing import Batch, Entry, Writer
from embeddings.moved import Moved
from embeddings.store.rows import content_hash

# Articles are compared with the library this many at a time: a request each would be slow.
_LOOKED_UP = 64
# A commit names every article that it replaces, and has room for `commits.MOST_REPLACED`.
_MOST_CHANGED = 400
_TOLD_EVERY = 500


class Ingest:
    """One run of adding articles. Needs the lease, unless it is a dry run.

    Args:
        writer: None for a dry run, which keeps what it would write in memory.
        view: the library as it is now.
        embedder, options, progress: as for the local library.
    """

    def __init__(
        self,
        writer: Writer | None,
        view: Callable[[], View],
        embedder: Embedder,
        options: IngestOptions,
        progress: Progress | None,
    ) -> None:
        self._writer = writer
        self._view = view
        self._embedder = embedder
        self._options = options
        self._progress = progress
        self._started = time.perf_counter()
        self._shelf = Shelf(view)
        self._judge = ShelfJudge(self._shelf)
        self._copies = Copies(self._shelf)
        self._counts: Counter[str] = Counter()
        # What is counted when the commit is made that it waits for.
        self._waiting: Counter[str] = Counter()
        self._rejected: list[Rejected] = []
        self._told = 0

    def run(self, articles: Iterable[Article | Rejected]) -> IngestReport:
        """Takes everything in. What was committed stays, whatever interrupts the rest."""
        coming = iter(articles)
        while batch := list(islice(coming, _LOOKED_UP)):
            self._rejected += [one for one in batch if isinstance(one, Rejected)]
            read = (identified(one) for one in batch if isinstance(one, Article))
            sound = [article for article in read if self._is_sound(article)]
            self._shelf.look_up(sound)
            for article in sound:
                self._take(article)
                if self._is_full():
                    self._commit()
            if not self._shelf.changed:
                self._commit()
        self._commit()
        return self._report()

    def _is_sound(self, article: Article) -> bool:
        try:
            content_hash(article)
        except UnicodeEncodeError:
            self._reject(article, "holds half of a surrogate pair, which is no character")
            return False
        return True

    def _take(self, article: Article) -> None:
        if self._shelf.is_stored(article):
            self._waiting["unchanged"] += 1
            return
        judged = self._judge.judge(article)
        if judged.verdict is Verdict.UNCHANGED:
            self._waiting["unchanged"] += 1
        elif judged.verdict is Verdict.DUPLICATE:
            self._waiting["duplicates"] += 1
        elif judged.verdict is Verdict.EARLIER:
            self._keep(judged.article)
        else:
            self._store(judged)

    def _keep(self, article: Article) -> None:
        """Puts an older version among those of the article that is there."""
        there = self._shelf.find(article.id)
        if there is not None:
            there.versions.append(article)
            there.changed = True
            self._waiting["earlier"] += 1

    def _store(self, judged: Judged) -> None:
        prepared = prepare(judged.article, self._embedder)
        if not prepared.passages:
            self._reject(judged.article, "holds no sentence")
        elif judged.stored is None:
            one = self._shelf.add(judged.article, prepared)
            self._waiting["added"] += 1
            self._waiting["withdrawn"] += judged.article.withdrawn is not None
            self._waiting["grouped"] += self._copies.enter(one)
        else:
            there = self._shelf.find(judged.stored.id)
            if there is not None:
                self._replace(judged, there, prepared)

    def _replace(self, judged: Judged, there: Shelved, prepared: Prepared) -> None:
        stored, article = there.article, judged.article
        if judged.verdict is Verdict.COMPLETES:
            self._waiting["duplicates"] += 1
        else:
            there.versions.append(stored)
            self._waiting["updated"] += 1
            self._waiting["withdrawn"] += bool(article.withdrawn and not stored.withdrawn)
            self._waiting["reinstated"] += bool(stored.withdrawn and not article.withdrawn)
            if article.withdrawn != stored.withdrawn:
                there.by_hand = False
        there.article = article
        there.changed = True
        if (header(stored), stored.text) != (header(article), article.text):
            there.prepared = prepared
        if _as_compared(stored) != _as_compared(article):
            self._copies.leave(there)
            self._copies.enter(there)

    def _reject(self, article: Article, reason: str) -> None:
        self._rejected.append(Rejected(source=article.source, line=None, reason=reason))

    def _is_full(self) -> bool:
        changed = self._shelf.changed
        fresh = sum(len(one.prepared.texts) for one in changed if one.prepared is not None)
        return fresh >= self._options.batch_passages or len(changed) >= _MOST_CHANGED

    def _commit(self) -> None:
        changed = self._shelf.changed
        if changed and self._writer is None:
            return  # a dry run writes nothing, and goes on from what is in hand
        for start in range(0, len(changed), _MOST_CHANGED):
            assert self._writer is not None
            part = changed[start : start + _MOST_CHANGED]
            batch = self._batch(part)
            made = self._writer.commit(self._view(), batch)
            owners = {one.article.id: rows.owner(one.article.id, made.generation) for one in part}
            self._shelf.written(owners)
        self._counts += self._waiting
        self._waiting.clear()
        seen = self._report().seen
        if self._progress is not None and (changed or seen >= self._told + _TOLD_EVERY):
            self._told = seen
            self._progress(self._report())

    def _batch(self, changed: list[Shelved]) -> Batch:
        """What has to be written, embedded in one call of the embedder."""
        batch = Batch(out=[one.held for one in changed if one.held is not None])
        vectors: dict[str, Vectors] = {}
        kept: dict[str, tuple[list[Passage], Vectors]] = {}
        for one in changed:
            if one.held is not None:
                kept[one.article.id] = passages, known = kept_passages(self._view(), one.held)
                texts = (embedded_text(one.held.article, passage) for passage in passages)
                vectors.update(zip(texts, known, strict=True))
        self._embed([one.prepared for one in changed if one.prepared is not None], vectors)
        for one in changed:
            passages, known = (
                kept[one.article.id] if one.prepared is None else _embedded(one.prepared, vectors)
            )
            batch.entries.append(
                Entry(
                    one.article, one.group, one.came, passages, known, one.versions, one.by_hand,
                    one.traits.bands,
                )
            )  # fmt: skip
        return batch

    def _embed(self, prepared: Iterable[Prepared], vectors: dict[str, Vectors]) -> None:
        """Vectors for the texts that have none yet."""
        texts = {text for one in prepared for text in one.texts}
        fresh = sorted(texts - vectors.keys())
        if fresh:
            self._counts["passages"] += len(fresh)
            vectors.update(zip(fresh, self._embedder.embed(fresh), strict=True))

    def _report(self) -> IngestReport:
        # A dry run commits nothing, and tells of what it would.
        counted = self._counts if self._writer is not None else self._counts + self._waiting
        return IngestReport(
            **counted,
            rejected=tuple(self._rejected),
            seconds=time.perf_counter() - self._started,
        )


def _embedded(prepared: Prepared, vectors: Mapping[str, Vectors]) -> tuple[list[Passage], Vectors]:
    return prepared.passages, np.stack([vectors[text] for text in prepared.texts])


def _as_compared(article: Article) -> tuple[str, str, str | None, date | None]:
    """What `corpus.copies.is_copy` looks at."""
    return article.title, article.text, article.outlet, article.published


def marking(view: View, held: Held, withdrawn: date | None) -> Batch:
    """A batch that changes an article's mark by hand, and keeps its passages and vectors."""
    marked = replace(held.article, withdrawn=withdrawn)
    by_hand = withdrawn is not None
    passages, vectors = kept_passages(view, held)
    entry = Entry(marked, held.group, held.came, passages, vectors, by_hand=by_hand)
    return Batch(entries=[entry], out=[held])


def kept_passages(view: View, held: Held) -> tuple[list[Passage], Vectors]:
    """An article's passages, and their vectors of shape (passages, dimensions)."""
    found = view.whole_passages([held.article.id])
    return [passage for passage, _ in found], np.stack([vector for _, vector in found])


def everything(view: View) -> Iterator[Moved]:
    """Every article of a view, whole, in the order in which they came."""
    for held in view.in_order_of_coming():
        passages, vectors = kept_passages(view, held)
        versions = tuple(old.article for old in view.versions(held.article.id))
        yield Moved(held.article, held.group, held.by_hand, versions, tuple(passages), vectors)


def restore(
    writer: Writer,
    view: Callable[[], View],
    moved: Iterable[Moved],
    options: IngestOptions,
    progress: Progress | None,
) -> int:
    """Takes in articles as another library held them, a commit a batch."""
    taken = 0
    passages = 0
    batch = Batch()
    started = time.perf_counter()

    def commit() -> None:
        nonlocal batch, taken, passages
        if not batch.entries:
            return
        writer.commit(view(), batch)
        taken += len(batch.entries)
        passages += sum(len(entry.passages) for entry in batch.entries)
        batch = Batch()
        if progress is not None:
            seconds = time.perf_counter() - started
            progress(IngestReport(added=taken, passages=passages, seconds=seconds))

    for one in moved:
        now = view()
        held = now.find(one.article.id)
        if held is not None:
            batch.out.append(held)
            batch.versions_out += now.versions(one.article.id)
        came = now.commit.came + len(batch.entries) + 1 if held is None else held.came
        batch.entries.append(
            Entry(
                one.article, one.group, came, one.passages, one.vectors, one.versions, one.by_hand
            )
        )
        waiting = sum(len(entry.passages) for entry in batch.entries)
        if waiting >= options.batch_passages or batch.is_full:
            commit()
    commit()
    return taken


def reembed(
    writer: Writer,
    view: View,
    embedder: Embedder,
    options: IngestOptions,
    progress: Progress | None,
) -> Commit:
    """Exchanges all passages and vectors of a library for this embedder's, by one commit."""
    series = writer.begin_series(view.commit, embedder.fingerprint)
    started = time.perf_counter()
    done = passages = 0
    for batch in _batches(view.all_held(), embedder, options):
        embedded = embed([prepared for _, prepared in batch], embedder)
        for (held, prepared), vectors in zip(batch, embedded, strict=True):
            series.add(held, prepared.passages, vectors)
            passages += len(prepared.passages)
        done += len(batch)
        if progress is not None:
            seconds = time.perf_counter() - started
            progress(IngestReport(updated=done, passages=passages, seconds=seconds))
    return series.commit()


def _batches(
    articles: Iterable[Held], embedder: Embedder, options: IngestOptions
) -> Iterator[list[tuple[Held, Prepared]]]:
    batch: list[tuple[Held, Prepared]] = []
    for held in articles:
        batch.append((held, prepare(held.article, embedder)))
        if sum(len(prepared.passages) for _, prepared in batch) >= options.batch_passages:
            yield batch
            batch = []
    if batch:
        yield batch

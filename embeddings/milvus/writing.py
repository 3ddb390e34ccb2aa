"""Batches of changes → commits. See `embeddings.milvus.commits` for the order of the steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus import Article, Passage, embedded_text
from corpus.copies import bands, signature
from corpus.errors import LibraryError
from embeddings.embedders.embedder import EmbedderFingerprint, Vectors
from embeddings.milvus import commits, rows
from embeddings.milvus.client import Client, Row
from embeddings.milvus.commits import MOST_REPLACED, Commit
from embeddings.milvus.filters import one_of
from embeddings.milvus.lease import Lease
from embeddings.milvus.lexical import TermCounts, count_terms
from embeddings.milvus.names import Names
from embeddings.milvus.schema import DenseOptions, passages
from embeddings.milvus.view import Held, View
from embeddings.terms import TermReader


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that comes into the library.

    Attributes:
        article: itself.
        group: the id of its group of copies.
        came: its place among all that ever came, from 1.
        passages: in order.
        vectors: shape (len(passages), dimensions).
        versions: earlier versions that come with it, oldest first.
        by_hand: whether its reader, and not its outlet, marked it as withdrawn.
        bands: what makes its copies known; worked out if None.
    """

    article: Article
    group: str
    came: int
    passages: Sequence[Passage]
    vectors: Vectors
    versions: Sequence[Article] = ()
    by_hand: bool = False
    bands: Collection[str] | None = None


@dataclass(slots=True)
class Batch:
    """What one commit changes.

    Attributes:
        entries: what comes in.
        out: articles that go.
        versions_out: earlier versions that go.
    """

    entries: list[Entry] = field(default_factory=list)
    out: list[Held] = field(default_factory=list)
    versions_out: list[Held] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """True when one commit cannot take much more out."""
        return len(self.out) + len(self.versions_out) >= MOST_REPLACED


class Writer:
    """Makes commits. The lease must be held throughout."""

    def __init__(self, client: Client, names: Names, lease: Lease) -> None:
        self._client = client
        self._names = names
        self._lease = lease

    def begin(self, now: Commit) -> None:
        """Removes what a killed writer left behind; none of it could be found."""
        orphans = f"born > {now.generation}"
        for collection in self._collections(now.series):
            if self._client.count(collection, orphans):
                self._client.delete(collection, orphans)
            self._drop_owners(collection, now.leaving)
        if self._client.has(self._names.passages(now.series + 1)):
            self._client.drop(self._names.passages(now.series + 1))
        if now.series > 1 and self._client.has(self._names.passages(now.series - 1)):
            self._client.drop(self._names.passages(now.series - 1))
        commits.forget_before(self._client, self._names, now.generation)

    def commit(self, view: View, batch: Batch) -> Commit:
        """Puts a batch into the library: all of it, or nothing that anyone can find.

        Raises:
            LibraryLocked: the lease lapsed.
            LibraryError: Milvus did not take all of the rows.
        """
        now = view.commit
        counted = [_Counted.of(entry, self._client) for entry in batch.entries]
        following = now.next(self._lease.writer, _owners(batch), **_changes(view, batch, counted))
        articles, versions, found = _rows(counted, following)
        self._insert(self._names.passages(now.series), found, following)
        self._insert(self._names.versions, versions, following)
        self._insert(self._names.articles, articles, following)
        self._record(following)
        for collection in self._collections(now.series):
            self._drop_owners(collection, following.leaving)
        commits.forget_before(self._client, self._names, following.generation)
        return following

    def begin_series(self, now: Commit, embedder: EmbedderFingerprint) -> Series:
        """Begins to embed the library anew, beside what is searched."""
        series = now.series + 1
        collection = self._names.passages(series)
        options = DenseOptions(expected_passages=now.passages)
        is_file = self._client.address.is_file
        self._client.create(collection, *passages(embedder.dimensions, options, is_file=is_file))
        return Series(self, collection, now, embedder)

    def _insert(self, collection: str, added: Sequence[Row], following: Commit) -> None:
        if not added:
            return
        self._client.insert(collection, added)
        there = self._client.count(collection, f"born == {following.generation}")
        if there != len(added):
            raise LibraryError(
                f"Milvus took {there} of {len(added)} rows",
                where=str(self._client.address),
                next_step="run the same command again: nothing of this batch is in the library",
            )

    def _record(self, following: Commit) -> None:
        self._lease.confirm()
        commits.record(self._client, self._names, following)
        # Two writers at once would show here: see the lease.
        commits.current(self._client, self._names)

    def _drop_owners(self, collection: str, owners: Sequence[str]) -> None:
        if owners:
            self._client.delete(collection, one_of("owner", owners))

    def _collections(self, series: int) -> tuple[str, str, str]:
        return self._names.articles, self._names.versions, self._names.passages(series)


class Series:
    """Passages of another embedder, on their way into a library."""

    def __init__(
        self, writer: Writer, collection: str, now: Commit, embedder: EmbedderFingerprint
    ) -> None:
        self._writer = writer
        self._collection = collection
        self._now = now
        self._embedder = embedder
        self._passages = self._terms = 0

    def add(self, held: Held, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Adds the passages of an article; nobody can find them yet."""
        entry = Entry(held.article, held.group, held.came, passages, vectors)
        counted = _Counted.of(entry, self._writer._client)
        reference = self._now.reference_length or 1.0
        found = counted.passage_rows(held.owner, self._now.generation + 1, reference)
        self._writer._client.insert(self._collection, found)
        self._passages += len(found)
        self._terms += counted.length

    def commit(self) -> Commit:
        """Puts the new passages in the place of the old ones."""
        writer = self._writer
        following = self._now.next(
            writer._lease.writer,
            (),
            passages=self._passages - self._now.passages,
            terms=self._terms - self._now.terms,
        ).of_series(self._now.series + 1, self._embedder)
        writer._record(following)
        return following


@dataclass(frozen=True, slots=True)
class _Counted:
    """An entry whose terms are counted."""

    entry: Entry
    terms: tuple[TermCounts, ...]

    @classmethod
    def of(cls, entry: Entry, client: Client) -> _Counted:
        reader = TermReader()
        return cls(
            entry,
            tuple(
                count_terms(reader, embedded_text(entry.article, passage), client.address)
                for passage in entry.passages
            ),
        )

    @property
    def length(self) -> int:
        return sum(sum(terms.values()) for terms in self.terms)

    def passage_rows(self, owner: str, born: int, reference: float) -> list[Row]:
        vectors = [np.asarray(vector, dtype=np.float32) for vector in self.entry.vectors]
        return rows.passage_rows(
            self.entry.article,
            owner,
            self.entry.group,
            born,
            list(zip(self.entry.passages, self.terms, vectors, strict=True)),
            reference,
        )


def _bands(article: Article) -> list[str]:
    values = signature(article)
    return [] if values is None else rows.band_names(bands(values))


def _owners(batch: Batch) -> tuple[str, ...]:
    return tuple(held.owner for held in (*batch.out, *batch.versions_out))


def _changes(view: View, batch: Batch, counted: Sequence[_Counted]) -> dict[str, int]:
    highest = max((entry.came for entry in batch.entries), default=0)
    lost_passages, lost_terms = 0, 0
    if batch.out:
        lost_passages, lost_terms = view.size_of([held.owner for held in batch.out])
    return {
        "articles": len(batch.entries) - len(batch.out),
        "passages": sum(len(one.terms) for one in counted) - lost_passages,
        "versions": sum(len(one.entry.versions) for one in counted) - len(batch.versions_out),
        "terms": sum(one.length for one in counted) - lost_terms,
        "came": max(0, highest - view.commit.came),
    }


def _rows(counted: Sequence[_Counted], following: Commit) -> tuple[list[Row], list[Row], list[Row]]:
    articles: list[Row] = []
    versions: list[Row] = []
    found: list[Row] = []
    born = following.generation
    for one in counted:
        entry = one.entry
        owner = rows.owner(entry.article.id, born)
        articles += rows.article_rows(
            entry.article,
            owner,
            entry.group,
            born,
            came=entry.came,
            by_hand=entry.by_hand,
            bands=sorted(_bands(entry.article) if entry.bands is None else entry.bands),
        )
        found += one.passage_rows(owner, born, following.reference_length or 1.0)
        for place, version in enumerate(entry.versions):
            name = rows.version_owner(version.id, born, place)
            versions += rows.article_rows(version, name, entry.group, born, place=place)
    return articles, versions, found

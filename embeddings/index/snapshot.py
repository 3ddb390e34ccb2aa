"""A library as one process searches it: base + tail − removed, brought up to date as it changes."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from embeddings.embedders.embedder import Vectors
from embeddings.index import folding, lexical_index
from embeddings.index.base import Base
from embeddings.index.building import Extent, IndexOptions, extent, make_base, removed_after
from embeddings.index.filters import Filter, Mask, Numbers, numbers_of_groups
from embeddings.index.lexical_index import Part, Statistics
from embeddings.index.stored import read_blocks, read_passage, read_vectors
from embeddings.index.tail import Tail
from embeddings.store import derived, storage
from embeddings.store.derived import DerivedFile, Record

log = logging.getLogger(__name__)

_MOST_TIES = 4_096
"""Candidates at most when equal vectors go on and on; which of still more are taken is chance."""

_SLACK = 2e-6
"""How far two inner products of one pair of vectors of length 1 may lie apart: FAISS adds up in
32 bits, in an order of its own, and 384 roundings of 6e-8 add up to about √384 of them."""

Scored = list[tuple[int, float]]


class Snapshot:
    """One library at one generation, until `refresh` brings it to the next.

    Nothing in it is safe for two threads at once, and every call must run inside the read
    transaction of the connection that it is given: the rows that a search reads are then of the
    generation that it searches.
    """

    def __init__(self, folder: Path, dimensions: int, options: IndexOptions) -> None:
        self._folder = folder
        self._dimensions = dimensions
        self._options = options
        self._base: Base | None = None
        self._tail = Tail(dimensions)
        self._statistics = Statistics(0, 0)
        # The record that stood in SQLite when the base was opened, and None for 'not yet looked'.
        self._seen: tuple[Record | None, ...] = ()
        self._whole: set[DerivedFile] = set()
        self._generation = -1
        self._removed_upto = 0
        self._upto = 0

    @property
    def generation(self) -> int:
        """Of the library, when it was last looked at; −1 before."""
        return self._generation

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Reads what was added and what was removed since the last time, and nothing else.

        A base is opened only when the library has another one.

        Raises:
            LibraryDamaged: a row is not what was stored, or passages are missing.
        """
        reach = extent(connection)
        if reach.generation == self._generation:
            return
        record = derived.load(connection)
        if record not in self._seen:
            self._rebase(connection, record, reach)
        removed = removed_after(connection, self._removed_upto)
        blocks = read_blocks(connection, self._folder, self._dimensions, self._upto, reach.upto)
        self._tail.extend(blocks)
        if self._base is not None:
            self._base.facets.bury(removed)
        self._tail.facets.bury(removed)
        self._upto, self._removed_upto = max(self._upto, reach.upto), reach.removed_upto
        self._count(connection, reach)
        self._generation = reach.generation

    def dense(
        self, connection: sqlite3.Connection, vector: Vectors, k: int, wanted: Filter
    ) -> list[tuple[str, float]]:
        """The k passages nearest to a vector: (passage id, inner product), best first.

        Raises:
            ValueError: k is below 1, or the vector has another length.
            LibraryDamaged: a row that was read is not what was stored.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        if vector.shape != (self._dimensions,):
            raise ValueError(f"a vector of shape ({self._dimensions},) is needed: {vector.shape}")
        masks = self._masks(connection, wanted)
        admitted = sum(int(np.count_nonzero(mask)) for mask in masks)
        kind = self._base.vectors.kind if self._base else self._options.kinds[0]
        count = min(kind.times * k + kind.more, admitted)
        most = min(admitted, max(k, _MOST_TIES))
        while count:
            near = self._near(connection, vector, count, masks)
            scored = [pair for part in near for pair in part]
            if count >= most or not _may_go_on(near, scored, count, k, vector):
                return self._named(connection, scored, k)
            count = min(4 * count, most)
        return []

    def words(
        self, connection: sqlite3.Connection, text: str, k: int, wanted: Filter
    ) -> list[tuple[str, float]]:
        """The k passages that share the most telling words: (passage id, BM25), best first.

        Raises:
            ValueError: k is below 1.
            LibraryDamaged: a row that was read is not what was stored.
        """
        masks = self._masks(connection, wanted)
        parts = [Part(part.facets, part.find) for part in self._parts()]
        scored: Scored = []
        for part, (places, scores) in zip(
            parts, lexical_index.search(parts, masks, self._statistics, text, k), strict=True
        ):
            numbers = part.facets.numbers[places]
            scored += zip(numbers.tolist(), scores.tolist(), strict=True)
        return self._named(connection, scored, k)

    def _parts(self) -> Sequence[Base | Tail]:
        return (self._tail,) if self._base is None else (self._base, self._tail)

    def _masks(self, connection: sqlite3.Connection, wanted: Filter) -> list[Mask]:
        groups: Numbers | None = None
        if wanted.groups is not None:
            groups = numbers_of_groups(connection, wanted.groups)
        return [part.facets.admitted(wanted, groups) for part in self._parts()]

    def _near(
        self, connection: sqlite3.Connection, vector: Vectors, count: int, masks: Sequence[Mask]
    ) -> list[Scored]:
        """Candidates of each part by their own vectors' inner product, so that a score does not
        depend on the index that found them."""
        tail = self._tail.candidates(vector, count, masks[-1])
        near = [_scored(self._tail.facets.numbers[tail], self._tail.vectors[tail], vector)]
        if self._base is not None:
            places = np.sort(self._base.vectors.candidates(vector, count, masks[0]))
            numbers = self._base.facets.numbers[places]
            vectors = read_vectors(connection, self._folder, self._dimensions, numbers.tolist())
            near.append(_scored(numbers, vectors, vector))
        return near

    def _named(
        self, connection: sqlite3.Connection, scored: Scored, k: int
    ) -> list[tuple[str, float]]:
        """The k best with their passages' ids; ties are broken by id."""
        scored = sorted(scored, key=lambda pair: -pair[1])
        if len(scored) > k:
            least = scored[k - 1][1]
            scored = [pair for pair in scored if pair[1] >= least]
        named = [
            (read_passage(connection, self._folder, number).id, score) for number, score in scored
        ]
        return sorted(named, key=lambda pair: (-pair[1], pair[0]))[:k]

    def _count(self, connection: sqlite3.Connection, reach: Extent) -> None:
        living = sum(int(np.count_nonzero(part.facets.alive)) for part in self._parts())
        if living != reach.passages:
            raise storage.damaged(
                self._folder, f"it should hold {reach.passages} passages and holds {living}"
            )
        (terms,) = connection.execute("SELECT terms FROM state").fetchone()
        self._statistics = Statistics(reach.passages, terms)

    def _rebase(self, connection: sqlite3.Connection, record: Record | None, reach: Extent) -> None:
        base = None
        self._seen = (record,)
        if record is not None:
            kinds = self._options.kinds
            base = Base.open(self._folder, record, self._dimensions, kinds, known=self._whole)
        # A small library without a base is searched as a tail; a writer will make its base.
        if base is None and (record is not None or reach.passages > self._options.tail):
            base = self._made(connection, record)
        self._base, self._tail = base, Tail(self._dimensions)
        self._upto = self._removed_upto = 0
        if base is not None:
            self._whole = set(base.record.files)
            self._upto, self._removed_upto = base.record.upto, base.record.removed_upto

    def _made(self, connection: sqlite3.Connection, record: Record | None) -> Base | None:
        """A new base in place of a damaged or missing one, kept for others where that is possible.

        It is made of what this reader sees; `folding.keep` makes sure that no other came first.
        """
        try:
            made = make_base(connection, self._folder, self._dimensions, self._options)
        except OSError as error:
            log.warning("the indexes of %s were not kept on disk: %s", self._folder, error)
            return None
        base = Base.open(
            self._folder, made, self._dimensions, self._options.kinds, known=made.files
        )
        self._seen = (record, made)
        try:
            with closing(storage.connect(self._folder)) as other:
                # A reader must not wait here for a writer's transaction.
                other.execute("PRAGMA busy_timeout = 0")
                folding.keep(other, self._folder, made, record)
        except sqlite3.OperationalError as error:
            log.warning("the indexes of %s were not kept on disk: %s", self._folder, error)
        return base


def _scored(numbers: Numbers, vectors: Vectors, vector: Vectors) -> Scored:
    """Inner products that come out the same for a vector whatever stands beside it."""
    products = np.multiply(vectors, vector, dtype=np.float64).sum(axis=1)
    return list(zip(numbers.tolist(), products.astype(np.float32).tolist(), strict=True))


def _may_go_on(near: Sequence[Scored], scored: Scored, count: int, k: int, vector: Vectors) -> bool:
    """Whether passages that tie with the k-th may lie beyond the candidates of some part."""
    if len(scored) < k:
        return False
    least = sorted((score for _, score in scored), reverse=True)[k - 1]
    slack = _SLACK * max(float(np.linalg.norm(vector)) ** 2, abs(least))
    return any(
        len(part) >= count and min(score for _, score in part) >= least - slack for part in near
    )

"""Making a base: from nothing, or from the one before and what came after it.

Passages are streamed out of SQLite a block at a time, so that memory holds one block, the facets,
and FAISS's index. Nothing is trained again while the kind of index stays: vectors are added to it,
terms make a segment of their own, and small segments are merged into larger ones.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings.embedders.embedder import Vectors
from embeddings.index.arrays import write_array
from embeddings.index.base import Base
from embeddings.index.filters import FACETS, Facets, Numbers
from embeddings.index.postings import Segment, merge, write
from embeddings.index.stored import Block, passage_numbers, read_blocks, read_vectors
from embeddings.index.vector_index import VectorIndex
from embeddings.index.vector_kinds import KINDS, Kind
from embeddings.store.derived import INDEX_FOLDER, DerivedFile, Record, writing

_SEED = 20_240_918


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """When a base is made, and of what kind.

    Attributes:
        kinds: of vector index, by size, ascending.
        tail: passages that may lie beside the base before they are folded into it. Each costs an
            opening about 0.2 ms, because its text is split into terms.
        share: with a small base, the share of it that may lie beside it.
        bulk_share: the same while one call of `add` goes on, and a fold rewrites a large base.
        buried: the share of the base that may be removed before it is made anew without them.
        growth: a lexical segment is merged with the one before it unless that is so many times
            as large.
    """

    kinds: tuple[Kind, ...] = KINDS
    tail: int = 1_024
    share: float = 0.25
    bulk_share: float = 1 / 64
    buried: float = 0.2
    growth: int = 4

    def kind_for(self, passages: int) -> Kind:
        """The kind for a library of that size."""
        return next((kind for kind in self.kinds if passages <= kind.upto), self.kinds[-1])


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a library reaches: passages, the highest numbers of a passage and of a removal."""

    generation: int
    passages: int
    upto: int
    removed_upto: int


def extent(connection: sqlite3.Connection) -> Extent:
    """Of the library that the connection sees."""
    return Extent(
        *connection.execute(
            "SELECT generation, passages, (SELECT coalesce(max(number), 0) FROM passages), "
            "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'removed') FROM state"
        ).fetchone()
    )


def make_base(
    connection: sqlite3.Connection,
    folder: Path,
    dimensions: int,
    options: IndexOptions,
    earlier: Base | None = None,
) -> Record:
    """Writes the files of a base of all that the connection sees. The record is yet to be kept.

    Args:
        connection: inside a read transaction.
        folder: the library.
        dimensions: of its vectors.
        options: say of what kind.
        earlier: a base to go on from, opened without `mapped` and with what was removed since
            buried; None to make one from nothing.

    Raises:
        LibraryDamaged: a passage, an article or a vector is not what was stored.
        OSError: the disk is full or the folder cannot be written.
    """
    reach = extent(connection)
    if earlier is None:
        index = _trained(connection, folder, dimensions, options.kind_for(reach.passages))
        facets, after = Facets(np.zeros(0, dtype=FACETS)), 0
        files: list[DerivedFile] = []
    else:
        index, facets, after = earlier.vectors, earlier.facets, earlier.record.upto
        files = list(earlier.record.of("lexical"))
    indexes = folder / INDEX_FOLDER
    records = [facets.records()]
    place = len(facets)
    for block in read_blocks(connection, folder, dimensions, after, reach.upto):
        index.add(block.vectors)
        files.append(_segment(indexes, block, place))
        records.append(block.facets)
        place += len(block.facets)
    files = _merged(indexes, files, options.growth)
    with writing(indexes, "facets") as out:
        write_array(out, np.concatenate(records))
    files.append(out.file)
    with writing(indexes, "vectors") as out:
        index.write(out)
    files.append(out.file)
    kind = index.kind.factory
    return Record(reach.generation, kind, reach.upto, reach.removed_upto, tuple(files))


def removed_after(connection: sqlite3.Connection, number: int) -> Numbers:
    """The numbers of the passages whose removal has a number above this."""
    rows = connection.execute("SELECT passage FROM removed WHERE number > ?", (number,))
    return np.fromiter((passage for (passage,) in rows), dtype=np.int64)


def _trained(
    connection: sqlite3.Connection, folder: Path, dimensions: int, kind: Kind
) -> VectorIndex:
    sample: Vectors = np.zeros((0, dimensions), dtype=np.float32)
    if kind.sample:
        numbers = passage_numbers(connection)
        size = min(kind.sample, len(numbers))
        chosen = np.random.default_rng(_SEED).choice(numbers, size, replace=False)
        sample = read_vectors(connection, folder, dimensions, np.sort(chosen).tolist())
    return VectorIndex.train(kind, dimensions, sample)


def _segment(indexes: Path, block: Block, place: int) -> DerivedFile:
    with writing(indexes, "lexical") as out:
        write(block.terms, place, out)
    return out.file


def _merged(indexes: Path, files: list[DerivedFile], growth: int) -> list[DerivedFile]:
    """The last segments made one, as far back as the one before is not `growth` times as large."""
    size = 0
    first = len(files)
    while first and (size == 0 or files[first - 1].size < growth * size):
        first -= 1
        size += files[first].size
    if len(files) - first < 2:
        return files
    with writing(indexes, "lexical") as out:
        merge([Segment.open(indexes / file.path) for file in files[first:]], out)
    return [*files[:first], out.file]

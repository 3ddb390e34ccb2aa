"""The base of a library's indexes: its files opened, checked, and searched memory-mapped."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings.index.arrays import map_arrays
from embeddings.index.filters import FACETS, Facets
from embeddings.index.postings import Found, Segment
from embeddings.index.vector_index import VectorIndex
from embeddings.index.vector_kinds import Kind
from embeddings.store.derived import INDEX_FOLDER, DerivedFile, Record, broken

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Base:
    """All passages up to a number, indexed. A passage's place in it is the same throughout.

    Attributes:
        record: what SQLite says of it.
        facets: of its passages, those included that were removed since; this note of who is
            alive is the only thing in it that changes.
        vectors: their vectors.
        segments: their terms, by runs of places, ascending.
    """

    record: Record
    facets: Facets
    vectors: VectorIndex
    segments: tuple[Segment, ...]

    @classmethod
    def open(
        cls,
        folder: Path,
        record: Record,
        dimensions: int,
        kinds: Collection[Kind],
        *,
        known: Collection[DerivedFile] = (),
        mapped: bool = True,
    ) -> Base | None:
        """Opens the files of a base, or says in the log why it cannot be used.

        Args:
            folder: the library.
            record: names the files.
            dimensions: of a vector of the library.
            kinds: that a vector index may be of.
            known: files that were found whole before, and are not read through again.
            mapped: as for `VectorIndex.open`.
        """
        indexes = folder / INDEX_FOLDER
        bad = broken(indexes, [file for file in record.files if file not in known])
        if bad:
            log.warning("%s of %s: missing or damaged", ", ".join(bad), folder)
            return None
        kind = next((kind for kind in kinds if kind.factory == record.kind), None)
        if kind is None:
            log.warning("the indexes of %s are of an unknown kind: %s", folder, record.kind)
            return None
        try:
            ((facets,),) = (map_arrays(indexes / file.path) for file in record.of("facets"))
            (vectors,) = (
                VectorIndex.open(indexes / file.path, kind, mapped=mapped)
                for file in record.of("vectors")
            )
            segments = tuple(Segment.open(indexes / file.path) for file in record.of("lexical"))
        except (ValueError, OSError) as error:
            log.warning("the indexes of %s cannot be used: %s", folder, error)
            return None
        if facets.dtype != FACETS or len(facets) != len(vectors):
            log.warning("the indexes of %s do not belong together", folder)
            return None
        if vectors.dimensions != dimensions:
            log.warning("the indexes of %s were made with another embedder", folder)
            return None
        return cls(record, Facets(facets), vectors, segments)

    def find(self, term: str) -> list[Found]:
        """The postings of a term, a piece a segment."""
        return [found for segment in self.segments if (found := segment.find(term)) is not None]

    @property
    def buried(self) -> float:
        """The share of its passages that are no longer in the library."""
        return 1 - np.count_nonzero(self.facets.alive) / max(len(self.facets), 1)

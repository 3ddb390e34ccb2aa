"""Search by inner product, in FAISS: candidates by their place, to be scored anew by their rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss as typed_faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.embedders.embedder import Vectors
from embeddings.index.arrays import Out
from embeddings.index.filters import Mask
from embeddings.index.vector_kinds import Kind

# Its type stubs describe the C++ side; the calls here are those of its Python side.
faiss: Any = typed_faiss

Places = NDArray[np.int64]

_PIECE = 1 << 20


class VectorIndex:
    """Vectors at the places 0 … n-1 of one kind of FAISS index."""

    def __init__(self, index: Any, kind: Kind) -> None:
        self._index = index
        self.kind = kind

    @classmethod
    def train(cls, kind: Kind, dimensions: int, sample: Vectors) -> VectorIndex:
        """An empty index that has learnt from a sample, shape (n, dimensions), what it must."""
        index = faiss.index_factory(dimensions, kind.factory, faiss.METRIC_INNER_PRODUCT)
        if kind.care:
            index.hnsw.efConstruction = kind.care
        if not index.is_trained:
            index.train(_floats(sample))
        return cls(index, kind)

    @classmethod
    def open(cls, path: Path, kind: Kind, *, mapped: bool = True) -> VectorIndex:
        """The index that `write` wrote.

        Args:
            path: a file.
            kind: of the index in it.
            mapped: read from disk as it is touched, where FAISS can; nothing can be added then.

        Raises:
            ValueError: the file holds no index. FAISS keeps no checksum: whoever stores the file
                must hold one, or damage inside a vector goes unseen.
        """
        # Flat vectors, codes and graphs are mapped by this flag; lists of an inverted file are
        # read whole, which at 80 bytes a vector is little.
        flags = faiss.IO_FLAG_MMAP_IFC if mapped and "IVF" not in kind.factory else 0
        try:
            index = faiss.read_index(str(path), flags)
        except RuntimeError as error:
            raise ValueError(f"{path.name} is not a FAISS index: {error}") from error
        return cls(index, kind)

    def add(self, vectors: Vectors) -> None:
        """Adds vectors of shape (n, dimensions) at the next n places."""
        if len(vectors):
            self._index.add(_floats(vectors))

    def write(self, out: Out) -> None:
        """Writes the whole index.

        Raises:
            OSError: the disk is full or cannot be written.
        """
        # FAISS would put an error of its own in place of this one.
        faults: list[OSError] = []

        def take(data: bytes) -> None:
            if not faults:
                try:
                    out.write(data)
                except OSError as error:
                    faults.append(error)

        inner = faiss.PyCallbackIOWriter(take, _PIECE)
        writer = faiss.BufferedIOWriter(inner, _PIECE)
        faiss.write_index(self._index, writer)
        # Its destructor hands over what it still holds.
        del writer
        if faults:
            raise faults[0]

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """Length of one vector."""
        return int(self._index.d)

    def candidates(self, vector: Vectors, count: int, allowed: Mask) -> Places:
        """Places of vectors that are near to one, in no order.

        Args:
            vector: shape (dimensions,).
            count: how many, at least 1; fewer come back only where fewer are allowed.
            allowed: shape (n,), True where a vector may be found. The index itself passes over
                the others: searching all and sifting afterwards would return fewer than `count`
                though more are there.
        """
        admitted = int(np.count_nonzero(allowed))
        if admitted <= count:
            return np.flatnonzero(allowed)
        found = self._search(vector, count, allowed, thorough=False)
        # A graph or a list index may not reach as many by its own ways.
        if len(found) < count:
            found = self._search(vector, count, allowed, thorough=True)
        return found

    def _search(self, vector: Vectors, count: int, allowed: Mask, *, thorough: bool) -> Places:
        index, parameters = self._how(count, allowed, thorough=thorough)
        _, found = index.search(_floats(vector).reshape(1, -1), count, params=parameters)
        places: Places = found[0]
        return places[places >= 0]

    def _how(self, count: int, allowed: Mask, *, thorough: bool) -> tuple[Any, Any]:
        """The index to ask, and how: by its own ways, or one by one where few are admitted."""
        share = np.count_nonzero(allowed) / len(self)
        chosen = {} if share == 1 else {"sel": _selector(allowed)}
        thorough = thorough or bool(share < self.kind.few)
        if isinstance(self._index, faiss.IndexHNSW):
            if thorough:
                return faiss.downcast_index(self._index.storage), faiss.SearchParameters(**chosen)
            effort = max(self.kind.effort, count)
            return self._index, faiss.SearchParametersHNSW(efSearch=effort, **chosen)
        if isinstance(self._index, faiss.IndexIVF):
            lists = int(self._index.nlist)
            reach = lists if thorough else int(self.kind.effort / share)
            return self._index, faiss.SearchParametersIVF(nprobe=min(reach, lists), **chosen)
        return self._index, faiss.SearchParameters(**chosen)


def _selector(allowed: Mask) -> Any:
    bits = np.packbits(allowed, bitorder="little")
    return faiss.IDSelectorBitmap(bits)


def _floats(vectors: Vectors) -> Vectors:
    return np.ascontiguousarray(vectors, dtype=np.float32)

"""Which passages hold a term and how often: in memory while they grow, then memory-mapped.

A passage is known here by its place in an index. A segment holds the postings of a run of places
and is never changed; segments of neighbouring runs are merged into one, term by term.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.index.arrays import Array, Out, map_arrays, write_array, write_pieces

Found = tuple[NDArray[np.uint32], Array]
"""The places that hold a term, ascending, and how often each does."""

_PIECE = 1 << 20
"""Postings gathered in memory at a time when segments are merged."""

_MOST = 0xFFFF
"""The largest count that is kept. A passage has at most 3,072 characters."""


class GrowingPostings:
    """Postings in memory, to which passages are added in the order of their places."""

    def __init__(self) -> None:
        self._lists: dict[str, tuple[array[int], array[int]]] = {}

    def add(self, place: int, terms: Iterable[str]) -> None:
        """Adds the terms of one passage, repeats included."""
        for term, count in Counter(terms).items():
            held = self._lists.get(term)
            if held is None:
                held = self._lists[term] = (array("I"), array("H"))
            held[0].append(place)
            held[1].append(min(count, _MOST))

    def find(self, term: str) -> Found | None:
        """The postings of a term, or None."""
        held = self._lists.get(term)
        if held is None:
            return None
        return np.array(held[0], dtype=np.uint32), np.array(held[1], dtype=np.uint16)


class Segment:
    """Postings in a file."""

    def __init__(self, arrays: Sequence[Array]) -> None:
        self._letters, self._ends, self._starts, self._places, self._counts = arrays

    @classmethod
    def open(cls, path: Path) -> Segment:
        """Maps a file that `write` or `merge` has filled.

        Raises:
            ValueError, OSError: the file holds something else.
        """
        arrays = map_arrays(path)
        if len(arrays) != 5:
            raise ValueError(f"{path.name} is no segment: it holds {len(arrays)} arrays")
        return cls(arrays)

    def __len__(self) -> int:
        """How many postings."""
        return len(self._places)

    @property
    def counts_type(self) -> np.dtype[np.unsignedinteger]:
        """The type of its counts: no wider than they need."""
        kind: np.dtype[np.unsignedinteger] = self._counts.dtype
        return kind

    def find(self, term: str) -> Found | None:
        """The postings of a term, or None."""
        name = term.encode()
        place = bisect_left(range(len(self._ends)), name, key=self._term)
        if place == len(self._ends) or self._term(place) != name:
            return None
        return self.places(place), self.counts(place)

    def terms(self) -> Iterator[bytes]:
        """All its terms in UTF-8, ascending."""
        letters, start = self._letters.tobytes(), 0
        for end in self._ends.tolist():
            yield letters[start:end]
            start = end

    def places(self, term: int) -> NDArray[np.uint32]:
        """The places that hold its term of that number, ascending."""
        return self._places[self._starts[term] : self._starts[term + 1]]

    def counts(self, term: int) -> Array:
        """How often each of those places holds it."""
        return self._counts[self._starts[term] : self._starts[term + 1]]

    def _term(self, place: int) -> bytes:
        start = int(self._ends[place - 1]) if place else 0
        return self._letters[start : int(self._ends[place])].tobytes()


def write(texts: Sequence[Sequence[str]], first: int, out: Out) -> None:
    """Writes a segment of the terms of passages that stand at `first`, `first + 1`, …

    It is written as five arrays: the letters of the terms, where each term ends among them, where
    its postings begin, and the postings' places and counts.
    """
    numbers: dict[str, int] = {}
    flat = array("I")
    for terms in texts:
        flat.extend([numbers.setdefault(term, len(numbers)) for term in terms])
    names = sorted((term.encode(), number) for term, number in numbers.items())
    rank = np.zeros(len(names), dtype=np.int64)
    rank[[number for _, number in names]] = np.arange(len(names))
    places = np.repeat(np.arange(len(texts)), [len(terms) for terms in texts])
    # One number for a term in a passage: sorted, they are the postings in their order.
    keys = rank[np.array(flat, dtype=np.int64)] * len(texts) + places
    held, counts = np.unique(keys, return_counts=True)
    terms_of, places_of = np.divmod(held, max(len(texts), 1))
    starts = np.searchsorted(terms_of, np.arange(len(names) + 1))
    _write_vocabulary(out, [name for name, _ in names], starts)
    write_array(out, (places_of + first).astype(np.uint32))
    counts = np.minimum(counts, _MOST)
    write_array(out, counts.astype(np.min_scalar_type(counts.max(initial=0))))


def merge(segments: Sequence[Segment], out: Out) -> None:
    """Writes one segment that holds what several hold; their runs of places must ascend."""
    names: list[bytes] = []
    lengths: list[int] = []
    # Whose term of which number comes next, for every term of every segment.
    whose, which = array("I"), array("I")
    numbered = [_numbered(segment, number) for number, segment in enumerate(segments)]
    for name, number, place in heapq.merge(*numbered):
        length = len(segments[number].places(place))
        if names and names[-1] == name:
            lengths[-1] += length
        else:
            names.append(name)
            lengths.append(length)
        whose.append(number)
        which.append(place)
    _write_vocabulary(out, names, np.cumsum([0, *lengths], dtype=np.int64))
    shape = (sum(map(len, segments)),)
    places = (segments[number].places(place) for number, place in zip(whose, which, strict=True))
    write_pieces(out, np.dtype(np.uint32), shape, _gathered(places))
    counts = (segments[number].counts(place) for number, place in zip(whose, which, strict=True))
    widest = np.result_type(*(segment.counts_type for segment in segments))
    write_pieces(out, widest, shape, _gathered(counts))


def _numbered(segment: Segment, number: int) -> Iterator[tuple[bytes, int, int]]:
    for place, name in enumerate(segment.terms()):
        yield name, number, place


def _gathered(slices: Iterable[Array]) -> Iterator[Array]:
    waiting: list[Array] = []
    size = 0
    for piece in slices:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield np.concatenate(waiting)
            waiting, size = [], 0
    if waiting:
        yield np.concatenate(waiting)


def _write_vocabulary(out: Out, names: Sequence[bytes], starts: NDArray[np.int64]) -> None:
    write_array(out, np.frombuffer(b"".join(names), dtype=np.uint8))
    write_array(out, np.cumsum([len(name) for name in names], dtype=np.int64))
    write_array(out, starts.astype(np.int64))

"""Every kind of vector index against exact search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.embedders.embedder import Vectors
from embeddings.index.filters import Mask
from embeddings.index.vector_index import VectorIndex
from embeddings.index.vector_kinds import EXACT, HNSW, IVF, KINDS, SQ8, Kind
from embeddings.store.derived import writing

DIMENSIONS = 32
SIZE = 3_000
# The large kinds as they are, but with lists for thousands of vectors, not millions.
SMALL = (EXACT, SQ8, HNSW, replace(IVF, factory="IVF32,RaBitQfs", effort=16))
KIND = pytest.mark.parametrize("kind", SMALL, ids=lambda kind: kind.name)


def clustered(n: int, seed: int, *, normalised: bool) -> Vectors:
    """Vectors about 40 centres, like those of articles about 40 stories."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((40, DIMENSIONS))
    vectors = centres[random.integers(0, 40, n)] + 0.6 * random.standard_normal((n, DIMENSIONS))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scale = lengths if normalised else lengths / random.uniform(0.7, 1.4, (n, 1))
    scaled: Vectors = (vectors / scale).astype(np.float32)
    return scaled


def indexed(kind: Kind, vectors: Vectors) -> VectorIndex:
    index = VectorIndex.train(kind, vectors.shape[1], vectors)
    for block in np.array_split(vectors, 3):
        index.add(block)
    return index


def saved(index: VectorIndex, folder: Path) -> Path:
    with writing(folder, "vectors") as out:
        index.write(out)
    return folder / out.file.path


def mask(share: float, seed: int = 5) -> Mask:
    allowed: Mask = np.random.default_rng(seed).random(SIZE) < share
    return allowed


@KIND
@pytest.mark.parametrize("normalised", [True, False])
@pytest.mark.parametrize("share", [1.0, 0.5, 0.15, 0.05, 0.01])
def test_the_best_ten_are_among_the_candidates(
    kind: Kind, normalised: bool, share: float, tmp_path: Path
) -> None:
    vectors = clustered(SIZE, 1, normalised=normalised)
    path = saved(indexed(kind, vectors), tmp_path)
    index = VectorIndex.open(path, kind)
    allowed = mask(share)
    found = 0
    for query in clustered(40, 2, normalised=normalised):
        candidates = index.candidates(query, kind.times * 10 + kind.more, allowed)
        assert len(set(candidates.tolist())) == len(candidates)
        assert allowed[candidates].all()
        scores = np.where(allowed, vectors @ query, -np.inf)
        best = np.argsort(-scores, kind="stable")[: min(10, int(allowed.sum()))]
        found += np.isin(best, candidates).mean()
    # 0.98 is what a library of any size must keep; exact search may miss nothing.
    assert found / 40 >= (1.0 if kind is EXACT else 0.98)


@KIND
def test_as_many_come_back_as_are_asked_for(kind: Kind) -> None:
    vectors = clustered(SIZE, 1, normalised=True)
    index = indexed(kind, vectors)
    for share in (1.0, 0.3, 0.05, 0.002):
        allowed = mask(share)
        for count in (1, 7, 100):
            found = index.candidates(vectors[3], count, allowed)
            assert len(found) == min(count, int(allowed.sum()))


@pytest.mark.parametrize("kind", SMALL[2:], ids=lambda kind: kind.name)
def test_what_its_own_ways_do_not_reach_is_looked_for_one_by_one(kind: Kind) -> None:
    vectors = clustered(SIZE, 1, normalised=True)
    index = indexed(replace(kind, effort=1, few=0.0), vectors)
    for allowed in (np.ones(SIZE, dtype=np.bool_), mask(0.9)):
        found = index.candidates(vectors[3], 2_500, allowed)
        assert len(set(found.tolist())) == 2_500
        assert allowed[found].all()


@KIND
def test_a_file_gives_the_same_index_back_and_can_be_added_to(kind: Kind, tmp_path: Path) -> None:
    vectors = clustered(SIZE, 1, normalised=True)
    index = indexed(kind, vectors[:-100])
    path = saved(index, tmp_path)
    everything = np.ones(SIZE, dtype=np.bool_)
    for mapped in (True, False):
        again = VectorIndex.open(path, kind, mapped=mapped)
        assert (len(again), again.dimensions) == (SIZE - 100, DIMENSIONS)
        assert np.array_equal(
            again.candidates(vectors[4], 5, everything[:-100]),
            index.candidates(vectors[4], 5, everything[:-100]),
        )
    again.add(vectors[-100:])
    assert len(again) == SIZE
    found = [SIZE - 1 - n in again.candidates(vectors[-1 - n], 20, everything) for n in range(100)]
    assert np.mean(found) >= 0.98


@pytest.mark.parametrize("kind", [EXACT, SQ8, HNSW], ids=lambda kind: kind.name)
def test_codes_stay_on_disk_until_they_are_touched(kind: Kind, tmp_path: Path) -> None:
    path = saved(indexed(kind, clustered(SIZE, 1, normalised=True)), tmp_path)
    index = VectorIndex.open(path, kind)
    mapped = [
        line for line in Path("/proc/self/maps").read_text().splitlines() if str(path) in line
    ]
    assert mapped
    del index


@given(
    n=st.integers(1, 60),
    count=st.integers(1, 70),
    seed=st.integers(0, 10_000),
    share=st.floats(0, 1),
)
def test_exact_finds_what_a_full_sort_finds(n: int, count: int, seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((n, 8)).astype(np.float32)
    query = random.standard_normal(8).astype(np.float32)
    allowed: Mask = random.random(n) < share
    found = indexed(EXACT, vectors).candidates(query, count, allowed)
    scores = vectors.astype(np.float64) @ query.astype(np.float64)
    places = np.flatnonzero(allowed)
    expected = places[np.argsort(-scores[places])][:count]
    assert set(found.tolist()) == set(expected.tolist())


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    empty = np.zeros((0, 8), dtype=np.float32)
    index = VectorIndex.train(EXACT, 8, empty)
    index.add(empty)
    again = VectorIndex.open(saved(index, tmp_path), EXACT)
    found = again.candidates(np.ones(8, dtype=np.float32), 3, np.zeros(0, dtype=np.bool_))
    assert found.tolist() == []


@pytest.mark.parametrize("data", [b"", b"nonsense", b"IHN9"])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(ValueError, match="is not a FAISS index"):
        VectorIndex.open(tmp_path / "file", EXACT)


@KIND
def test_a_full_disk_is_an_error_not_a_short_file(kind: Kind) -> None:
    class Full:
        def write(self, data: bytes | memoryview) -> None:
            raise OSError(28, f"No space left on device for {len(data)} bytes")

    with pytest.raises(OSError, match="No space"):
        indexed(kind, clustered(SIZE, 1, normalised=True)).write(Full())


def test_the_table_is_by_size_and_known_to_faiss() -> None:
    assert [kind.upto for kind in KINDS] == sorted({kind.upto for kind in KINDS})
    assert len({kind.factory for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        index = faiss.index_factory(384, kind.factory, faiss.METRIC_INNER_PRODUCT)
        assert index.is_trained == (kind.sample == 0)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.embedder import Vectors
from embeddings.vector_index import Numbers, VectorIndex


def unit_vectors(n: int, dimensions: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((n, dimensions)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


@given(
    n=st.integers(1, 60),
    k=st.integers(1, 70),
    seed=st.integers(0, 10_000),
    share=st.none() | st.floats(0, 1),
)
def test_finds_what_a_full_sort_finds(n: int, k: int, seed: int, share: float | None) -> None:
    vectors = unit_vectors(n + 1, 8, seed)
    query, vectors = vectors[0], vectors[1:]
    random = np.random.default_rng(seed)
    numbers: Numbers = np.sort(random.choice(1000, n, replace=False)).astype(np.int64)
    allowed = None if share is None else numbers[random.random(n) < share]
    index = VectorIndex.from_vectors(numbers, vectors)
    found = index.search(query, k, allowed)
    scores = vectors.astype(np.float64) @ query.astype(np.float64)
    candidates = [
        (number, score)
        for number, score in zip(numbers.tolist(), scores, strict=True)
        if allowed is None or number in allowed
    ]
    expected = sorted(candidates, key=lambda pair: -pair[1])[:k]
    assert [number for number, _ in found] == [number for number, _ in expected]
    assert [s for _, s in found] == pytest.approx([s for _, s in expected], abs=1e-6)


@given(k=st.integers(1, 12), copies=st.integers(1, 10), restricted=st.booleans())
def test_all_that_tie_with_the_last_are_returned(k: int, copies: int, restricted: bool) -> None:
    axes = np.eye(4, dtype=np.float32)
    vectors = np.concatenate([np.repeat(axes[:1], copies, axis=0), axes[1:]])
    numbers = np.arange(len(vectors), dtype=np.int64)
    allowed = numbers if restricted else None
    found = VectorIndex.from_vectors(numbers, vectors).search(axes[0], k, allowed)
    if k <= copies:
        assert found == [(number, 1.0) for number in range(copies)]
    else:
        assert len(found) == copies + 3


def test_bytes_give_the_same_index_back() -> None:
    vectors = unit_vectors(20, 8, seed=1)
    index = VectorIndex.from_vectors(np.arange(20, dtype=np.int64) * 3, vectors)
    data = index.to_bytes()
    again = VectorIndex.from_bytes(data)
    assert again.to_bytes() == data
    assert again.numbers.tolist() == list(range(0, 60, 3))
    assert (len(again), again.dimensions) == (20, 8)
    assert again.search(vectors[4], 5) == index.search(vectors[4], 5)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"IxFI" + bytes(60)])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a"):
        VectorIndex.from_bytes(data)


def test_cut_bytes_are_refused() -> None:
    data = VectorIndex.from_vectors(np.arange(4, dtype=np.int64), unit_vectors(4, 8, 1)).to_bytes()
    for length in range(0, len(data), 7):
        with pytest.raises(ValueError, match="not a"):
            VectorIndex.from_bytes(data[:length])


def test_an_empty_index_finds_nothing() -> None:
    index = VectorIndex.from_vectors(np.zeros(0, np.int64), np.zeros((0, 8), np.float32))
    assert VectorIndex.from_bytes(index.to_bytes()).search(unit_vectors(1, 8, 1)[0], 3) == []


def test_nothing_allowed_finds_nothing() -> None:
    index = VectorIndex.from_vectors(np.arange(4, dtype=np.int64), unit_vectors(4, 8, 1))
    assert index.search(unit_vectors(1, 8, 2)[0], 3, np.zeros(0, np.int64)) == []


def test_bad_questions_are_refused() -> None:
    index = VectorIndex.from_vectors(np.arange(4, dtype=np.int64), unit_vectors(4, 8, 1))
    with pytest.raises(ValueError, match="k must be"):
        index.search(unit_vectors(1, 8, 2)[0], 0)
    with pytest.raises(ValueError, match="shape"):
        index.search(unit_vectors(1, 9, 2)[0], 1)

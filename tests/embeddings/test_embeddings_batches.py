from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.embedders.batches import batches_of


@given(st.lists(st.integers(1, 300), max_size=80), st.integers(1, 2000))
def test_every_text_once_within_the_budget_longest_first(lengths: list[int], budget: int) -> None:
    batches = list(batches_of(lengths, budget))
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    order = [lengths[place] for batch in batches for place in batch]
    assert order == sorted(lengths, reverse=True)
    for batch in batches:
        padded = max(lengths[place] for place in batch) * len(batch)
        assert padded <= budget or len(batch) == 1


@pytest.mark.parametrize(
    ("lengths", "budget", "batches"),
    [
        ([], 10, []),
        ([50], 10, [[0]]),
        ([2, 5, 2, 5], 10, [[1, 3], [0, 2]]),
        ([3, 3, 3, 3], 9, [[0, 1, 2], [3]]),
    ],
)
def test_batches(lengths: list[int], budget: int, batches: list[list[int]]) -> None:
    assert list(batches_of(lengths, budget)) == batches

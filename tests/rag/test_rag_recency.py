"""How new an article is among others."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rag.finding.recency import recency

MARCH, JUNE, JULY = date(2024, 3, 5), date(2024, 6, 18), date(2024, 7, 1)


def test_the_newest_counts_whole_and_one_without_a_day_nothing() -> None:
    assert recency([JUNE, None, MARCH, JULY, JULY]) == [2 / 3, 0.0, 1 / 3, 1.0, 1.0]
    assert recency([]) == []
    assert recency([None, None]) == [0.0, 0.0]


@given(st.lists(st.none() | st.dates()))
def test_what_is_newer_never_counts_less(days: list[date | None]) -> None:
    found = recency(days)
    for one, value in zip(days, found, strict=True):
        assert (value > 0) == (one is not None)
        for other, less in zip(days, found, strict=True):
            if one and other and one > other:
                assert value > less

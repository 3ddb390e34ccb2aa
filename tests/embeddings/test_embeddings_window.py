from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.store.window import DateWindow, day_number

days = st.none() | st.dates()


@given(st.builds(DateWindow, since=days, until=days), st.lists(days, max_size=20))
def test_mask_is_admits_for_many(window: DateWindow, published: list[date | None]) -> None:
    numbers = np.array([day_number(day) for day in published], dtype=np.int32)
    assert window.mask(numbers).tolist() == [window.admits(day) for day in published]


@pytest.mark.parametrize(
    ("since", "until", "day", "admitted"),
    [
        (None, None, None, True),
        (None, date(2024, 3, 31), None, False),
        (date(1, 1, 1), None, None, False),
        (date(2024, 3, 1), date(2024, 3, 1), date(2024, 3, 1), True),
        (None, date(2024, 3, 31), date(2024, 4, 1), False),
        (date(2024, 3, 1), None, date(2024, 2, 29), False),
        (date(2024, 3, 2), date(2024, 3, 1), date(2024, 3, 1), False),
    ],
)
def test_ends_are_included_and_undated_articles_only_in_an_open_window(
    since: date | None, until: date | None, day: date | None, admitted: bool
) -> None:
    assert DateWindow(since, until).admits(day) is admitted

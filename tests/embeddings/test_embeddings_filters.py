from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from embeddings.index.filters import FACETS, Facets, Filter, facets_of, outlet_code
from embeddings.store.window import DateWindow

MakeArticle = Callable[..., Article]
DAYS = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 9))
OUTLETS = st.none() | st.sampled_from(["Post", "Courier", "Gazette"])


@given(
    articles=st.lists(st.tuples(OUTLETS, DAYS, st.booleans(), st.booleans()), max_size=12),
    since=DAYS,
    until=DAYS,
    outlets=st.none() | st.frozensets(st.sampled_from(["Post", "Courier", "Elsewhere"])),
    withdrawn=st.booleans(),
    group=st.none() | st.frozensets(st.integers(0, 30)),
)
def test_the_mask_admits_what_each_article_says(
    articles: list[tuple[str | None, date | None, bool, bool]],
    since: date | None,
    until: date | None,
    outlets: frozenset[str] | None,
    withdrawn: bool,
    group: frozenset[int] | None,
) -> None:
    window = DateWindow(since, until)
    records = np.zeros(len(articles), dtype=FACETS)
    for place, (outlet, day, taken_back, _) in enumerate(articles):
        article = Article(
            str(place), "T", outlet, day, "none", "Text.", "s",
            withdrawn=date(2024, 2, 1) if taken_back else None,
        )  # fmt: skip
        records[place] = facets_of(2 * place, article, 3)
    facets = Facets(records)
    facets.bury(np.array([2 * n for n, row in enumerate(articles) if row[3]] + [77, 1], np.int64))
    numbers = None if group is None else np.array(sorted(group), dtype=np.int64)
    mask = facets.admitted(
        Filter(window, outlets, frozenset() if group else None, withdrawn), numbers
    )
    for place, (outlet, day, taken_back, dead) in enumerate(articles):
        assert mask[place] == (
            not dead
            and window.admits(day)
            and (outlets is None or outlet in outlets)
            and (withdrawn or not taken_back)
            and (group is None or 2 * place in group)
        )


def test_records_come_back_and_grow(make_article: MakeArticle) -> None:
    first = np.array([facets_of(4, make_article(1), 9)], dtype=FACETS)
    second = np.array([facets_of(7, make_article(2, outlet=None), 5)], dtype=FACETS)
    facets = Facets(first).extended(second)
    assert np.array_equal(facets.records(), np.concatenate([first, second]))
    assert facets.numbers.tolist() == [4, 7]
    assert facets.places(np.array([7, 5, 4, 99])).tolist() == [1, 0]


def test_no_outlet_has_the_code_of_none() -> None:
    assert 0 < outlet_code("") != outlet_code("Post")

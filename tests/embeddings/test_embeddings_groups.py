from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article
from corpus.copies import is_copy
from corpus.errors import LibraryDamaged, NotInLibrary
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.groups import grouped
from embeddings.library import Library
from embeddings.store.storage import FILE_NAME
from tests.embeddings.copied import chain, report

VECTOR = HashEmbedder().embed(["harbour council bridge"])[0]


def partition(library: Library) -> set[frozenset[str]]:
    """The groups, each as the sources of its articles."""
    articles = list(library.articles())
    return {
        frozenset(one.source for one in library.group(article.id).articles) for article in articles
    }


def found_in(library: Library, group: str) -> set[str]:
    """The articles that the two searches find when only a group may be found."""
    dense = library.dense(VECTOR, 999, groups=[group])
    lexical = library.lexical("met times", 999, groups=[group])
    assert {hit for hit, _ in dense} == {hit for hit, _ in lexical}
    return {library.passage(hit).article_id for hit, _ in dense}


def test_copies_are_one_group_and_both_are_kept(library: Library) -> None:
    first, copy, other = report(1), report(1, "Belmont Times", last=7), report(2)
    added = library.add([first, copy, other])
    assert (added.added, added.grouped, added.duplicates) == (3, 1, 0)
    group = library.group(copy.id)
    assert group == library.group(first.id)
    assert group.id == first.id
    assert group.articles == (first, copy)
    assert group.outlets == ("Ashford Courier", "Belmont Times")
    assert library.group(other.id).articles == (other,)
    assert library.group(other.id).id == other.id
    assert found_in(library, group.id) == {first.id, copy.id}
    assert found_in(library, copy.id) == set()
    library.check()


def test_a_third_makes_one_group_of_two_and_searches_see_it(library: Library) -> None:
    one, other, bridge = chain()
    assert not is_copy(one, other)
    library.add([one, other, report(5)])
    assert library.group(one.id).articles == (one,)
    assert found_in(library, other.id) == {other.id}
    assert library.add([bridge]).grouped == 1
    assert {article.id for article in library.group(other.id).articles} == {
        one.id, other.id, bridge.id
    }  # fmt: skip
    assert library.group(other.id).id == one.id
    assert found_in(library, one.id) == {one.id, other.id, bridge.id}
    assert found_in(library, other.id) == set()
    library.check()


@pytest.mark.parametrize("way", ["delete", "update"])
def test_without_the_bridge_the_group_falls_apart(library: Library, way: str) -> None:
    one, other, bridge = chain()
    library.add([bridge, one, other])
    assert library.group(one.id).id == bridge.id
    if way == "delete":
        assert library.delete(bridge.id)
    else:
        assert library.add([replace(bridge, text=report(9).text)]).updated == 1
        assert found_in(library, bridge.id) == {bridge.id}
    assert library.group(one.id).articles == (one,)
    assert found_in(library, one.id) == {one.id}
    assert found_in(library, other.id) == {other.id}
    library.check()


def test_a_later_version_may_become_a_copy(library: Library) -> None:
    first, other = report(1), report(2, "Belmont Times")
    library.add([first, other])
    library.add([replace(other, text=first.text)])
    assert library.group(other.id).id == first.id
    assert found_in(library, first.id) == {first.id, other.id}


def test_the_first_member_names_the_group_even_after_it_was_updated(library: Library) -> None:
    first, copy = report(1), report(1, "Belmont Times")
    library.add([first, copy, replace(first, title="Corrected")])
    assert library.group(copy.id).id == first.id


def test_a_library_from_before_there_were_groups_is_grouped_at_the_next_ingest(
    library: Library,
) -> None:
    first, copy = report(1), report(1, "Belmont Times", last=7)
    library.add([first, copy])
    connection = sqlite3.connect(library.path / FILE_NAME, isolation_level=None)
    connection.execute("DELETE FROM signatures")
    connection.execute("DELETE FROM signature_bands")
    connection.execute("UPDATE articles SET group_id = id")
    connection.close()
    assert library.group(copy.id).articles == (copy,)
    third = report(1, "Carrick Herald", before="(AFP) –")
    assert library.add([third]).grouped == 1
    assert partition(library) == {frozenset({first.source, copy.source, third.source})}
    library.check()


def test_a_signature_that_is_lost_is_told(library: Library) -> None:
    library.add([report(1)])
    connection = sqlite3.connect(library.path / FILE_NAME, isolation_level=None)
    connection.execute("UPDATE signatures SET signature = x'00'")
    connection.close()
    with pytest.raises(LibraryDamaged, match="signature"):
        library.add([report(1, "Belmont Times")])


def test_unknown_articles_have_no_group(library: Library) -> None:
    with pytest.raises(NotInLibrary, match="no article nobody"):
        library.group("nobody")


EARLY, LATE = date(2024, 3, 4), date(2024, 3, 6)


@pytest.mark.parametrize(
    ("members", "original", "why"),
    [
        (
            [report(1), report(1, "Belmont Times", before="(AFP) –"), report(1, "Carrick Herald")],
            "AFP",
            "credited by 1 of 3",
        ),
        (
            [
                report(1, "Belmont Times", day=EARLY),
                report(1, after="This article was originally published by Carrick Herald."),
                report(1, "Carrick Herald", day=LATE),
            ],
            "Carrick Herald",
            "credited by 1 of 3",
        ),
        (
            [report(1), report(1, "Belmont Times", day=EARLY), report(1, "X", day=None)],
            "Belmont Times",
            "the earliest dated, of 2024-03-04",
        ),
        (
            [report(1), report(1, "Belmont Times")],
            "Ashford Courier",
            "the first that was added of those of 2024-03-05",
        ),
        (
            [report(1, day=None), report(1, "Belmont Times", day=None)],
            "Ashford Courier",
            "the first that was added; none is dated",
        ),
        ([report(1, "Associated Press")], "AP", "no copy of it is in the library"),
        ([report(1, None)], "unknown outlet", "no copy of it is in the library"),
    ],
)
def test_whose_report_it_is_and_what_tells_so(
    members: Sequence[Article], original: str, why: str
) -> None:
    group = grouped("group", members)
    assert (group.original, group.why) == (original, why)
    named = [article for article in members if article.outlet == original]
    assert not named or group.articles[0] == named[0]
    assert sorted(group.outlets) == sorted({one.outlet for one in members if one.outlet})


POOL = (
    report(1), report(1, "Belmont Times", last=8), report(1, "Carrick Herald", before="(AFP) –"),
    report(2), report(2, "Belmont Times", name="late", day=LATE), report(3, None, last=11),
    report(3, "Carrick Herald"), report(4, "Carrick Herald", last=3), *chain(7),
)  # fmt: skip


def linked(articles: Iterable[Article]) -> set[frozenset[str]]:
    """The groups by the rule itself: every pair compared."""
    parts: list[set[Article]] = []
    for article in articles:
        joined = [part for part in parts if any(is_copy(article, other) for other in part)]
        parts = [part for part in parts if part not in joined]
        parts.append({article}.union(*joined))
    return {frozenset(article.source for article in part) for part in parts}


@settings(max_examples=10, deadline=None)
@given(st.permutations(POOL), st.data())
def test_the_order_in_which_articles_come_means_nothing(
    articles: list[Article], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(articles)))
    with (
        TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library", HashEmbedder(), create=True) as library,
    ):
        library.add(articles[:cut])
        library.add(articles[cut:])
        assert library.stats().articles == len(articles)
        assert partition(library) == linked(articles)
        gone = data.draw(st.sampled_from(articles))
        library.delete(gone.id)
        assert partition(library) == linked(one for one in articles if one != gone)
        library.check()

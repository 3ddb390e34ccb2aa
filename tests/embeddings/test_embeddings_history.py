from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NotInLibrary
from embeddings.library import Library
from embeddings.store.history import Change, changes, in_order
from tests.embeddings.copied import report, sentences

FIRST = replace(
    report(1),
    text="Nine people were hurt when the ferry ran aground, the coast guard said.\n\n"
    "Divers are to examine the hull. The channel was dredged four years ago.",
)
SECOND = replace(
    FIRST,
    title="Ferry: eleven hurt",
    updated=date(2024, 3, 6),
    text="Eleven people were hurt when the ferry ran aground, the coast guard said.\n\n"
    "The channel was dredged four years ago. A court ordered an inquiry into the accident.",
)


def test_what_came_went_and_changed() -> None:
    day = date(2024, 3, 6)
    assert changes([FIRST, SECOND]) == (
        Change(1, day, "field", "title", FIRST.title, "Ferry: eleven hurt"),
        Change(1, day, "field", "updated", "", "2024-03-06"),
        Change(1, day, "removed", "text", "Divers are to examine the hull.", ""),
        Change(
            1, day, "changed", "text",
            "Nine people were hurt when the ferry ran aground, the coast guard said.",
            "Eleven people were hurt when the ferry ran aground, the coast guard said.",
        ),
        Change(
            1, day, "added", "text", "", "A court ordered an inquiry into the accident."
        ),
    )  # fmt: skip


def test_each_step_is_told() -> None:
    third = replace(SECOND, withdrawn=date(2024, 3, 9))
    told = changes([FIRST, SECOND, third])
    assert told[:-1] == changes([FIRST, SECOND])
    assert told[-1] == Change(2, date(2024, 3, 6), "field", "withdrawn", "", "2024-03-09")


def test_no_version_no_change() -> None:
    assert changes([]) == changes([FIRST]) == changes([FIRST, FIRST]) == ()
    assert changes([FIRST, replace(FIRST, source="elsewhere", dated_by="url")]) == ()


def test_a_sentence_that_moved_has_not_changed() -> None:
    one = replace(FIRST, text="A first one is here.\n\nA second sentence follows.")
    other = replace(FIRST, text="A second sentence follows.\n\nA first one is here.")
    assert changes([one, other]) == ()


def test_furniture_that_was_taken_out_is_no_change() -> None:
    line = "Read our newsletter every morning."
    with_it = replace(FIRST, text=f"{FIRST.text}\n\n{line}")
    relieved = replace(FIRST, dropped=(line,))
    assert changes([with_it, relieved]) == changes([relieved, with_it]) == ()
    assert [change.kind for change in changes([with_it, FIRST])] == ["removed"]


@given(st.lists(st.sampled_from(sentences(3, 8)), max_size=8),
       st.lists(st.sampled_from(sentences(3, 8)), max_size=8))  # fmt: skip
def test_the_sentences_of_a_change_stand_in_their_versions(
    before: list[str], after: list[str]
) -> None:
    older, newer = replace(FIRST, text="\n\n".join(before)), replace(FIRST, text="\n\n".join(after))
    told = changes([older, newer])
    for change in told:
        assert change.before in older.text
        assert change.after in newer.text
        assert (change.before == "") == (change.kind == "added")
        assert (change.after == "") == (change.kind == "removed")
    assert {change.before for change in told if change.before} == {*before} - {*after}
    assert {change.after for change in told if change.after} == {*after} - {*before}


def test_versions_stand_in_the_order_of_their_days() -> None:
    days = (date(2024, 3, 7), None, date(2024, 3, 5), date(2024, 3, 8))
    versions = [replace(FIRST, title=str(n), published=day) for n, day in enumerate(days)]
    assert [one.title for one in in_order(versions)] == ["0", "1", "2", "3"]
    dated = [versions[0], versions[2], versions[3]]
    assert [one.title for one in in_order(dated)] == ["2", "0", "3"]


def test_a_library_tells_the_changes_of_its_articles(library: Library) -> None:
    library.add([FIRST, SECOND])
    assert library.versions(FIRST.id) == [FIRST]
    assert library.changes(FIRST.id) == changes([FIRST, SECOND])
    with pytest.raises(NotInLibrary):
        library.changes("nobody")


def test_an_older_version_that_comes_later_does_not_replace(library: Library) -> None:
    oldest = replace(FIRST, published=date(2024, 3, 1), text="A ferry ran aground at Elstow today.")
    assert library.add([SECOND]).added == 1
    taken = library.add([FIRST, oldest])
    assert (taken.earlier, taken.updated, taken.taken) == (2, 0, 2)
    assert library.article(FIRST.id) == SECOND
    assert library.versions(FIRST.id) == [oldest, FIRST]
    assert library.changes(FIRST.id) == changes([oldest, FIRST, SECOND])
    again = library.add([FIRST, oldest, SECOND])
    assert (again.unchanged, again.taken) == (3, 3)
    assert len(library.versions(FIRST.id)) == 2
    library.check()

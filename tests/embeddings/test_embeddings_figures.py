"""Figures that a library keeps beside its articles: never other ones than their texts tell."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from corpus import Article
from corpus.content.figures import FigureMention, figure_mentions
from corpus.errors import LibraryDamaged
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake import rereading
from embeddings.intake.ingest import IngestOptions
from embeddings.library import Library
from embeddings.moving import copy_library
from embeddings.store import figures, migrations, storage
from tests.embeddings.conftest import build_article
from tests.embeddings.copied import report

FIXTURE = Path(__file__).parents[1] / "torture" / "schema_2.sql"
TOLD = """The quarry at Hexley gave way on Tuesday, and at least 14 people were killed, including \
3 children, the Dunmore fire service said. Another 41 were injured, 9 of them badly. The mayor, Ida
Strand, put the number of missing at 22 and not 25.

By Thursday the toll had risen to 17, up from 14. Since Friday rescuers have freed nearly 30 \
miners in Hexley, of whom 6 are still in hospital. Tens of thousands of people were displaced, \
the ministry said on March 4.

The county will pay between 2 million and 3.5 million pounds, about a third of its budget. The \
bank left its policy rate at 4.25% and inflation was 3.1 percent in February. Some 1,200 homes \
were destroyed in Elstow; more than 70 schools have been closed to date. In 2019 a flood killed \
11 people in Farnham.

The railway union counted 5,600 members, fewer than half of them drivers. A survey of 900 farms \
found that 64 per cent had lost lambs. The reservoir is 12 km long and 35 years old. "We buried \
8 of our neighbours," said Omar Lund, 51, who had waited for six hours.
"""
SEEN = (2, "72ee3eb0d7a5e60a")
"""The number of the extractor, and the sum of what it sees in `TOLD`."""


def told(number: int = 1, /, **changes: object) -> Article:
    """An article with many figures; its last line is its own."""
    return build_article(number, **{"text": f"{TOLD}\nReport {number} ends here.", **changes})


def kept(library: Library, article: Article) -> figures.Figures | None:
    with closing(storage.connect(library.path)) as connection:
        return figures.kept(connection, library.path, article)


def unread(library: Library) -> list[str]:
    with closing(storage.connect(library.path)) as connection:
        return list(figures.unread(connection))


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path / storage.FILE_NAME, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refuses(*_: object) -> figures.Figures:
    raise AssertionError("the article was read anew")


def test_whoever_changes_what_is_found_raises_the_number_of_the_extractor() -> None:
    found = [
        tuple(getattr(one, field.name) for field in fields(FigureMention))
        for published in (date(2024, 3, 8), None)
        for one in figure_mentions(TOLD, published)
    ]
    seen = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    assert (figures.EXTRACTOR, seen) == SEEN, (
        "figure_mentions finds other figures in a text than the extractor that libraries know by "
        "this number: raise EXTRACTOR in embeddings/store/figures.py by one, and write it and the "
        "new sum here, so that the figures which older versions kept are read anew"
    )


def test_what_is_kept_is_what_was_read(library: Library) -> None:
    articles = [told(), told(2, published=None), build_article(3), told(4, text="No figure here.")]
    articles[1] = replace(articles[1], text=f"{TOLD}\nA NUL \0 stays beside 12 people killed.")
    library.add(articles)
    for article in articles:
        found = kept(library, article)
        assert found == figure_mentions(article.text, article.published)
        assert found == library.figures(article)
    assert len(library.figures(articles[0])) > 15
    assert any(one.quantity.high == float("inf") for one in library.figures(articles[0]))
    assert library.figures(articles[3]) == ()
    assert library.stats().figures == sum(len(library.figures(one)) for one in articles)
    library.check()


def test_they_are_not_read_again_when_they_are_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([told()])
    monkeypatch.setattr(figures, "read_figures", refuses)
    assert library.figures(told())
    library.add([told()])
    library.withdraw(told().id)
    assert library.figures(library.article(told().id))
    library.check()


def test_they_come_in_the_transaction_of_their_article(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(figures, "keep", fails)
        with pytest.raises(KeyboardInterrupt):
            library.add([told()])
    assert list(library.articles()) == []
    assert library.add([told()]).added == 1
    assert unread(library) == []


@pytest.mark.parametrize("change", [
    {"text": TOLD.replace("14 people", "16 people")}, {"published": date(2024, 6, 1)},
    {"title": "Corrected"},
])  # fmt: skip
def test_a_later_version_brings_its_own(library: Library, change: dict[str, object]) -> None:
    library.add([told()])
    later = told(1, **change)
    assert library.add([later]).updated == 1
    assert kept(library, later) == figure_mentions(later.text, later.published)
    (version,) = library.versions(told().id)
    assert library.figures(version) == figure_mentions(version.text, version.published)
    library.check()
    library.delete(told().id)
    assert library.stats().figures == 0
    # Who still holds the article is told what it says.
    assert library.figures(later) == figure_mentions(later.text, later.published)


def test_a_line_that_is_taken_out_later_moves_them(library: Library) -> None:
    head = "Follow our newsletter and never miss a story"
    articles = [
        report(seed, before=head, after=f"Fire killed {seed + 2} people.") for seed in range(9)
    ]
    assert library.add(articles).mended
    assert unread(library) == []
    for article in library.articles():
        assert kept(library, article) == figure_mentions(article.text, article.published)
    library.check()


def test_a_dry_run_keeps_none(library: Library) -> None:
    library.add([told()])
    library.add([told(2), told(text="5 people were killed in Ashford.")], dry_run=True)
    assert kept(library, told()) == library.figures(told())
    assert library.stats().figures == len(library.figures(told()))


# An older extractor, and a newer one


@pytest.fixture(scope="module")
def _old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "old"
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add([told(number) for number in range(100)])
    change(path, f"UPDATE figure_readings SET extractor = {figures.EXTRACTOR - 1}",
           "UPDATE figures SET value = value + 1")  # fmt: skip
    return path


@pytest.fixture
def old(_old: Path, tmp_path: Path) -> Path:
    """A library of 100 articles whose figures an older extractor found, and found otherwise."""
    return Path(shutil.copytree(_old, tmp_path / "old"))


def test_what_an_older_extractor_found_is_never_shown(old: Path) -> None:
    with Library.open(old, HashEmbedder()) as library:
        articles = list(library.articles())
        for article in articles[:3]:
            assert library.figures(article) == figure_mentions(article.text, article.published)
        library.check()
        assert len(unread(library)) == len(articles)


def test_what_an_older_extractor_found_is_read_anew_once(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(old, HashEmbedder()) as library:
        generation = library.generation
        assert library.stats().unread == 100
        library.add([])
        assert unread(library) == []
        assert library.stats().unread == 0
        # Nothing that is searched has changed.
        assert library.generation == generation
        monkeypatch.setattr(figures, "read_figures", refuses)
        for article in library.articles():
            assert library.figures(article) == figure_mentions(article.text, article.published)
        library.add([])
        library.check()


def test_reading_anew_goes_on_where_it_was_interrupted(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def breaks_off(article: Article) -> figures.Figures:
        read.append(article.id)
        if len(read) == 70:
            raise KeyboardInterrupt
        return figure_mentions(article.text, article.published)

    monkeypatch.setattr(figures, "read_figures", breaks_off)
    with Library.open(old, HashEmbedder()) as library:
        with pytest.raises(KeyboardInterrupt):
            library.add([])
        left = unread(library)
        assert 0 < len(left) < len(list(library.articles()))
        read.clear()
        library.add([])
        assert read == left
        assert unread(library) == []
        library.check()


def test_a_rebuild_reads_them_anew_too(old: Path) -> None:
    with Library.rebuild(old, HashEmbedder(32)) as library:
        assert unread(library) == []
        library.check()


def test_what_a_newer_extractor_found_is_left_and_not_shown(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = figures.EXTRACTOR + 1
    change(old, f"UPDATE figure_readings SET extractor = {newer}")
    with Library.open(old, HashEmbedder()) as library:
        library.add([])
        article = next(library.articles())
        assert library.figures(article) == figure_mentions(article.text, article.published)
        with monkeypatch.context() as patch:
            patch.setattr(figures, "EXTRACTOR", newer)
            assert unread(library) == []


# Damage


@pytest.mark.parametrize(
    "statement",
    ["UPDATE figures SET value = value + 1 WHERE ordinal = 3",
     "UPDATE figures SET what = 'sheep' WHERE ordinal = 0",
     "UPDATE figures SET last_day = 'Tuesday' WHERE ordinal = 0",
     "DELETE FROM figures WHERE ordinal = 2",
     "UPDATE figure_readings SET crc32 = crc32 + 1"],
)  # fmt: skip
def test_a_damaged_figure_is_an_error_and_no_answer(library: Library, statement: str) -> None:
    library.add([told()])
    change(library.path, statement)
    for read in (
        lambda: library.figures(told()),
        library.check,
        lambda: list(library.everything()),
    ):
        with pytest.raises(LibraryDamaged, match="figures"):
            read()


def test_figures_of_another_text_are_damage_and_never_shown(library: Library) -> None:
    library.add([told()])
    change(library.path, "UPDATE figure_readings SET source_crc32 = source_crc32 + 1")
    assert library.figures(told()) == figure_mentions(told().text, told().published)
    with pytest.raises(LibraryDamaged, match="of another text"):
        library.check()


def test_a_damaged_article_does_not_keep_the_others_from_being_read(old: Path) -> None:
    change(old, f"UPDATE articles SET title = 'Another' WHERE id = '{build_article(7).id}'")
    with Library.open(old, HashEmbedder()) as library:
        library.add([])
        assert unread(library) == [build_article(7).id]
        with pytest.raises(LibraryDamaged):
            library.article(build_article(7).id)


# Moved and migrated


def test_a_copy_carries_them_and_reads_what_was_not_kept(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [told(number) for number in range(3)]
    library.add(articles)
    with Library.open(tmp_path / "copy", HashEmbedder(), create=True) as copy:
        with monkeypatch.context() as patch:
            patch.setattr(figures, "read_figures", refuses)
            copy_library(library, copy)
        assert [kept(copy, one) for one in copy.articles()] == [
            library.figures(one) for one in library.articles()
        ]
        change(library.path, "DELETE FROM figure_readings", "DELETE FROM figures")
        assert [moved.figures for moved in library.everything()] == [None] * len(articles)
        copy_library(library, copy)
        assert unread(copy) == []
        copy.check()


def old_schema(path: Path) -> Path:
    path.mkdir()
    with closing(sqlite3.connect(path / storage.FILE_NAME, isolation_level=None)) as connection:
        connection.executescript(FIXTURE.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def test_a_migration_reads_the_figures_of_a_small_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(old_schema(tmp_path / "old"), HashEmbedder()) as library:
        assert unread(library) == []
        monkeypatch.setattr(figures, "read_figures", refuses)
        found = [library.figures(article) for article in library.articles()]
        assert all(found)
        assert library.stats().figures == sum(map(len, found))
        library.check()


def test_a_large_library_is_read_by_its_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "READ_AT_ONCE", 2)
    monkeypatch.setattr(rereading, "_ARTICLES_A_COMMIT", 1)
    with Library.open(old_schema(tmp_path / "old"), HashEmbedder()) as library:
        articles = list(library.articles())
        assert len(unread(library)) == len(articles) == 3
        for article in articles:
            assert library.figures(article) == figure_mentions(article.text, article.published)
        library.add([told()])
        assert unread(library) == []
        library.check()


def test_a_migration_leaves_a_damaged_article_to_tell_of_itself(tmp_path: Path) -> None:
    path = old_schema(tmp_path / "old")
    change(path, "UPDATE articles SET title = 'Another' WHERE rowid = 1")
    with Library.open(path, HashEmbedder()) as library:
        assert len(unread(library)) == 1
        with pytest.raises(LibraryDamaged):
            list(library.articles())


def test_batches_of_any_size_keep_the_same(tmp_path: Path) -> None:
    articles = [told(number) for number in range(9)]
    found = []
    for size in (1, 4, 256):
        options = IngestOptions(batch_passages=size)
        with Library.open(
            tmp_path / str(size), HashEmbedder(), create=True, options=options
        ) as library:
            library.add(articles)
            assert unread(library) == []
            found.append([kept(library, article) for article in library.articles()])
    assert found[0] == found[1] == found[2]

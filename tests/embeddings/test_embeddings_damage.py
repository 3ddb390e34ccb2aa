"""Damage to the derived index files: always seen, always repaired, never a wrong hit."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import Article
from corpus.errors import LibraryDamaged, NotInLibrary
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.index import stored
from embeddings.index.building import IndexOptions
from embeddings.library import Library
from embeddings.store import derived, storage

MakeArticle = Callable[..., Article]
QUESTION = "What will the Carrick bridge cost the council?"
VECTOR: Vectors = HashEmbedder().embed([QUESTION])[0]


@dataclass(frozen=True)
class Found:
    dense: list[tuple[str, float]]
    lexical: list[tuple[str, float]]


def search(path: Path) -> Found:
    with Library.open(path, HashEmbedder()) as library:
        return Found(library.dense(VECTOR, 9), library.lexical(QUESTION, 9))


@pytest.fixture
def closed(tmp_path: Path, make_article: MakeArticle) -> Path:
    path = tmp_path / "library"
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add(make_article(number) for number in range(20))
    return path


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def zero_block(file: Path) -> None:
    data = file.read_bytes()
    middle = len(data) // 2
    file.write_bytes(data[:middle] + bytes(512) + data[middle + 512 :])


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def delete(file: Path) -> None:
    file.unlink()


def exchange(file: Path) -> None:
    other = {"vectors": "lexical", "lexical": "facets", "facets": "vectors"}
    file.write_bytes(next(file.parent.glob(f"{other[file.name.split('-')[0]]}-*")).read_bytes())


def hide(path: Path, table: str, name: str, at: int = 5) -> None:
    """Flips the last bit of a character of a row's id in the index over ids, here of one page."""
    connection = storage.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (f"sqlite_autoindex_{table}_1",)
    ).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    file = path / storage.FILE_NAME
    data = bytearray(file.read_bytes())
    data[data.index(name.encode(), (page - 1) * size, page * size) + at % len(name)] ^= 1
    file.write_bytes(data)


READS: list[tuple[str, Callable[[Library, str], object]]] = [
    ("passages", lambda library, name: library.passage(f"{name}:0")),
    ("passages", lambda library, name: library.vectors([f"{name}:0"])),
    ("articles", lambda library, name: library.article(name)),
    ("articles", lambda library, name: library.group(name)),
]


@pytest.mark.parametrize(("table", "read"), READS)
def test_a_row_that_an_index_hides_is_damage_and_not_absent(
    closed: Path, make_article: MakeArticle, table: str, read: Callable[[Library, str], object]
) -> None:
    name = make_article(3).id
    hide(closed, table, f"{name}:0" if table == "passages" else name)
    with Library.open(closed, HashEmbedder()) as library:
        with pytest.raises(LibraryDamaged, match="missing from an index"):
            read(library, name)
        with pytest.raises(NotInLibrary):
            read(library, "0123456789abcdef")


def test_a_row_that_an_index_takes_for_another_is_damage(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    path = tmp_path / "library"
    text = " ".join(f"The council heard report {number} on the tramline." for number in range(60))
    article = make_article(1, text=text)
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add([article])
        first, second, *_ = (passage.id for passage in library.passages(article.id))
    # The key of the first becomes that of the second, which then stands there twice.
    hide(path, "passages", first, at=-1)
    with Library.open(path, HashEmbedder()) as library:
        for name in (first, second):
            for read in (library.passage, lambda name: library.vectors([name])):
                with pytest.raises(LibraryDamaged):
                    read(name)


@pytest.mark.parametrize("name", ["vectors", "lexical", "facets"])
@pytest.mark.parametrize("damage", [flip, zero_block, halve, empty, delete, exchange])
def test_a_damaged_index_is_rebuilt_with_identical_hits(
    closed: Path, name: str, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    before = search(closed)
    file = next((closed / "indexes").glob(f"{name}-*"))
    damage(file)
    with caplog.at_level(logging.WARNING):
        assert search(closed) == before
    assert file.name in caplog.text
    caplog.clear()
    # The damaged base has been replaced for good.
    assert search(closed) == before
    assert caplog.text == ""
    assert not derived.broken(closed / "indexes", recorded(closed).files)


def recorded(path: Path) -> derived.Record:
    connection = storage.connect(path)
    record = derived.load(connection)
    connection.close()
    assert record is not None
    return record


def test_a_damaged_base_is_never_added_to(closed: Path, make_article: MakeArticle) -> None:
    flip(next((closed / "indexes").glob("vectors-*")))
    options = IndexOptions(tail=0)
    with Library.open(closed, HashEmbedder(), indexes=options) as library:
        library.add([make_article(30)])
        found = Found(library.dense(VECTOR, 99), library.lexical(QUESTION, 99))
    with Library.open(closed.with_name("new"), HashEmbedder(), create=True) as library:
        library.add(make_article(number) for number in (*range(20), 30))
        assert found == Found(library.dense(VECTOR, 99), library.lexical(QUESTION, 99))


def test_the_whole_folder_of_indexes_may_go(closed: Path) -> None:
    before = search(closed)
    for file in (closed / "indexes").iterdir():
        file.unlink()
    (closed / "indexes").rmdir()
    assert search(closed) == before
    assert {file.name.split("-")[0] for file in (closed / "indexes").iterdir()} == {
        "vectors", "lexical", "facets",
    }  # fmt: skip


def test_an_older_base_that_is_put_back_is_not_used(
    closed: Path, make_article: MakeArticle
) -> None:
    stale = {file.name: file.read_bytes() for file in (closed / "indexes").iterdir()}
    with Library.open(closed, HashEmbedder(), indexes=IndexOptions(buried=0)) as library:
        library.delete(make_article(2).id)
        after = Found(library.dense(VECTOR, 9), library.lexical(QUESTION, 9))
    assert {file.path for file in recorded(closed).files} & set(stale) == set()
    for name, data in stale.items():
        (closed / "indexes" / name).write_bytes(data)
    assert search(closed) == after


def test_good_files_are_used_as_they_are(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = search(closed)
    times = {file: file.stat().st_mtime_ns for file in (closed / "indexes").iterdir()}

    def never(*_: object) -> None:
        raise AssertionError("an index was built though its file is good")

    monkeypatch.setattr(derived.Writing, "write", never)
    monkeypatch.setattr(stored, "embedded_text", never)
    assert search(closed) == before
    assert times == {file: file.stat().st_mtime_ns for file in (closed / "indexes").iterdir()}


def test_a_full_disk_costs_the_index_files_and_nothing_else(
    closed: Path,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = recorded(closed)
    monkeypatch.setattr(derived.Writing, "write", full)
    with Library.open(closed, HashEmbedder(), indexes=IndexOptions(tail=0)) as library:
        library.add([make_article(30)])
        hits = library.lexical(QUESTION, 99)
    assert make_article(30).id in {hit.split(":")[0] for hit, _ in hits}
    assert "No space left" in caplog.text
    assert recorded(closed) == before
    # Not even the damaged base of a library that cannot be written to costs a hit.
    flip(next((closed / "indexes").glob("vectors-*")))
    with Library.open(closed, HashEmbedder()) as library:
        assert library.lexical(QUESTION, 99) == hits
    monkeypatch.undo()
    with Library.open(closed, HashEmbedder()) as library:
        assert library.lexical(QUESTION, 99) == hits
    assert recorded(closed) != before


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path / storage.FILE_NAME)
    connection.execute("PRAGMA foreign_keys = OFF")
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles SET text = replace(text, 'council', 'Council')",
        "UPDATE articles SET published = '2019-01-01'",
        "UPDATE articles SET published = 'never'",
        "UPDATE vectors SET vector = zeroblob(length(vector))",
        "UPDATE vectors SET vector = substr(vector, 5)",
        'UPDATE passages SET "end" = "end" + 1000',
        "UPDATE passages SET terms = terms + 1",
        "UPDATE passages SET ordinal = ordinal + 1",
        "UPDATE passages SET crc32 = 0",
        "UPDATE state SET passages = passages + 1",
        "UPDATE state SET terms = terms + 1",
        "DELETE FROM vectors WHERE passage = 3",
        "DELETE FROM articles",
        "UPDATE state SET embedder = '{}'",
    ],
)
def test_a_changed_row_is_seen_by_the_full_check(closed: Path, statement: str) -> None:
    change(closed, statement)
    with pytest.raises(LibraryDamaged), Library.open(closed, HashEmbedder()) as library:
        library.check()


def test_a_changed_article_is_never_handed_out(closed: Path, make_article: MakeArticle) -> None:
    change(closed, "UPDATE articles SET text = replace(text, 'million', 'billion')")
    with Library.open(closed, HashEmbedder()) as library:
        with pytest.raises(LibraryDamaged, match="not what was stored"):
            library.article(make_article(2).id)
        with pytest.raises(LibraryDamaged):
            list(library.articles())


def test_a_changed_vector_is_never_handed_out(closed: Path, make_article: MakeArticle) -> None:
    change(closed, "UPDATE vectors SET vector = zeroblob(length(vector))")
    with Library.open(closed, HashEmbedder()) as library:
        passage = library.passages(make_article(2).id)[0]
        with pytest.raises(LibraryDamaged):
            library.vectors([passage.id])


@pytest.mark.parametrize("column", ["start = start + 1", "ordinal = 7", "terms = 1", "crc32 = 0"])
def test_a_changed_passage_is_never_handed_out(
    closed: Path, make_article: MakeArticle, column: str
) -> None:
    change(closed, f"UPDATE passages SET {column}")
    with Library.open(closed, HashEmbedder()) as library:
        for read in (
            lambda: library.passages(make_article(2).id),
            lambda: library.passage(f"{make_article(2).id}:0"),
            lambda: library.lexical(QUESTION, 3),
            lambda: library.dense(VECTOR, 3),
        ):
            with pytest.raises(LibraryDamaged):
                read()


def test_a_changed_vector_is_seen_when_searching(closed: Path) -> None:
    change(closed, "UPDATE vectors SET vector = zeroblob(length(vector))")
    with Library.open(closed, HashEmbedder()) as library, pytest.raises(LibraryDamaged):
        library.dense(VECTOR, 3)


def test_a_large_file_is_not_read_through_at_every_opening(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = closed / storage.FILE_NAME
    data = bytearray(file.read_bytes())
    start = data.rindex(b"council")
    page = start // 4096 * 4096
    # The header of one b-tree page: quick_check sees it, and so does who reads the page.
    data[page : page + 8] = bytes(8)
    file.write_bytes(bytes(data))
    with pytest.raises(LibraryDamaged):
        Library.open(closed, HashEmbedder())
    monkeypatch.setattr(storage, "PAGES_CHECKED", 0)
    with Library.open(closed, HashEmbedder()) as library:
        with pytest.raises(LibraryDamaged):
            library.check()
        with pytest.raises(LibraryDamaged):
            list(library.articles())


def test_a_damaged_date_is_seen_when_it_is_indexed(closed: Path, make_article: MakeArticle) -> None:
    with Library.open(closed, HashEmbedder()) as library:
        library.add([make_article(30)])
        change(closed, "UPDATE articles SET published = 'never'")
        with pytest.raises(LibraryDamaged, match="isoformat"):
            library.article(make_article(30).id)
    with (
        Library.open(closed, HashEmbedder()) as library,
        pytest.raises(LibraryDamaged, match="isoformat"),
    ):
        library.lexical(QUESTION, 5)

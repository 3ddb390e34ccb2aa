"""Damage to the derived index files: always seen, always repaired, never a wrong hit."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import Article
from corpus.errors import LibraryDamaged
from embeddings import derived, storage
from embeddings.embedder import Vectors
from embeddings.hashing import HashEmbedder
from embeddings.library import Library

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
    other = {"vectors": "lexical", "lexical": "vectors"}[file.name.split("-")[0]]
    file.write_bytes(next(file.parent.glob(f"{other}-*")).read_bytes())


@pytest.mark.parametrize("name", ["vectors", "lexical"])
@pytest.mark.parametrize("damage", [flip, zero_block, halve, empty, delete, exchange])
def test_a_damaged_index_is_rebuilt_with_identical_hits(
    closed: Path, name: str, damage: Callable[[Path], None]
) -> None:
    before = search(closed)
    file = next((closed / "indexes").glob(f"{name}-*"))
    whole = file.read_bytes()
    damage(file)
    assert search(closed) == before
    assert file.read_bytes() == whole


def test_damage_is_logged(closed: Path, caplog: pytest.LogCaptureFixture) -> None:
    flip(next((closed / "indexes").glob("lexical-*")))
    with caplog.at_level(logging.WARNING):
        search(closed)
    assert "lexical-1.index" in caplog.text


def test_the_whole_folder_of_indexes_may_go(closed: Path) -> None:
    before = search(closed)
    for file in (closed / "indexes").iterdir():
        file.unlink()
    (closed / "indexes").rmdir()
    assert search(closed) == before
    assert len(list((closed / "indexes").iterdir())) == 2


def test_a_stale_index_is_rebuilt(closed: Path, make_article: MakeArticle) -> None:
    stale = {file.name: file.read_bytes() for file in (closed / "indexes").iterdir()}
    with Library.open(closed, HashEmbedder()) as library:
        library.delete(make_article(2).id)
        after = Found(library.dense(VECTOR, 9), library.lexical(QUESTION, 9))
    assert not {file.name for file in (closed / "indexes").iterdir()} & set(stale)
    for name, data in stale.items():
        (closed / "indexes" / name).write_bytes(data)
    assert search(closed) == after


def test_good_files_are_used_as_they_are(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = search(closed)
    times = {file: file.stat().st_mtime_ns for file in (closed / "indexes").iterdir()}

    def never(*_: object) -> derived.DerivedFile:
        raise AssertionError("an index was built though its file is good")

    monkeypatch.setattr(derived, "save", never)
    assert search(closed) == before
    assert times == {file: file.stat().st_mtime_ns for file in (closed / "indexes").iterdir()}


def test_a_full_disk_costs_the_index_file_and_nothing_else(
    closed: Path,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: object) -> derived.DerivedFile:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(derived, "save", full)
    with Library.open(closed, HashEmbedder()) as library:
        library.add([make_article(30)])
        hits = library.lexical(QUESTION, 99)
    assert make_article(30).id in {hit.split(":")[0] for hit, _ in hits}
    assert "No space left" in caplog.text
    monkeypatch.undo()
    with Library.open(closed, HashEmbedder()) as library:
        assert library.lexical(QUESTION, 99) == hits


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


def test_a_damaged_date_is_seen_when_searching(closed: Path) -> None:
    change(closed, "UPDATE articles SET published = 'never'")
    with (
        Library.open(closed, HashEmbedder()) as library,
        pytest.raises(LibraryDamaged, match="day of publication"),
    ):
        library.lexical(QUESTION, 5)

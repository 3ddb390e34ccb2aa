from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Article
from corpus.errors import (
    EmbedderMismatch,
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    NotALibrary,
    SchemaMismatch,
)
from embeddings.embedders.embedder import EmbedderFingerprint
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from embeddings.store import migrations, schema, storage

MakeArticle = Callable[..., Article]


@pytest.fixture
def closed(tmp_path: Path, make_article: MakeArticle) -> Path:
    """The folder of a library of three articles that nobody has open."""
    path = tmp_path / "library"
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add(make_article(number) for number in range(3))
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_nothing_there(tmp_path: Path) -> None:
    path = tmp_path / "my library"
    with pytest.raises(LibraryMissing) as caught:
        Library.open(path, HashEmbedder())
    assert caught.value.next_step == f"dateline index PATH… --library '{path}'"
    assert not path.exists()


@pytest.mark.parametrize("create", [False, True])
def test_a_file_is_not_a_library(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    with pytest.raises(NotALibrary):
        Library.open(path, HashEmbedder(), create=create)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "library.sqlite", "indexes/x"])
def test_a_folder_of_something_else_is_never_written_into(
    tmp_path: Path, name: str, create: bool
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(NotALibrary) as caught:
        Library.open(tmp_path, HashEmbedder(), create=create)
    assert str(tmp_path) in str(caught.value)
    assert contents(tmp_path) == {name: b"mine"}


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_sqlite_file_is_not_a_library(tmp_path: Path, create: bool) -> None:
    connection = sqlite3.connect(tmp_path / storage.FILE_NAME)
    connection.execute("CREATE TABLE articles (id TEXT)")
    connection.commit()
    connection.close()
    before = contents(tmp_path)
    with pytest.raises(NotALibrary):
        Library.open(tmp_path, HashEmbedder(), create=create)
    assert contents(tmp_path) == before


def test_an_empty_folder_becomes_a_library_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(NotALibrary):
        Library.open(tmp_path, HashEmbedder())
    assert list(tmp_path.iterdir()) == []
    Library.open(tmp_path, HashEmbedder(), create=True).close()
    Library.open(tmp_path, HashEmbedder()).close()


def test_an_interrupted_creation_is_finished(tmp_path: Path) -> None:
    (tmp_path / "writer.lock").write_text("4711")
    (tmp_path / f"{storage.FILE_NAME}.new").write_bytes(b"half")
    (tmp_path / f"{storage.FILE_NAME}.new-wal").write_bytes(b"half")
    with Library.open(tmp_path, HashEmbedder(), create=True) as library:
        assert library.stats().articles == 0
    assert not list(tmp_path.glob("*.new*"))


def test_create_opens_what_is_there(closed: Path) -> None:
    with Library.open(str(closed), HashEmbedder(), create=True) as library:
        assert library.stats().articles == 3


@pytest.mark.parametrize(
    "change",
    [
        {"name": "path:/another"},
        {"weights": "0" * 64},
        {"pooling": "cls"},
        {"prefix": "passage: "},
        {"normalised": False},
        {"dimensions": 32},
    ],
)
def test_another_embedder_is_refused_with_the_command(
    closed: Path, change: dict[str, object]
) -> None:
    class Other(HashEmbedder):
        @property
        def fingerprint(self) -> EmbedderFingerprint:
            return replace(super().fingerprint, **change)  # type: ignore[arg-type]

    with pytest.raises(EmbedderMismatch) as caught:
        Library.open(closed, Other())
    assert f"dateline index --library {closed} --rebuild" in caught.value.next_step
    assert next(iter(change)) in caught.value.what
    Library.open(closed, HashEmbedder()).close()


def set_pragma(folder: Path, pragma: str) -> None:
    connection = sqlite3.connect(folder / storage.FILE_NAME)
    connection.execute(f"PRAGMA {pragma}")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("version", [0, schema.SCHEMA_VERSION + 1, 999])
def test_unknown_schemas_are_refused(closed: Path, version: int) -> None:
    set_pragma(closed, f"user_version = {version}")
    with pytest.raises(SchemaMismatch) as caught:
        Library.open(closed, HashEmbedder())
    assert str(version) in caught.value.what
    assert caught.value.next_step


def add_a_column(connection: sqlite3.Connection, folder: Path) -> None:
    assert (folder / storage.FILE_NAME).exists()
    connection.execute("ALTER TABLE articles ADD COLUMN byline TEXT")


def fail_half_way(connection: sqlite3.Connection, folder: Path) -> None:
    connection.execute("DELETE FROM articles")
    connection.execute(f"NONSENSE IN {folder.name}")


def test_an_older_schema_is_migrated(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current = schema.SCHEMA_VERSION
    monkeypatch.setattr(schema, "SCHEMA_VERSION", current + 1)
    monkeypatch.setattr(migrations, "MIGRATIONS", {current: add_a_column})
    with Library.open(closed, HashEmbedder()) as library:
        assert library.stats().articles == 3
    connection = sqlite3.connect(closed / storage.FILE_NAME)
    assert connection.execute("PRAGMA user_version").fetchone() == (current + 1,)
    assert connection.execute("SELECT byline FROM articles").fetchall() == [(None,)] * 3
    connection.close()


def test_a_failing_migration_changes_nothing(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current = schema.SCHEMA_VERSION
    with monkeypatch.context() as patch:
        patch.setattr(schema, "SCHEMA_VERSION", current + 1)
        patch.setattr(migrations, "MIGRATIONS", {current: fail_half_way})
        with pytest.raises(LibraryError):
            Library.open(closed, HashEmbedder())
    with Library.open(closed, HashEmbedder()) as library:
        assert library.stats().articles == 3


@pytest.mark.parametrize("size", [0, 10, 99, 100, 4096])
def test_a_cut_sqlite_file_is_damaged(closed: Path, size: int) -> None:
    file = closed / storage.FILE_NAME
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(LibraryDamaged) as caught:
        Library.open(closed, HashEmbedder(), create=True)
    assert storage.FILE_NAME in str(caught.value)
    assert "backup" in caught.value.next_step


def test_zeroed_blocks_never_go_unnoticed(closed: Path) -> None:
    file = closed / storage.FILE_NAME
    whole = file.read_bytes()
    with Library.open(closed, HashEmbedder()) as library:
        articles = list(library.articles())
        hits = library.lexical("council bridge vote", 9)
    seen = 0
    for start in range(0, len(whole), 512):
        block = bytes(512)
        if whole[start : start + 512] == block:
            continue
        file.write_bytes(whole[:start] + block + whole[start + 512 :])
        for index in (closed / "indexes").iterdir():
            index.unlink()
        try:
            with Library.open(closed, HashEmbedder()) as library:
                library.check()
                assert list(library.articles()) == articles
                assert library.lexical("council bridge vote", 9) == hits
        except LibraryError:
            seen += 1
    assert seen > 10


def test_a_second_opening_leaves_the_first_its_locks(
    closed: Path, make_article: MakeArticle
) -> None:
    """A process that closes a file it has open twice loses its POSIX locks on it.

    Without them the next process to leave would take itself for the last and remove the log.
    """
    look = (
        "import sqlite3 as s, sys; s.connect(sys.argv[1]).execute('SELECT 1 FROM state').fetchall()"
    )
    with Library.open(closed, HashEmbedder()) as first:
        first.add([make_article(3)])
        Library.open(closed, HashEmbedder()).close()
        subprocess.run(
            [sys.executable, "-c", look, str(closed / storage.FILE_NAME)], check=True, timeout=60
        )
        assert (closed / f"{storage.FILE_NAME}-shm").exists()
        first.add([make_article(4)])
        assert first.delete(make_article(0).id)
    with Library.open(closed, HashEmbedder()) as again:
        assert again.stats().articles == 4


def test_a_schema_that_is_no_text_is_damage(closed: Path) -> None:
    """SQLite quotes a damaged schema in its message, and Python cannot read that message."""
    with closing(sqlite3.connect(closed / storage.FILE_NAME)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET name = CAST(x'6100cc63' || x'cc2063' AS TEXT), "
            "sql = CAST(x'4352454154cc' AS TEXT) WHERE name = 'derived'"
        )
        connection.commit()
    with pytest.raises(LibraryDamaged):
        Library.open(closed, HashEmbedder())

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.embedders.hashing import HashEmbedder
from embeddings.store import derived, storage
from embeddings.store.derived import DerivedFile, Record


def save(folder: Path, holds: str, *content: bytes | memoryview) -> DerivedFile:
    with derived.writing(folder, holds) as out:
        for piece in content:
            out.write(piece)
    return out.file


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_written_is_whole(tmp_path: Path) -> None:
    file = save(tmp_path / "indexes", "vectors", b"con", memoryview(b"tent"))
    assert file.holds == "vectors"
    assert file.size == len("content")
    assert (tmp_path / "indexes" / file.path).read_bytes() == b"content"
    assert names(tmp_path / "indexes") == {file.path}
    assert derived.broken(tmp_path / "indexes", [file]) == []


@given(st.binary(min_size=1, max_size=200), st.data())
def test_every_flipped_bit_and_every_cut_is_seen(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("derived")
    file = save(folder, "lexical", content)
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    flipped = bytearray(content)
    flipped[bit // 8] ^= 1 << bit % 8
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    for bad in (bytes(flipped), cut, content + b"\0"):
        (folder / file.path).write_bytes(bad)
        assert derived.broken(folder, [file]) == [file.path]
    (folder / file.path).unlink()
    assert derived.broken(folder, [file]) == [file.path]


@pytest.mark.parametrize("step", ["fsync", "open", "write"])
def test_a_failed_write_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    old = save(tmp_path, "vectors", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    elif step == "open":
        monkeypatch.setattr(Path, "open", full)
    else:
        monkeypatch.setattr(derived.Writing, "write", full)
    with pytest.raises(OSError, match="No space"):
        save(tmp_path, "vectors", b"new")
    monkeypatch.undo()
    assert names(tmp_path) == {old.path}
    assert derived.broken(tmp_path, [old]) == []


def test_sweeping_spares_what_is_kept_what_is_being_written_and_what_is_not_ours(
    tmp_path: Path,
) -> None:
    kept, old = save(tmp_path, "facets", b"x"), save(tmp_path, "facets", b"x")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "vectors-7.index").write_bytes(b"of schema 1")
    fresh, stray = tmp_path / f"vectors-{'a' * 12}.new", tmp_path / f"vectors-{'b' * 12}.new"
    fresh.write_bytes(b"half")
    stray.write_bytes(b"half")
    os.utime(stray, (1, 1))
    derived.sweep(tmp_path, [kept])
    assert names(tmp_path) == {kept.path, "notes.txt", fresh.name}
    assert old.path not in names(tmp_path)
    derived.sweep(tmp_path / "nowhere", [])


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    storage.create(tmp_path, HashEmbedder().fingerprint)
    opened = storage.connect(tmp_path)
    yield opened
    opened.close()


RECORD = Record(
    3, "Flat", 10, 2, (DerivedFile("facets-1", 5, "aa"), DerivedFile("lexical-1", 6, "b"))
)


def test_a_record_is_kept_as_it_is(connection: sqlite3.Connection) -> None:
    assert derived.load(connection) is None
    assert derived.replace(connection, RECORD, None)
    assert derived.load(connection) == RECORD
    assert RECORD.of("lexical") == (DerivedFile("lexical-1", 6, "b"),)
    later = replace(RECORD, upto=12, files=RECORD.files[::-1])
    assert derived.replace(connection, later, RECORD)
    assert derived.load(connection) == later


def test_who_comes_second_is_refused(connection: sqlite3.Connection) -> None:
    assert derived.replace(connection, RECORD, None)
    assert not derived.replace(connection, replace(RECORD, generation=9), None)
    assert derived.load(connection) == RECORD


def test_removals_that_a_base_knows_of_are_forgotten(connection: sqlite3.Connection) -> None:
    connection.executemany("INSERT INTO removed (passage) VALUES (?)", [(7,), (8,), (9,)])
    derived.replace(connection, RECORD, None)
    assert connection.execute("SELECT number, passage FROM removed").fetchall() == [(3, 9)]

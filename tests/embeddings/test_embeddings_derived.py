from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import derived


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    record = derived.save(tmp_path / "indexes", "vectors", 7, b"content")
    assert record.filename == "vectors-7.index"
    assert derived.load(tmp_path / "indexes", record) == b"content"
    assert [path.name for path in (tmp_path / "indexes").iterdir()] == ["vectors-7.index"]


@given(st.binary(min_size=1, max_size=200), st.data())
def test_every_flipped_bit_and_every_cut_is_seen(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("derived")
    record = derived.save(folder, "lexical", 1, content)
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    flipped = bytearray(content)
    flipped[bit // 8] ^= 1 << bit % 8
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    for bad in (bytes(flipped), cut, content + b"\0"):
        (folder / record.filename).write_bytes(bad)
        assert derived.load(folder, record) is None


def test_a_missing_file_is_none(tmp_path: Path) -> None:
    record = derived.save(tmp_path, "vectors", 1, b"x")
    (tmp_path / record.filename).unlink()
    assert derived.load(tmp_path, record) is None


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = derived.save(tmp_path, "vectors", 1, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, f"No space left on device ({descriptor})")

    monkeypatch.setattr("embeddings.derived.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        derived.save(tmp_path, "vectors", 1, b"new")
    assert derived.load(tmp_path, record) == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_sweeping_removes_only_our_older_files(tmp_path: Path) -> None:
    for generation in (1, 2, 10):
        derived.save(tmp_path, "vectors", generation, b"x")
    (tmp_path / "vectors-1.index.99.new").write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("mine")
    derived.sweep(tmp_path, older_than=10)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "vectors-10.index"]

"""A GGUF file is unpacked once, whole or not at all. Unpacking itself is tested with the model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from corpus.errors import ModelError
from embeddings.embedders.models import ModelRef, resolve
from rag.writing.generators import weights

if TYPE_CHECKING:
    import torch

# Only its name is used, and importing torch for it takes seconds.
DTYPE = cast("torch.dtype", "torch.bfloat16")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(weights, "user_cache_path", lambda name: tmp_path / "cache" / name)
    return tmp_path / "cache" / "dateline" / "models"


@pytest.fixture
def packed(tmp_path: Path) -> ModelRef:
    (tmp_path / "tiny.gguf").write_bytes(b"GGUF")
    return resolve(f"path:{tmp_path / 'tiny.gguf'}")


def test_a_folder_or_hub_name_is_loaded_from_where_it_is(tmp_path: Path, cache: Path) -> None:
    folder = resolve(f"path:{tmp_path}")
    assert weights.ready_folder(folder, DTYPE) == folder.location
    assert weights.ready_folder(resolve("hf:org/name@main"), DTYPE) == "org/name"
    assert not cache.exists()


def test_it_is_unpacked_once_and_anew_when_the_file_changes(
    cache: Path, packed: ModelRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[Path] = []

    def unpack(source: Path, target: Path, dtype: object) -> None:
        assert source == packed.path
        assert dtype == DTYPE
        target.mkdir()
        unpacked.append(target)

    monkeypatch.setattr(weights, "_unpack", unpack)
    first = weights.ready_folder(packed, DTYPE)
    assert weights.ready_folder(packed, DTYPE) == first == str(unpacked[0])
    assert Path(first).parent == cache
    assert "tiny" in Path(first).name
    assert "bfloat16" in Path(first).name
    packed.path.write_bytes(b"GGUF, another")
    assert weights.ready_folder(packed, DTYPE) != first
    assert len(unpacked) == 2


def test_a_cache_that_cannot_be_written_is_told_with_the_next_step(
    tmp_path: Path, cache: Path, packed: ModelRef
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="cannot be unpacked") as caught:
        weights.ready_folder(packed, DTYPE)
    assert str(cache) in str(caught.value)
    assert "XDG_CACHE_HOME" in caught.value.next_step


@pytest.mark.model
def test_a_file_that_is_no_model_is_told_and_leaves_nothing(cache: Path, packed: ModelRef) -> None:
    import torch

    with pytest.raises(ModelError):
        weights.ready_folder(packed, torch.float32)
    assert [path for path in cache.iterdir() if path.suffix != ".lock"] == []

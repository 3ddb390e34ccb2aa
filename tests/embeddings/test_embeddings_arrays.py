from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from embeddings.index.arrays import map_arrays, write_array, write_pieces

ARRAYS = hnp.arrays(
    st.sampled_from([np.uint8, np.uint32, np.int64, np.float32]), st.integers(0, 40)
)


@given(st.lists(ARRAYS, max_size=5))
def test_what_is_written_is_mapped(
    tmp_path_factory: pytest.TempPathFactory, arrays: list[np.ndarray]
) -> None:
    path = tmp_path_factory.mktemp("arrays") / "file"
    with path.open("wb") as out:
        for array in arrays:
            write_array(out, array)
    mapped = map_arrays(path)
    assert len(mapped) == len(arrays)
    for found, array in zip(mapped, arrays, strict=True):
        assert found.dtype == array.dtype
        assert found.tobytes() == array.tobytes()
        assert not found.flags.writeable or not len(found)


def test_pieces_make_one_array(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as out:
        write_pieces(out, np.dtype(np.uint32), (5,), [np.arange(2), np.arange(2, 5)])
    assert map_arrays(path)[0].tolist() == [0, 1, 2, 3, 4]
    with path.open("wb") as out, pytest.raises(ValueError, match="do not make"):
        write_pieces(out, np.dtype(np.uint32), (5,), [np.arange(2)])


@pytest.mark.parametrize("data", [b"nonsense", b"\x93NUMPY\x01\x00"])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(ValueError, match=r"magic|EOF|ends"):
        map_arrays(tmp_path / "file")


def test_objects_are_never_read(tmp_path: Path) -> None:
    np.save(tmp_path / "file.npy", np.array([{"an": "object"}]), allow_pickle=True)
    with pytest.raises(ValueError, match="never written"):
        map_arrays(tmp_path / "file.npy")
    with (tmp_path / "cut").open("wb") as out:
        write_array(out, np.arange(100))
    (tmp_path / "cut").write_bytes((tmp_path / "cut").read_bytes()[:200])
    with pytest.raises(ValueError, match="ends inside"):
        map_arrays(tmp_path / "cut")

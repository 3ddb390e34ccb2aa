"""Several arrays in one file, as .npy after .npy, written in pieces and opened memory-mapped."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

Array = NDArray[Any]

_ALIGNMENT = 64
"""Bytes. Headers of .npy are padded to it, so every array begins at a multiple of it."""


class Out(Protocol):
    """Where the bytes go."""

    def write(self, data: bytes | memoryview) -> object:
        """Adds bytes at the end."""


def write_array(out: Out, array: Array) -> None:
    """Writes one array."""
    write_pieces(out, array.dtype, array.shape, [array])


def write_pieces(
    out: Out, dtype: np.dtype[Any], shape: tuple[int, ...], pieces: Iterable[Array]
) -> None:
    """Writes one array that comes in pieces, one after the other along its first axis.

    Raises:
        ValueError: the pieces do not add up to the shape.
    """
    header = io.BytesIO()
    told = {"descr": npy.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    npy.write_array_header_1_0(header, told)
    out.write(header.getvalue())
    size = 0
    for piece in pieces:
        data = np.ascontiguousarray(piece, dtype=dtype).reshape(-1).view(np.uint8).data
        out.write(data)
        size += data.nbytes
    if size != dtype.itemsize * int(np.prod(shape)):
        raise ValueError(f"{size} bytes do not make an array of shape {shape} and type {dtype}")
    out.write(bytes(-size % _ALIGNMENT))


def map_arrays(path: Path) -> list[Array]:
    """The arrays of a file, in order, read from disk as they are touched; not to be written to.

    Raises:
        ValueError, OSError: the file holds something else. A changed byte inside an array goes
            unseen here: whoever stores the file must hold a checksum.
    """
    return list(_arrays(path))


def _arrays(path: Path) -> Iterator[Array]:
    with path.open("rb") as stream:
        end = stream.seek(0, io.SEEK_END)
        raw = np.memmap(stream, dtype=np.uint8, mode="r") if end else np.zeros(0, np.uint8)
        stream.seek(0)
        while stream.tell() < end:
            npy.read_magic(stream)
            shape, fortran, dtype = npy.read_array_header_1_0(stream)
            if fortran or dtype.hasobject:
                raise ValueError(f"{path.name} holds an array of a kind that is never written")
            start = stream.tell()
            stop = start + dtype.itemsize * int(np.prod(shape))
            if stop > end:
                raise ValueError(f"{path.name} ends inside an array")
            yield np.asarray(raw[start:stop]).view(dtype).reshape(shape)
            stream.seek(stop + (start - stop) % _ALIGNMENT)

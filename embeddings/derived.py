"""Files that can always be made again from the library's SQLite file.

A file is named by what it holds and the generation of the library that it was made from, and is
written whole or not at all: serialise, write beside, flush to disk, rename, flush the folder. Its
SHA-256 stands in SQLite. A file that is missing, cut short or changed by one bit is as if it had
never been: FAISS itself would read a zeroed block as vectors and give wrong hits in silence.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

_SUFFIX = ".index"
_OURS = re.compile(r"[a-z]+-\d+\.index(?:\.\d+\.new)?")


@dataclass(frozen=True, slots=True)
class DerivedFile:
    """What SQLite remembers of a derived file.

    Attributes:
        name: what it holds: 'vectors' or 'lexical'.
        generation: the library's generation that it was made from.
        sha256: of its bytes, hexadecimal.
        size: bytes.
    """

    name: str
    generation: int
    sha256: str
    size: int

    @property
    def filename(self) -> str:
        """Its name in the folder of indexes."""
        return f"{self.name}-{self.generation}{_SUFFIX}"


def save(folder: Path, name: str, generation: int, data: bytes) -> DerivedFile:
    """Writes a derived file so that a crash leaves either all of it or none.

    Raises:
        OSError: the disk is full or the folder cannot be written; no file of that name is left
            half-written.
    """
    derived = DerivedFile(name, generation, hashlib.sha256(data).hexdigest(), len(data))
    folder.mkdir(exist_ok=True)
    target = folder / derived.filename
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    flush_folder(folder)
    return derived


def load(folder: Path, derived: DerivedFile) -> bytes | None:
    """The bytes that were saved, or None where the file is missing or not what was saved."""
    try:
        data = (folder / derived.filename).read_bytes()
    except OSError:
        return None
    if len(data) != derived.size or hashlib.sha256(data).hexdigest() != derived.sha256:
        return None
    return data


def sweep(folder: Path, older_than: int) -> None:
    """Removes derived files of earlier generations, and what an interrupted `save` left."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if _OURS.fullmatch(path.name) and int(path.name.split("-")[1].split(".")[0]) < older_than:
            path.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

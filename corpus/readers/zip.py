"""Zip: files of the other forms in one archive, one level deep, each read where it lies.

Nothing is unpacked to disk. What an archive says of a member's size is the most that is ever
read of it, so a bomb is told before a byte of it is unpacked.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from corpus.errors import UnreadableFile
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source, form_of

_FAILURES = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError,
    RuntimeError, ValueError, KeyError, OverflowError,
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = frozenset((".zip", ".jar", ".7z", ".rar", ".tar", ".tgz"))
_ENCRYPTED = 0x1


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault | Source]:
    """Each member as a source, and a Fault for each that is not to be read.

    Hidden members and folders are passed over. Raises UnreadableFile.
    """
    if source.inside:
        raise UnreadableFile("an archive inside an archive", where=source.name)
    with source.open() as file:
        try:
            packed = zipfile.ZipFile(cast(IO[bytes], _Guarded(file, options.max_bytes)))
        except _FAILURES as error:
            raise UnreadableFile(f"not a zip archive that can be read: {error}") from error
        with packed:
            members = packed.infolist()
            size = file.seek(0, io.SEEK_END)
            if sum(member.compress_size for member in members) > size:
                raise UnreadableFile("its members overlap: a bomb, or damaged", where=source.name)
            yield from _members(packed, members, source, options)


def _members(
    packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], source: Source, options: ReadOptions
) -> Iterator[Fault | Source]:
    total = 0
    seen: set[str] = set()
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if member.is_dir() or any(_is_hidden(part) for part in path.parts):
            continue
        reason = _refusal(member, path, options)
        if reason is None and member.filename in seen:
            reason = "a second file of the same name"
        seen.add(member.filename)
        if reason is not None:
            yield Fault(None, reason, member=member.filename)
            continue
        total += member.file_size
        if total > options.max_unpacked:
            raise UnreadableFile(
                f"unpacks to more than {options.max_unpacked:,} bytes: "
                f"the rest, from {member.filename!r} on, is not read"
            )
        yield replace(
            source,
            name=f"{source.name}!/{member.filename}",
            form=form_of(path.name),
            open=partial(_open_member, packed, member),
            inside=True,
        )


def _refusal(member: zipfile.ZipInfo, path: PurePosixPath, options: ReadOptions) -> str | None:
    """Why a member is not read; None where it may be."""
    mode = member.external_attr >> 16
    if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]:
        return "a name that leaves the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a link, or no regular file"
    if member.flag_bits & _ENCRYPTED:
        return "encrypted"
    if path.suffix.lower() in _ARCHIVES:
        return "an archive inside an archive"
    if member.compress_type not in _METHODS:
        return "packed in a way that is not read here; zip's usual one is 'deflate'"
    ratio = options.max_ratio
    is_large = member.file_size > options.max_bytes
    if is_large and member.file_size > ratio * max(1, member.compress_size):
        return f"unpacks to more than {ratio} times its size"
    return None


def _is_hidden(part: str) -> bool:
    return part == "__MACOSX" or (part.startswith(".") and part != "..")


def _open_member(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Member(packed, member)))


class _Member(io.RawIOBase):
    """The bytes of one member. Opening and reading raise UnreadableFile where it is damaged."""

    def __init__(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        super().__init__()
        try:
            self._file = packed.open(member)
        except _FAILURES as error:
            raise UnreadableFile(f"damaged in its archive: {error}") from error

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; 0 at the end."""
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._file.read(len(view))
        except _FAILURES as error:
            raise UnreadableFile(f"damaged in its archive: {error}") from error
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the member; the archive stays open."""
        self._file.close()
        super().close()


class _Guarded:
    """The archive's file, of which nothing larger than an article is read at once.

    zipfile reads the list of members whole, and a list of millions fills the memory.
    """

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, self._most + 1) if size >= 0 else self._most + 1)
        if len(data) > self._most:
            raise UnreadableFile("its list of members is too long: unpack it first")
        return data

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

"""Gzip: a file of another form, packed; and how gzipped data are read without trust."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from corpus.errors import UnreadableFile
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

MAGIC = b"\x1f\x8b\x08"
_BLOCK = 65_536
_GZIP = 16 + zlib.MAX_WBITS


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault | Source]:
    """The one file that is packed, as a source of its own form."""
    yield replace(
        source,
        form=source.form.removesuffix(".gz"),
        open=lambda: unpacked(source.open(), options),
        inside=True,
    )


def unpacked(packed: BinaryIO, options: ReadOptions) -> BinaryIO:
    """What a gzipped file holds. Reading raises UnreadableFile: damage, or a bomb."""
    return cast(BinaryIO, io.BufferedReader(Gunzip(packed, options), _BLOCK))


class Gunzip(io.RawIOBase):
    """The bytes of a gzipped file of any number of members.

    Args:
        packed: the file; closed with this one.
        options: how much it may unpack to.
        tolerant: whether damage ends the data, as an end of file does, instead of raising.
            `damaged` then says what is wrong, and `resume` goes on with the next member.
    """

    def __init__(self, packed: BinaryIO, options: ReadOptions, *, tolerant: bool = False) -> None:
        super().__init__()
        self._packed = packed
        self._options = options
        self._tolerant = tolerant
        self._waiting = b""
        self._member: zlib._Decompress | None = None
        self._began_here = False
        self._taken = self._given = 0
        self.damaged: str | None = None

    def readable(self) -> bool:
        """Always true."""
        return True

    def close(self) -> None:
        """Close this file and the packed one."""
        self._packed.close()
        super().close()

    def readinto(self, buffer: object) -> int:
        """Fill the buffer as far as one step gets; 0 at the end. Raises UnreadableFile."""
        view = memoryview(cast(bytearray, buffer))
        data = b""
        while not data and self.damaged is None:
            try:
                if not self._has_input():
                    break
                data = self._step(len(view))
            except zlib.error:
                self._damage("damaged")
        self._given += len(data)
        self._guard()
        view[: len(data)] = data
        return len(data)

    def resume(self) -> None:
        """After damage: go on with the next member, if one is found."""
        self.damaged = None
        self._member = None
        # The damaged member's own beginning must not be found again.
        data = self._waiting[1:] if self._began_here else self._waiting
        while (at := data.find(MAGIC)) < 0:
            more = self._packed.read(_BLOCK)
            self._taken += len(more)
            if not more:
                self._waiting = b""
                return
            data = data[-len(MAGIC) + 1 :] + more
        self._waiting = data[at:]

    def _has_input(self) -> bool:
        if self._member is None:
            self._waiting = self._waiting.lstrip(b"\0")  # some tapes pad members with zeros
        if not self._waiting:
            self._waiting = self._packed.read(_BLOCK)
            self._taken += len(self._waiting)
            self._began_here = False
        if not self._waiting and self._member is not None:
            self._damage("cut off")
        return bool(self._waiting) and self.damaged is None

    def _step(self, most: int) -> bytes:
        if self._member is None:
            self._member = zlib.decompressobj(_GZIP)
            self._began_here = True
        data = self._member.decompress(self._waiting, most)
        self._began_here = self._began_here and not data
        self._waiting = self._member.unconsumed_tail
        if self._member.eof:
            self._waiting = self._member.unused_data
            self._member = None
        return data

    def _damage(self, what: str) -> None:
        self.damaged = f"the gzip data are {what} near byte {self._taken:,}"
        if not self._tolerant:
            raise UnreadableFile(self.damaged)

    def _guard(self) -> None:
        given, most = self._given, self._options.max_unpacked
        if given > most:
            raise UnreadableFile(f"unpacks to more than {most:,} bytes")
        ratio = self._options.max_ratio
        if given > self._options.max_bytes and given > ratio * self._taken:
            raise UnreadableFile(f"unpacks to more than {ratio} times its size")

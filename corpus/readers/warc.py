"""WARC: the pages that a crawler saved, each an article; packed with gzip or not.

warcio takes a record apart; which bytes are a record is found here, since a damaged record
must cost one article and not the rest of the archive.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.limitreader import LimitReader  # type: ignore[import-untyped]
from warcio.recordloader import (  # type: ignore[import-untyped]
    ArcWarcRecord,
    ArcWarcRecordLoader,
)
from warcio.statusandheaders import (  # type: ignore[import-untyped]
    StatusAndHeadersParserException,
)

from corpus.errors import UnreadableFile
from corpus.readers.gz import MAGIC, Gunzip
from corpus.readers.load import decode
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source
from corpus.written_dates import parse_date

try:
    import brotli  # type: ignore[import-untyped]
except ImportError:  # browsers pack with it, and some crawlers keep pages as they came
    brotli = None

_BLOCK = 65_536
# Servers allow 8 to 64 KB of headers.
_LONGEST_HEADERS = 1_000_000
_RECORD = re.compile(rb"WARC/\d")
_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
# An archive with more damaged places is no archive: every other byte begins a new one.
_MOST_DAMAGE = 1_000
_FAILURES = (
    ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError, AttributeError,
    TypeError, IndexError, KeyError,
)  # fmt: skip


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault | Source]:
    """Each page with status 200, as a source of HTML, and a Fault for each damaged place.

    Redirects, revisits, pictures and requests are passed over. Raises UnreadableFile.
    """
    with source.open() as packed:
        start = packed.read(len(MAGIC))
    if not start:
        raise UnreadableFile("empty", where=source.name)
    with source.open() as packed:
        if start != MAGIC:
            records = _Records(packed, source, options)
            yield from records.pages()
            records.check()
            return
        gunzip = Gunzip(packed, options, tolerant=True)
        stream = cast(BinaryIO, io.BufferedReader(gunzip, _BLOCK))
        records = _Records(stream, source, options)
        for _ in range(_MOST_DAMAGE):
            # What stands before a damaged place and what stands behind it are read apart.
            yield from records.pages()
            if gunzip.damaged is None:
                records.check()
                return
            yield Fault(None, gunzip.damaged)
            gunzip.resume()
        yield Fault(None, f"damaged in {_MOST_DAMAGE:,} places: the rest is not read")


class _Records:
    """The records of an archive, one stretch of it after another."""

    def __init__(self, stream: BinaryIO, source: Source, options: ReadOptions) -> None:
        self._stream = _HeaderGuard(stream)
        self._source = source
        self._options = options
        self._loader = ArcWarcRecordLoader()
        self._count = self._damage = 0

    def pages(self) -> Iterator[Fault | Source]:
        line, whole = self._line_after_blank(), True
        while line:
            if not _RECORD.match(line):
                self._damage += 1
                if whole:
                    where = f"behind record {self._count}" if self._count else "at its beginning"
                    yield Fault(None, f"damaged {where}: no WARC record begins there")
                line = self._next_record()
                if not line:
                    return
            found, whole = self._record(line)
            if found is not None:
                yield found
            line = self._line_after_blank()

    def check(self) -> None:
        """Raises UnreadableFile where nothing at all was found."""
        if not self._count and not self._damage:
            raise UnreadableFile("no WARC record in it", where=self._source.name)

    def _line_after_blank(self) -> bytes:
        self._stream.begin()
        while line := self._stream.line():
            if line.strip():
                return line
        return b""

    def _next_record(self) -> bytes:
        """The first line of the next record; b'' at the end."""
        while line := self._stream.line():
            if _RECORD.match(line):
                return line
        return b""

    def _record(self, line: bytes) -> tuple[Fault | Source | None, bool]:
        """What a record holds, and whether it is whole."""
        self._count += 1
        try:
            record = self._loader.parse_record_stream(self._stream, line.decode("latin-1"), "warc")
            rest = record.raw_stream
            if not isinstance(rest, LimitReader):
                raise ValueError("it does not say how long it is")
            found = self._page(record)
            while rest.read(_BLOCK):
                pass
            if rest.limit > 0:
                raise ValueError(f"{rest.limit:,} bytes of it are missing")
        except _FAILURES as error:
            return Fault(None, f"record {self._count} is damaged: {str(error)[:200]}"), False
        return found, True

    def _page(self, record: ArcWarcRecord) -> Fault | Source | None:
        """The page of a record; None where it is no page, or not one to read."""
        http, said = record.http_headers, record.rec_headers
        url = said.get_header("WARC-Target-URI")
        if record.rec_type == "response" and not url:
            raise ValueError("it does not say where it comes from")
        if record.rec_type != "response" or http is None or http.get_statuscode() != "200":
            return None
        kind = http.get_header("content-type") or ""
        if kind.split(";")[0].strip().lower() not in _PAGES:
            return None
        try:
            data = _content(record, self._options.max_bytes)
            charset = _CHARSET.search(kind)
            if charset:
                data = decode(data, declared=charset[1]).encode("utf-8", "replace")
        except UnreadableFile as error:
            return Fault(None, error.what, member=url)
        return replace(
            self._source,
            name=f"{self._source.name}!/{url}",
            form=".html",
            open=lambda: io.BytesIO(data),
            url=url,
            fetched=parse_date(said.get_header("WARC-Date")),
            inside=True,
        )


class _HeaderGuard:
    """A stream whose lines, those of the headers, may take only so many bytes in one record."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._taken = 0

    def begin(self) -> None:
        self._taken = 0

    def read(self, size: int) -> bytes:
        return self._stream.read(size)

    def line(self) -> bytes:
        """One line, or the beginning of a very long one. For what is passed over."""
        return self._stream.readline(_LONGEST_HEADERS)

    def readline(self, size: int = _LONGEST_HEADERS) -> bytes:
        """One line of headers. Raises ValueError where they have no end."""
        line = self._stream.readline(min(size, _LONGEST_HEADERS))
        self._taken += len(line)
        if self._taken > _LONGEST_HEADERS:
            raise ValueError(f"headers of more than {_LONGEST_HEADERS:,} bytes")
        return line


def _content(record: ArcWarcRecord, most: int) -> bytes:
    """The page's bytes, without the packing of their transfer. Raises UnreadableFile.

    warcio would unpack as much as there is, so that of it only the chunks are taken apart.
    """
    data: bytes = record.raw_stream.read(most + 1)
    if len(data) > most:
        raise UnreadableFile(f"larger than {most:,} bytes")
    if (record.http_headers.get_header("transfer-encoding") or "").lower() == "chunked":
        data = ChunkedDataReader(io.BytesIO(data)).read()
    packing = (record.http_headers.get_header("content-encoding") or "").strip().lower()
    data = _unpacked(data, packing, most)
    if len(data) > most:
        raise UnreadableFile(f"larger than {most:,} bytes")
    return data


def _unpacked(data: bytes, packing: str, most: int) -> bytes:
    if packing in ("gzip", "x-gzip", "deflate"):
        # 'deflate' is zlib's or bare; crawlers also keep the header of what they have unpacked.
        for window in (32 + zlib.MAX_WBITS, -zlib.MAX_WBITS):
            try:
                return zlib.decompressobj(window).decompress(data, most + 1)
            except zlib.error:
                continue
        return data
    if packing == "br" and brotli is not None:
        try:
            unpacked: bytes = brotli.Decompressor().process(data, output_buffer_limit=most + 1)
            return unpacked
        except brotli.error:
            return data
    if packing in ("", "identity"):
        return data
    raise UnreadableFile(f"packed in a way that is not read here: {packing[:20]}")

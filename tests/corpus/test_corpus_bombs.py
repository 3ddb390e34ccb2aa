"""Files that are made to fill the memory or never to end: each must stop early, alone.

Each is read in a process of its own, so that its time and its peak of memory are its own.
Figures: under 5 seconds and 300 MB of growth, from ../shared/notes/reliability.md, row 12.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

import corpus
from tests.corpus.readers_stand import LEAD, fresh_environment, page, pdf, write

SECONDS, MEGABYTES = 5.0, 300.0
# Loads what every reader needs, then reads each path that it is told in a child of its own.
_SERVER = """
import json, os, resource, sys, time
import corpus
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
list(corpus.read([sys.argv[1]]))
for path in sys.stdin:
    child = os.fork()
    if child == 0:
        before, began = peak(), time.process_time()
        found = list(corpus.read([path.strip()]))
        reasons = [entry.reason for entry in found if isinstance(entry, corpus.Rejected)]
        print(json.dumps({
            "seconds": time.process_time() - began, "megabytes": peak() - before,
            "articles": sum(isinstance(entry, corpus.Article) for entry in found),
            "reasons": reasons[:200] + reasons[-1:],
        }), flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        print(json.dumps({"failed": True}), flush=True)
"""


@dataclass(frozen=True)
class Told:
    """What one reading took and gave."""

    seconds: float
    megabytes: float
    articles: int
    reasons: list[str]


@pytest.fixture(scope="module")
def read_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Told]]:
    harmless = tmp_path_factory.mktemp("harmless")
    write(harmless / "a.html", page())
    write(harmless / "a.pdf", pdf([[LEAD]]))
    document = docx.Document()
    document.add_paragraph(LEAD)
    document.save(str(harmless / "a.docx"))
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(harmless)],
        env=fresh_environment(), cwd=Path(corpus.__file__).parents[1],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stdin is not None
        assert server.stdout is not None
        asked, told = server.stdin, server.stdout

        def ask(path: Path) -> Told:
            asked.write(f"{path}\n")
            asked.flush()
            return Told(**json.loads(told.readline()))

        yield ask
        asked.close()


def _spaces(size: int) -> bytes:
    """So many spaces as a bare DEFLATE stream: one packed megabyte again and again."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = pack.compress(b" " * 1_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    return block * (size // 1_000_000) + pack.flush()


def gz(_: Path) -> bytes:
    """10 MB that unpack to 10 GB."""
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + _spaces(10_000_000_000) + b"\0" * 8


def gz_of_gz_members(_: Path) -> bytes:
    return gzip.compress(b"{" + b" " * 1_000_000) * 2000


def warc_gz(folder: Path) -> bytes:
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
        b"WARC-Date: 2021-05-04T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: 9000000000\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    )
    return gzip.compress(head) + gz(folder)


def zipped(folder: Path) -> bytes:
    path = folder / "made.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(3):
            archive.writestr(f"{number}.jsonl", b" " * 40_000_000)
    return path.read_bytes()


def zip_of_many(folder: Path) -> bytes:
    path = folder / "made.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", LEAD)
    whole = path.read_bytes()
    start = whole.index(b"PK\x01\x02")
    entry = whole[start : whole.index(b"PK\x05\x06")]
    count = 60_000
    end = bytearray(whole[whole.index(b"PK\x05\x06") :])
    end[8:12] = count.to_bytes(2, "little") * 2
    end[12:16] = (len(entry) * count).to_bytes(4, "little")
    return whole[:start] + entry * count + bytes(end)


def docx_of_spaces(folder: Path) -> bytes:
    return _docx(folder, b" " * 120_000_000)


def docx_of_tags(folder: Path) -> bytes:
    return _docx(folder, b"<w:p/>" * 8_000_000)


def _docx(folder: Path, inside: bytes) -> bytes:
    document = docx.Document()
    document.add_paragraph("HERE")
    document.save(str(folder / "made.docx"))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(folder / "made.docx") as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + inside)
            new.writestr(name, data)
    return out.getvalue()


def pdf_of_spaces(_: Path) -> bytes:
    return pdf([[LEAD]], flate=b"\x78\x9c" + _spaces(1_000_000_000))


def pdf_of_operators(_: Path) -> bytes:
    return pdf([[LEAD]], flate=zlib.compress(b"BT " + b"(a) Tj " * 2_500_000))


def pdf_of_forms(_: Path) -> bytes:
    return pdf([[LEAD]], extra=b"/A " + b"[" * 200_000)


def entities(_: Path) -> bytes:
    layers = "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">'
        for below, name in zip("abcdefghijkl", "bcdefghijklm", strict=True)
    )
    return (
        f'<!DOCTYPE rss [<!ENTITY a "{"lol" * 100}">{layers}]><rss><channel><title>x</title>'
        f"<item><title>&m;</title><description>&m; {LEAD}</description></item></channel></rss>"
    ).encode()


def long_entity(_: Path) -> bytes:
    return (
        f'<!DOCTYPE rss [<!ENTITY a "{"a" * 5_000_000}">]><rss><channel><item><description>'
        f"{'&a;' * 100_000}</description></item></channel></rss>"
    ).encode()


def broken_feed(_: Path) -> bytes:
    return b"<rss><channel>&nope;" + b"<item><title>x</title></item>" * 600_000


def xml_of_elements(_: Path) -> bytes:
    return b"<rss><channel><item>" + b"<a/>" * 4_000_000 + b"</item></channel></rss>"


def merges(_: Path) -> bytes:
    """Maps of which each holds ten times the one before."""
    layers = "".join(f"a{n + 1}: &a{n + 1} {{<<: [{f'*a{n}, ' * 10}]}}\n" for n in range(10))
    return f"---\na0: &a0 {{x: 1}}\n{layers}---\n{LEAD}".encode()


DEPTH = 100_000
CASES: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "gz of a table": ("a.jsonl.gz", gz, "times its size"),
    "gz of a text": ("a.txt.gz", gz, "than"),
    "gz of a document": ("a.xml.gz", gz, ""),
    "gz of an array": ("a.json.gz", gz, ""),
    "gz of many members": ("a.csv.gz", gz_of_gz_members, ""),
    "warc.gz": ("a.warc.gz", warc_gz, ""),
    "zip": ("a.zip", zipped, "times its size"),
    "zip of many members": ("a.zip", zip_of_many, ""),
    "docx of spaces": ("a.docx", docx_of_spaces, "unpacks to more"),
    "docx of tags": ("a.docx", docx_of_tags, "tags"),
    "pdf of spaces": ("a.pdf", pdf_of_spaces, "not a PDF"),
    "pdf of operators": ("a.pdf", pdf_of_operators, "not a PDF"),
    "pdf of lists": ("a.pdf", pdf_of_forms, ""),
    "entities of entities": ("a.xml", entities, ""),
    "one long entity": ("a.xml", long_entity, ""),
    "a broken feed": ("a.xml", broken_feed, "tags in a feed"),
    "empty entries": (
        "a.rss", lambda _: b"<rss><channel>" + b"<item/>" * 1_000_000, "in succession"
    ),
    "entries of a title": (
        "a.rss",
        lambda _: b"<rss><channel>" + b"<item><title>x</title></item>" * 200_000,
        "in succession",
    ),
    "short lines": ("a.txt", lambda _: b"words\n" * 2_000_000, "lines in one article"),
    "short lines of markdown": ("a.md", lambda _: b"words\n" * 2_000_000, "lines in one"),
    "short lines in a row": (
        "a.jsonl", lambda _: json.dumps({"text": "words\n" * 2_000_000}).encode(), "lines in one"
    ),
    "lists in front matter": (
        "a.md", lambda _: b"---\na: " + b"[" * DEPTH + b"\n---\nwords", "longer than 64,000"
    ),
    "short lists in front matter": (
        "a.md", lambda _: b"---\na: " + b"[" * 60_000 + b"\n---\nwords", "nested too deeply"
    ),
    "bullets in front matter": (
        "a.md", lambda _: b"---\n" + b"- " * 30_000 + b"\n---\nwords", "nested too deeply"
    ),
    "merges in front matter": ("a.md", merges, "'<<' is not read"),
    "elements": ("a.xml", xml_of_elements, "elements in one article"),
    "deep xml": ("a.xml", lambda _: b"<rss>" + b"<a>" * DEPTH, ""),
    "deep nitf": ("a.xml", lambda _: b"<nitf>" * DEPTH, ""),
    "deep html": ("a.html", lambda _: b"<div>" * DEPTH, "no article"),
    "deep html just within": ("a.html", lambda _: b"<div>" * 59_000 + LEAD.encode(), "no article"),
    "html of paragraphs": ("a.html", lambda _: b"<p>some words</p>" * 600_000, "tags"),
    "deep json": ("a.json", lambda _: b"[" * DEPTH + b"]" * DEPTH, "not JSON"),
    "deep json lines": ("a.jsonl", lambda _: b'{"a":' * DEPTH, "not JSON"),
    "json of lists": ("a.json", lambda _: b'{"text":[' + b"[]," * 6_000_000 + b"[]]}", "lists"),
    "json lines of lists": ("a.jsonl", lambda _: b'{"a":[' + b"{}," * 6_000_000 + b"{}]}", "lists"),
    "an array of one value": ("a.json", lambda _: b'["' + b"a" * 90_000_000, "20,000,000"),
    "an array of brackets": ("a.json", lambda _: b"[" * 40_000_000, ""),
    "an array of openings": ("a.json", lambda _: b'[{"a' + b'},{"' * 8_000_000, ""),
    "one line of csv": ("a.csv", lambda _: b"text\n" + b"a" * 100_000_000, "longer than"),
    "an open quote of csv": ("a.csv", lambda _: b'text\n"' + b"a,b\n" * 300_000, "2 cells"),
    "a text of 100 MB": ("a.txt", lambda _: b"word " * 20_000_000, "larger than"),
    "a page of 100 MB": ("a.html", lambda _: b"<p>word" * 15_000_000, "larger than"),
    "deep mhtml": (
        "a.mhtml",
        lambda _: b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 100_000,
        "HTML",
    ),
    "sgml without an end": (
        "a.sgm",
        lambda _: b"<REUTERS>\n" + b"words of it that go on for a line of the wire\n" * 600_000,
        "longer than",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_bombs_stop_early(tmp_path: Path, case: str, read_alone: Callable[[Path], Told]) -> None:
    name, make, reason = CASES[case]
    bomb = write(tmp_path / name, make(tmp_path))
    told = read_alone(bomb)
    bomb.unlink()
    assert told.seconds < SECONDS, told
    assert told.megabytes < MEGABYTES, told
    assert told.reasons or told.articles
    assert not reason or any(reason in each for each in told.reasons), told.reasons[:3]

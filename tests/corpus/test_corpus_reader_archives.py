"""Gzip, zip and WARC: files of the other forms, packed."""

from __future__ import annotations

import gzip
import io
import json
import random
import stat
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

import corpus
from corpus.readers.record import Fault, Record
from corpus.readers.source import Source, form_of
from corpus.readers.warc import read as read_warc
from tests.corpus.readers_stand import LEAD, MORE, one, page, read, refused, write

ROWS = "\n".join(json.dumps({"title": f"Row {n}", "text": f"{LEAD} {n}."}) for n in range(300))
CSV = "title,text\n" + "".join(f'Row {n},"{LEAD} {n}."\n' for n in range(20))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.html", ".html"), ("A.SGM.GZ", ".sgm.gz"), ("a.b.c.jsonl", ".jsonl"), ("a", ""),
        (".gz", ""), ("a.gz", ".gz"), ("a.tar.gz", ".tar.gz"), ("x/y.z/a.warc.gz", ".warc.gz"),
    ],
)  # fmt: skip
def test_forms(name: str, form: str) -> None:
    assert form_of(name) == form


# Gzip


@pytest.mark.parametrize(
    ("name", "data", "count"),
    [
        ("a.jsonl.gz", ROWS, 300), ("a.csv.gz", CSV, 20), ("a.txt.gz", LEAD, 1),
        ("a.html.gz", page(), 1), ("a.json.gz", f"[{','.join(ROWS.splitlines())}]", 300),
        ("a.rss.gz", f"<rss><item><description>{LEAD}</description></item></rss>", 1),
    ],
)  # fmt: skip
def test_gz(tmp_path: Path, name: str, data: str, count: int) -> None:
    path = write(tmp_path / name, gzip.compress(data.encode()))
    articles, rejected = read(path)
    assert (len(articles), rejected) == (count, [])
    assert articles[0].source.startswith(str(path.resolve()))


def test_gz_of_several_members(tmp_path: Path) -> None:
    lines = ROWS.splitlines(keepends=True)
    data = b"".join(gzip.compress(line.encode()) for line in lines) + b"\0" * 512
    articles, rejected = read(write(tmp_path / "a.jsonl.gz", data))
    assert (len(articles), rejected) == (300, [])


def test_gz_damaged_keeps_what_came_before(tmp_path: Path) -> None:
    noise = random.Random(1)
    rows = "\n".join(
        json.dumps({"text": f"{LEAD} {noise.random()}", "n": noise.random()}) for _ in range(4000)
    )
    data = bytearray(gzip.compress(rows.encode()))
    data[len(data) // 2 : len(data) // 2 + 64] = b"\xff" * 64
    articles, rejected = read(write(tmp_path / "a.jsonl.gz", bytes(data)))
    assert len(articles) > 1000
    assert any("damaged" in entry.reason for entry in rejected)
    articles, rejected = read(
        write(tmp_path / "b.jsonl.gz", gzip.compress(rows.encode())[:-20_000])
    )
    assert len(articles) > 1000
    assert any("cut off" in entry.reason for entry in rejected)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt.gz", b"", "empty"),
        ("a.txt.gz", b"no gzip", "damaged"),
        ("a.tar.gz", gzip.compress(b"x", mtime=0), ".tar.gz"),
        ("a.gz", gzip.compress(LEAD.encode(), mtime=0), "not a form"),
        ("a.gz.gz", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "not a form"),
        ("a.zip.gz", gzip.compress(b"PK", mtime=0), "not a form"),
    ],
)
def test_gz_that_is_not_read(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert reason in refused(write(tmp_path / name, data))


# Zip


def packed(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_zip_of_every_form(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip",
        {
            "2021/a.txt": f"Ferries\n\n{LEAD}",
            "2021/b.html": page("Ferries in May"),
            "rows.jsonl": ROWS,
            "rows.csv.gz": gzip.compress(CSV.encode()),
            "__MACOSX/2021/._a.txt": b"\0",
            ".hidden.txt": "x",
            "empty/": "",
            "photo.jpg": b"\xff",
        },
    )
    articles, rejected = read(path)
    assert len(articles) == 322
    assert articles[0].source == f"{path.resolve()}!/2021/a.txt"
    assert articles[2].source == f"{path.resolve()}!/rows.jsonl#1"
    assert len({article.id for article in articles}) == 322
    assert [entry.source for entry in rejected] == [f"{path.resolve()}!/photo.jpg"]


def test_zip_members_that_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../up.txt", "/root.txt", "C:\\win.txt", "a/../../b.txt", "..\\x.txt"):
            archive.writestr(name, LEAD)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        pipe = zipfile.ZipInfo("pipe.txt")
        pipe.external_attr = (stat.S_IFIFO | 0o777) << 16
        archive.writestr(pipe, "")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("inner.tar", b"x")
        archive.writestr("lzma.txt", LEAD, compress_type=zipfile.ZIP_LZMA)
        archive.writestr("good.txt", LEAD)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("good.txt", MORE)
    articles, rejected = read(path)
    assert [article.text for article in articles] == [LEAD]
    reasons = {entry.source.partition("!/")[2]: entry.reason for entry in rejected}
    assert all("leaves the archive" in reasons[name] for name in ("../up.txt", "/root.txt"))
    assert sum("leaves the archive" in reason for reason in reasons.values()) == 5
    assert "no regular file" in reasons["link.txt"]
    assert "no regular file" in reasons["pipe.txt"]
    assert "archive inside" in reasons["inner.zip"]
    assert "archive inside" in reasons["inner.tar"]
    assert "packed in a way" in reasons["lzma.txt"]
    assert "same name" in reasons["good.txt"]


def test_zip_encrypted_and_damaged(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": LEAD, "b.txt": f"{MORE} again"})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    articles, rejected = read(write(tmp_path / "b.zip", bytes(data)))
    assert [article.text for article in articles] == [f"{MORE} again"]
    assert rejected[0].reason == "encrypted"
    broken = bytearray(path.read_bytes())
    broken[40] ^= 0xFF
    articles, rejected = read(write(tmp_path / "c.zip", bytes(broken)))
    assert [article.text for article in articles] == [f"{MORE} again"]
    assert "damaged in its archive" in rejected[0].reason
    assert "not a zip" in refused(write(tmp_path / "d.zip", b"words"))
    assert "not a zip" in refused(write(tmp_path / "e.zip", b""))


def test_zip_whose_members_overlap(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.zip", {f"{n}.txt": LEAD * 9 for n in range(9)}).read_bytes()
    start = whole.index(b"PK\x01\x02")
    first = whole[: whole.index(b"PK\x03\x04", 4)]
    central = bytearray(whole[start:])
    at = 0
    while (at := central.find(b"PK\x01\x02", at)) >= 0:
        central[at + 42 : at + 46] = b"\0\0\0\0"
        at += 4
    end = central.index(b"PK\x05\x06")
    central[end + 16 : end + 20] = len(first).to_bytes(4, "little")
    assert "overlap" in refused(write(tmp_path / "b.zip", first + bytes(central)))


def test_zip_damaged_anywhere_raises_nothing(tmp_path: Path) -> None:
    whole = packed(tmp_path / "whole.zip", {"a.txt": LEAD, "b.jsonl": ROWS}).read_bytes()
    rng = random.Random(2)
    for number in range(80):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 10)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        cut = rng.randrange(len(data)) if number % 4 == 0 else len(data)
        articles, rejected = read(write(tmp_path / "a.zip", bytes(data[:cut])))
        assert articles or rejected or cut < 30


def test_zip_total_is_bounded(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {f"{n}.txt": f"{LEAD} {n}." for n in range(10)})
    articles, rejected = read(path, corpus.ReadOptions(max_unpacked=500))
    assert len(articles) == 5
    assert "500 bytes" in rejected[0].reason
    assert "5.txt" in rejected[0].reason


# WARC

Writer = Callable[[WARCWriter], None]


def response(
    url: str,
    body: bytes,
    *,
    status: str = "200 OK",
    headers: Sequence[tuple[str, str]] = (("Content-Type", "text/html; charset=utf-8"),),
    kind: str = "response",
) -> Writer:
    def into(writer: WARCWriter) -> None:
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=http,
            warc_headers_dict={"WARC-Date": "2021-05-04T10:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)

    return into


def warc(path: Path, *records: Writer) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for write_into in records:
            write_into(writer)
    return path


def pages(count: int) -> list[Writer]:
    return [
        response(f"https://example.org/{n}", page(f"Ferries {n}").encode()) for n in range(count)
    ]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_warc(tmp_path: Path, name: str) -> None:
    html = page("Ferries packed").encode()
    path = warc(
        tmp_path / name,
        response("https://example.org/1", page("Ferries one").encode()),
        response("https://example.org/p.png", b"\x89PNG", headers=[("Content-Type", "image/png")]),
        response("https://example.org/2", b"moved", status="301 Moved"),
        response("https://example.org/3", b"", kind="revisit"),
        response(
            "https://example.org/4", gzip.compress(html),
            headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
        ),
        response(
            "https://example.org/5",
            b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (100, html[:100], len(html) - 100, html[100:]),
            headers=[("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")],
        ),
        response(
            "https://example.org/6", zlib.compress(html)[2:-4],
            headers=[("Content-Type", "application/xhtml+xml"), ("Content-Encoding", "deflate")],
        ),
        response(
            "https://example.org/7",
            page(body="<p>Dvořák, řekla.</p>").replace('<meta charset="utf-8">', "")
            .translate({0x201C: '"', 0x201D: '"', 0x2019: "'"}).encode("iso-8859-2"),
            headers=[("Content-Type", "text/html; charset=ISO-8859-2")],
        ),
        response("https://example.org/8", b"<html><body></body></html>"),
    )  # fmt: skip
    articles, rejected = read(path)
    assert [article.url for article in articles] == [
        f"https://example.org/{number}" for number in (1, 4, 5, 6, 7)
    ]
    assert [article.title for article in articles[1:4]] == ["Ferries packed"] * 3
    assert "Dvořák" in articles[4].text
    assert articles[0].source == f"{path.resolve()}!/https://example.org/1"
    # The day of the crawl is no day of publication.
    assert articles[0].published is None
    assert [entry.source for entry in rejected] == [f"{path.resolve()}!/https://example.org/8"]


def test_warc_tells_when_it_was_fetched(tmp_path: Path) -> None:
    found = list(
        read_warc(Source.from_path(warc(tmp_path / "a.warc", *pages(1))), corpus.ReadOptions())
    )
    assert [entry.fetched for entry in found if isinstance(entry, Source)] == [date(2021, 5, 4)]
    assert not any(isinstance(entry, Record | Fault) for entry in found)


def test_warc_damaged_records_cost_themselves(tmp_path: Path) -> None:
    data = warc(tmp_path / "whole.warc", *pages(5)).read_bytes()
    at = data.index(b"https://example.org/2")
    length = data.index(b"Content-Length: ", at)
    for name, damaged in {
        "short": data[:length] + b"Content-Length: 30\r\nX: " + data[length:],
        "none": data[:length] + b"X-Content-Length: " + data[length + 16 :],
        "letters": data[:length] + b"Content-Length: many" + data[data.index(b"\r\n", length) :],
        "no url": data[:at] + data[at:].replace(b"https://example.org/2", b"<>", 1),
        "header": data.replace(b"WARC-Target-URI: https://example.org/2", b"\xff\xff\0 garbage", 1),
        "noise": data[: at + 300] + b"\0" * 200 + data[at + 300 :],
    }.items():
        articles, rejected = read(write(tmp_path / f"{name}.warc", damaged))
        urls = [article.url for article in articles]
        assert {f"https://example.org/{n}" for n in (0, 1, 3, 4)} <= set(urls), name
        assert rejected or len(urls) == 5, name
    articles, rejected = read(write(tmp_path / "cut.warc", data[: len(data) - 400]))
    assert len(articles) == 4
    assert "missing" in rejected[0].reason


def test_warc_gz_damaged_members_cost_themselves(tmp_path: Path) -> None:
    data = bytearray(warc(tmp_path / "whole.warc.gz", *pages(6)).read_bytes())
    starts = [at for at in range(len(data)) if data[at : at + 3] == b"\x1f\x8b\x08"]
    assert len(starts) == 7
    middle = (starts[3] + starts[4]) // 2
    data[middle : middle + 20] = b"\xff" * 20
    articles, rejected = read(write(tmp_path / "a.warc.gz", bytes(data)))
    urls = {article.url for article in articles}
    assert {f"https://example.org/{n}" for n in (0, 1, 3, 4, 5)} <= urls
    assert any("damaged" in entry.reason for entry in rejected)


def test_warc_gz_in_one_member(tmp_path: Path) -> None:
    data = warc(tmp_path / "a.warc", *pages(4)).read_bytes()
    articles, rejected = read(write(tmp_path / "a.warc.gz", gzip.compress(data)))
    assert (len(articles), rejected) == (4, [])


def test_warc_bounds(tmp_path: Path) -> None:
    long = page(body="<p>" + "word " * 30_000 + "</p>").encode()
    packing = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    path = warc(
        tmp_path / "a.warc",
        response("https://example.org/long", long),
        response("https://example.org/packed", gzip.compress(long), headers=packing),
        *pages(1),
    )
    articles, rejected = read(path, corpus.ReadOptions(max_bytes=50_000))
    assert [article.url for article in articles] == ["https://example.org/0"]
    assert ["50,000 bytes" in entry.reason for entry in rejected] == [True, True]


def test_warc_brotli(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    packing = [("Content-Type", "text/html"), ("Content-Encoding", "br")]
    html = page().encode()
    bomb = brotli.compress(b"<p>" + b"a" * 30_000_000)
    path = warc(
        tmp_path / "a.warc",
        response("https://example.org/1", brotli.compress(html), headers=packing),
        response("https://example.org/2", bomb, headers=packing),
        response("https://example.org/3", html, headers=[packing[0], ("Content-Encoding", "zstd")]),
    )
    articles, rejected = read(path)
    assert [article.url for article in articles] == ["https://example.org/1"]
    assert "20,000,000" in rejected[0].reason
    assert "zstd" in rejected[1].reason


@pytest.mark.parametrize("data", [b"", b"words\n" * 100, bytes(range(256)) * 40, b"WARC/1.0\r\n"])
def test_warc_that_is_none(tmp_path: Path, data: bytes) -> None:
    articles, rejected = read(write(tmp_path / "a.warc", data))
    assert articles == []
    assert len(rejected) == 1


def test_warc_damaged_anywhere_raises_nothing(tmp_path: Path) -> None:
    whole = {
        name: warc(tmp_path / f"whole{name}", *pages(3)).read_bytes()
        for name in (".warc", ".warc.gz")
    }
    rng = random.Random(3)
    for number in range(60):
        name = (".warc", ".warc.gz")[number % 2]
        data = bytearray(whole[name])
        for _ in range(rng.randint(1, 10)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        read(write(tmp_path / f"a{name}", bytes(data)))


def test_warc_in_a_zip(tmp_path: Path) -> None:
    inner = warc(tmp_path / "a.warc.gz", *pages(2))
    path = packed(tmp_path / "b.zip", {"crawl/a.warc.gz": inner.read_bytes()})
    articles, rejected = read(path)
    assert ([article.url for article in articles], rejected) == (
        ["https://example.org/0", "https://example.org/1"], [],
    )  # fmt: skip
    assert articles[0].source == f"{path.resolve()}!/crawl/a.warc.gz!/https://example.org/0"


def test_one_article_in_a_zip(tmp_path: Path) -> None:
    assert one(packed(tmp_path / "a.zip", {"a.txt": LEAD})).text == LEAD

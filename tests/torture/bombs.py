"""Row 12: small files that want to be large, and structures without an end."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import corpus
from corpus import Article
from tests.torture import forms, warm
from tests.torture.made import made
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(
    number=12,
    name="bombs",
    cause="zip, gzip, DOCX and PDF that unpack to between 10 MB and 10 GB; a zip of zips and one "
    "whose members overlap; HTML, JSON, XML, Markdown and YAML nested 100,000 deep; XML and YAML "
    "whose references multiply; a million columns, tags, entries and rows",
    must="each file is done within 5 s of processor time and 300 MB, and the good article beside "
    "it is read",
    full=60,
    quick=32,
)
SECONDS = 5.0
GROWTH = 300_000_000
DEEP = 100_000
_MB = 1_000_000
_PATIENCE = 60.0

Writer = Callable[[Path], None]


def run(n: int, seed: int, folder: Path) -> Row:
    """Reads the first `n` bombs, smallest first, each with a good article beside it."""
    tally = Tally(FAULT)
    slowest, largest = (0.0, ""), (0, "")
    for number, (name, write) in enumerate(list(BOMBS.items())[:n]):
        place = folder / f"case-{number}"
        place.mkdir()
        path = place / name.partition(" ")[0]
        write(path)
        (place / "zz-good.txt").write_bytes(forms.text([made(seed)]))
        outcome = warm.call(_read, place, made(seed).text, patience=_PATIENCE)
        shutil.rmtree(place)
        harm = outcome.fault.strip().rpartition("\n")[2] or outcome.value
        if not harm and outcome.busy > SECONDS:
            harm = f"took {outcome.busy:.1f} s"
        if not harm and outcome.growth > GROWTH:
            harm = f"grew by {outcome.growth / _MB:.0f} MB"
        slowest = max(slowest, (outcome.busy, name))
        largest = max(largest, (outcome.growth, name))
        tally.count(name, harm)
    return tally.row(
        f"slowest {slowest[0]:.1f} s ({slowest[1]}), largest growth "
        f"{largest[0] / _MB:.0f} MB ({largest[1]})"
    )


def _read(place: Path, beside: str) -> str:
    good = False
    for found in corpus.read([place]):
        if isinstance(found, Article):
            good = good or found.text == beside
        elif not found.reason:
            return f"no reason: {found}"
    return "" if good else "the good article beside it was lost"


def _zeros(size: int, level: int = 9) -> Iterator[bytes]:
    """Raw DEFLATE of so many spaces and line breaks, made without packing them all.

    A full flush ends a block at a whole byte, so one block may be repeated.
    """
    block = b"words " * (_MB // 6) + b"word"
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    # The first block after a full flush knows nothing of what was before, and so fits anywhere.
    for _ in range(size // _MB):
        yield once
    yield packer.flush(zlib.Z_FINISH)


def _crc(size: int) -> int:
    block = b"words " * (_MB // 6) + b"word"
    crc = 0
    for _ in range(min(size // _MB, 200)):
        crc = zlib.crc32(block, crc)
    return crc  # of a larger one it is wrong, and nobody ought to get so far


def _gzip(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.write(b"\x1f\x8b\x08\0\0\0\0\0\2\xff")
        stream.writelines(_zeros(size))
        stream.write(struct.pack("<II", _crc(size), size & 0xFFFFFFFF))


def _gzip_members(path: Path, size: int) -> None:
    member = gzip.compress(b"words " * (_MB // 6), mtime=0)
    with path.open("wb") as stream:
        for _ in range(size // _MB):
            stream.write(member)


def _zip(path: Path, size: int, member: str = "bomb.txt", lie: int | None = None) -> None:
    """One member; `lie` is what the directory says of its size."""
    data = b"".join(_zeros(size))
    _write_zip(path, [(member, data, _crc(size), size if lie is None else lie)])


def _zip_overlapping(path: Path, members: int) -> None:
    """Many members, all of them the same bytes of the file."""
    data = b"".join(_zeros(10 * _MB))
    _write_zip(
        path, [(f"{n:05}.txt", data, _crc(10 * _MB), 10 * _MB) for n in range(members)], one=True
    )


def _zip_members(path: Path, members: int) -> None:
    """Many members of an article each."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(members):
            packed.writestr(f"{number:06}.txt", "x")


def _zip_of_zips(path: Path, depth: int) -> None:
    data = b"".join(_zeros(10 * _MB))
    stream = io.BytesIO()
    _write_zip(stream, [("bomb.txt", data, _crc(10 * _MB), 10 * _MB)])
    for _ in range(depth):
        inner, stream = stream.getvalue(), io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(10):
                packed.writestr(f"{number}.zip", inner)
    path.write_bytes(stream.getvalue())


def _write_zip(
    target: Path | io.BytesIO, members: list[tuple[str, bytes, int, int]], *, one: bool = False
) -> None:
    """A zip file with any directory; with `one` every member is the first one's bytes."""
    written = bytearray()
    directory = bytearray()
    for number, (name, data, crc, size) in enumerate(members):
        place = 0 if one else len(written)
        about = struct.pack(
            "<HHHHHIIIHH",
            20, 0, 8, 0, 0x58A6, crc, len(data), min(size, 0xFFFFFFFE), len(name), 0,
        )  # fmt: skip
        if not one or number == 0:
            written += b"PK\3\4" + about + name.encode() + data
        directory += (
            b"PK\1\2" + struct.pack("<H", 20) + about
            + struct.pack("<HHHII", 0, 0, 0, 0o644 << 16, place) + name.encode()
        )  # fmt: skip
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(written), 0)
    data = bytes(written + directory + b"PK\5\6" + end)
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)


def _docx(path: Path, size: int) -> None:
    """A Word document whose text is that large."""
    inside = zipfile.ZipFile(io.BytesIO(forms.document([made(0)])))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in inside.namelist():
            if name != "word/document.xml":
                packed.writestr(name, inside.read(name))
        head, mark, tail = inside.read("word/document.xml").partition(b"<w:body>")
        with packed.open("word/document.xml", "w") as stream:
            stream.write(head + mark)
            paragraph = b"<w:p><w:r><w:t>" + b"words " * 1_000 + b"</w:t></w:r></w:p>"
            for _ in range(size // len(paragraph)):
                stream.write(paragraph)
            stream.write(tail)


def _pdf(path: Path, size: int) -> None:
    """A page whose content unpacks to that much."""
    content = b"BT /F1 8 Tf 20 780 Td " + b"(words words words) Tj T*\n" * (size // 26) + b"ET"
    packed = zlib.compress(content, 9)
    plain = forms.portable([made(0)])
    start = plain.index(b"4 0 obj")
    end = plain.index(b"5 0 obj")
    stream = b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n"
    path.write_bytes(plain[:start] + stream % (len(packed), packed) + plain[end:])


def _text(path: Path, *parts: str | int) -> None:
    """Strings, each followed by how often it is to be repeated."""
    pairs = zip(parts[::2], parts[1::2], strict=True)
    path.write_text("".join(str(words) * int(times) for words, times in pairs), encoding="utf-8")


def _laughs(path: Path) -> None:
    """Ten entities, each ten times the one before: a billion of the first."""
    entities = '<!ENTITY a0 "words ">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)
    )
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><title>x'
        "</title><item><title>x</title><description>&a10;</description></item></channel></rss>"
    )


def _outside(path: Path) -> None:
    """An entity that is a file of this machine."""
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///dev/zero">]><rss '
        'version="2.0"><channel><item><title>x</title><description>&x;</description></item>'
        "</channel></rss>"
    )


def _aliases(path: Path) -> None:
    """Front matter whose references multiply in the same way."""
    levels = "a0: &a0 [words, words, words, words, words, words, words, words, words, words]\n"
    levels += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 11))
    path.write_text(f"---\n{levels}title: *a10\n---\n\n{made(0).text}\n")


def _mails(path: Path, depth: int) -> None:
    """An e-mail in an e-mail in an e-mail."""
    head = "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    path.write_text(head * depth + "Content-Type: text/html\r\n\r\n<p>words</p>")


def _wide_table(path: Path) -> None:
    columns = ",".join(f"c{n}" for n in range(_MB))
    path.write_text(f"text,{columns}\n" + "words" + "," * _MB + "\n")


def _elements(path: Path) -> None:
    """An RSS feed of a million empty entries."""
    _text(path, '<rss version="2.0"><channel>', 1, "<item/>", _MB, "</channel></rss>", 1)


def _long_number(path: Path) -> None:
    path.write_text(
        json.dumps({"title": "x", "text": made(0).text})[:-1] + ', "n": ' + "9" * _MB + "}"
    )


_GB = 1_000 * _MB
BOMBS: Mapping[str, Writer] = {
    "a.txt.gz 10 MB": partial(_gzip, size=10 * _MB),
    "a.txt.gz 100 MB": partial(_gzip, size=100 * _MB),
    "a.jsonl.gz 1 GB": partial(_gzip, size=_GB),
    "a.html.gz 1 GB of members": partial(_gzip_members, size=_GB),
    "a.warc.gz 1 GB": partial(_gzip, size=_GB),
    "a.zip 10 MB": partial(_zip, size=10 * _MB),
    "a.zip 100 MB": partial(_zip, size=100 * _MB),
    "a.zip 1 GB": partial(_zip, size=_GB),
    "a.zip 1 GB that says 1 kB": partial(_zip, size=_GB, lie=1_000),
    "a.zip 1 GB of JSON lines": partial(_zip, size=_GB, member="bomb.jsonl"),
    "a.zip zips in zips": partial(_zip_of_zips, depth=3),
    "a.zip 1,000 overlapping members of 10 MB": partial(_zip_overlapping, members=1_000),
    "a.zip 20,000 members": partial(_zip_members, members=20_000),
    "a.docx 100 MB": partial(_docx, size=100 * _MB),
    "a.docx 1 GB": partial(_docx, size=_GB),
    "a.pdf 100 MB": partial(_pdf, size=100 * _MB),
    "deep.html": lambda path: _text(path, "<div>", DEEP, "words", 1),
    "deep.html of lists": lambda path: _text(path, "<ul><li>", DEEP, "words", 1),
    "deep.html of tables": lambda path: _text(path, "<table><tr><td>", DEEP, "words", 1),
    "deep.html of bold": lambda path: _text(path, "<p><b>", DEEP, "words", 1),
    "deep.jsonl": lambda path: _text(path, '{"text":', DEEP, "1", 1, "}", DEEP, "\n", 1),
    "deep.jsonl of lists": lambda path: _text(path, "[", DEEP, "]", DEEP, "\n", 1),
    "deep.json": lambda path: _text(path, "[", DEEP, "]", DEEP),
    "deep.json of objects": lambda path: _text(path, '{"a":', DEEP, "1", 1, "}", DEEP),
    "deep.xml": lambda path: _text(path, "<rss>", DEEP, "</rss>", DEEP),
    "deep.md of quotes": lambda path: _text(path, ">", DEEP, "words", 1),
    "deep.md of brackets": lambda path: _text(path, "[", DEEP, "words", 1, "](x)", DEEP),
    "deep.md of lists": lambda path: _text(path, "- ", DEEP, "words", 1),
    "deep.md of front matter": lambda path: _text(
        path, "---\na: ", 1, "[", DEEP, "\n---\nwords", 1
    ),
    "deep.mhtml": partial(_mails, depth=DEEP),
    "laughs.rss": _laughs,
    "outside.rss": _outside,
    "aliases.md": _aliases,
    "wide.csv": _wide_table,
    "entries.rss a million": _elements,
    "number.jsonl of a million digits": _long_number,
    "tags.html two million": lambda path: _text(path, "<p>", 2 * _MB),
    "attributes.html": lambda path: _text(path, "<p ", 1, "a=b ", _MB, ">words", 1),
    "entities.html": lambda path: _text(path, "<p>", 1, "&amp;", _MB),
    "comments.html": lambda path: _text(path, "<!--", _MB, "words", 1),
    "stars.md": lambda path: _text(path, "*a ", 200_000),
    "ticks.md": lambda path: _text(path, "`a", 200_000),
    "links.md": lambda path: _text(path, "[a](", 100_000),
    "spaces.txt": lambda path: _text(path, "words", 1, " ", 15 * _MB, "words", 1),
    "breaks.txt": lambda path: _text(path, "words\n", 2 * _MB),
    "word.txt": lambda path: _text(path, "a", 15 * _MB),
    "dates.txt": lambda path: _text(path, "on December 1, 2024 ", 200_000),
    "quotes.csv": lambda path: _text(path, "text,title\n", 1, '"a\n', 100_000),
    "commas.tsv": lambda path: _text(path, "text\ttitle\n", 1, '"', _MB),
    "rows.csv of nothing": lambda path: _text(path, "text,title\n", 1, ",\n", 200_000),
    "rows.jsonl of nothing": lambda path: _text(path, "{}\n", 200_000),
    "open.sgm": lambda path: _text(path, "<REUTERS>\n", 200_000),
    "marks.txt of zero width": lambda path: _text(path, "\u200b\u202e", 3 * _MB, "words", 1),
    "accents.txt": lambda path: _text(path, "a", 1, "\u0301", 5 * _MB),
    "a.txt.gz 10 GB": partial(_gzip, size=10 * _GB),
    "a.jsonl.gz 10 GB": partial(_gzip, size=10 * _GB),
    "a.zip 10 GB": partial(_zip, size=10 * _GB),
    "a.zip 10 GB of JSON lines": partial(_zip, size=10 * _GB, member="bomb.jsonl"),
    "a.pdf 1 GB": partial(_pdf, size=_GB),
    "a.warc.gz 10 GB": partial(_gzip, size=10 * _GB),
}

"""What the tests of the readers share: words for articles, and short ways to read a file."""

from __future__ import annotations

import io
import os
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import corpus

LEAD = "The harbour master of Eastport said on Monday that two ferries would stay in dock."
MORE = "“No tanker is due before May,” she told reporters in the port’s canteen."
LAST = "The council will meet again on Friday to hear the owners of the smaller boats."

Read = tuple[list[corpus.Article], list[corpus.Rejected]]


def read(
    paths: str | Path | Sequence[str | Path], options: corpus.ReadOptions | None = None
) -> Read:
    """The articles and the rejected, in order."""
    named = [paths] if isinstance(paths, str | Path) else paths
    return sorted_out(corpus.read(named, options=options or corpus.ReadOptions()))


def sorted_out(found: Iterable[corpus.Article | corpus.Rejected]) -> Read:
    entries = list(found)
    return (
        [entry for entry in entries if isinstance(entry, corpus.Article)],
        [entry for entry in entries if isinstance(entry, corpus.Rejected)],
    )


def one(path: Path, options: corpus.ReadOptions | None = None) -> corpus.Article:
    articles, rejected = read(path, options)
    assert not rejected, rejected
    assert len(articles) == 1
    return articles[0]


def refused(path: Path, options: corpus.ReadOptions | None = None) -> str:
    """The reason for which a file gives nothing."""
    articles, rejected = read(path, options)
    assert not articles, articles
    assert len(rejected) == 1, rejected
    return rejected[0].reason


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def page(title: str = "Ferries stay in dock", head: str = "", body: str = "") -> str:
    """A page of HTML with one article, and a site's furniture around it."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        '</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1><p>{LEAD}</p><p>{MORE}</p>{body}</article></body></html>"
    )


def pdf(
    pages: Sequence[Sequence[str]], *, title: str = "", extra: bytes = b"", flate: bytes = b""
) -> bytes:
    """A PDF whose pages show these lines; `flate` puts such a packed stream on the first page."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R " + extra + b" >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        shown = b"\n".join(
            b"1 0 0 1 50 %d Tm (%s) Tj" % (800 - 14 * at, _escaped(line))
            for at, line in enumerate(lines)
        )
        stream = b"BT /F1 11 Tf\n" + shown + b"\nET"
        packing = b""
        if flate and number == 0:
            stream, packing = flate, b"/Filter /FlateDecode "
        objects.append(
            b"<< %s/Length %d >>\nstream\n%s\nendstream" % (packing, len(stream), stream)
        )
    objects.append(b"<< /Title (%s) >>" % _escaped(title))
    return _pdf_file(objects)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    )
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


@contextmanager
def within(seconds: float, megabytes: float) -> Iterator[None]:
    """Assert that what happens inside takes at most so long and makes the process grow so much.

    Memory is the peak since the process began, as the system counts it; what other tests took
    before can only hide growth, so that those that use this read in a process of their own.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    yield
    took = time.process_time() - began
    grew = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert took < seconds, f"{took:.1f} s"
    assert grew < megabytes, f"{grew:.0f} MB"


def fresh_environment() -> dict[str, str]:
    """The environment of a process that reads alone."""
    return {**os.environ, "OMP_NUM_THREADS": "1"}

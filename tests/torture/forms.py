"""A small valid file of every form that Dateline reads, to be damaged."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import textwrap
import zipfile
from collections.abc import Callable, Mapping, Sequence

import docx

from corpus import Article

Articles = Sequence[Article]
Writer = Callable[[Articles], bytes]


def _paragraphs(article: Article) -> list[str]:
    return article.text.split("\n\n")


def text(articles: Articles) -> bytes:
    """The first article, below its headline."""
    article = articles[0]
    return f"{article.title}\n\n{article.text}\n".encode()


def markdown(articles: Articles) -> bytes:
    """The first article, with front matter."""
    article = articles[0]
    return (
        f"---\ntitle: {article.title}\noutlet: {article.outlet}\n---\n\n{article.text}\n".encode()
    )


def page(articles: Articles) -> bytes:
    """The first article as a web page."""
    article = articles[0]
    body = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in _paragraphs(article))
    return (
        f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{article.title}"
        f"</title><meta property='article:published_time' content='2024-05-06'></head>"
        f"<body><article><h1>{article.title}</h1>\n{body}</article></body></html>\n"
    ).encode()


def saved_page(articles: Articles) -> bytes:
    """The first article as a browser saves a page."""
    head = (
        "From: <Saved>\r\nSnapshot-Content-Location: https://example.org/story\r\n"
        "Date: Mon, 6 May 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="----part"\r\n\r\n------part\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Location: https://example.org/story\r\n\r\n"
    )
    return head.encode() + page(articles) + b"\r\n------part--\r\n"


def portable(articles: Articles) -> bytes:
    """The first article as a PDF of one page, 100 letters a line."""
    lines = [
        line for paragraph in _paragraphs(articles[0]) for line in textwrap.wrap(paragraph, 100)
    ]
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    content = f"BT /F1 8 Tf 20 780 Td 10 TL\n{shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, held in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = len(written)
    written += b"xref\n0 6\n0000000000 65535 f \n"
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(written)


def document(articles: Articles) -> bytes:
    """The first article as a Word document."""
    written = docx.Document()
    for paragraph in _paragraphs(articles[0]):
        written.add_paragraph(paragraph)
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def feed(articles: Articles) -> bytes:
    """All articles as the items of an RSS feed."""
    items = "".join(
        f"<item><title>{article.title}</title><guid>{article.id}</guid><description>"
        + html.escape("".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(article)))
        + "</description></item>\n"
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Wire</title>'
        f"\n{items}</channel></rss>\n"
    ).encode()


def wire(articles: Articles) -> bytes:
    """All articles as Reuters-21578 has them."""
    elements = "".join(
        f'<REUTERS TOPICS="YES" NEWID="{number}">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n'
        f"<TEXT>&#2;\n<TITLE>{article.title}</TITLE>\n<BODY>"
        + "\n    ".join(_paragraphs(article))
        + "\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"
        for number, article in enumerate(articles, 1)
    )
    return f'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n{elements}'.encode()


def _rows(articles: Articles) -> list[dict[str, str]]:
    return [
        {"title": article.title, "outlet": article.outlet or "", "text": article.text}
        for article in articles
    ]


def array(articles: Articles) -> bytes:
    """All articles as one JSON array."""
    return json.dumps(_rows(articles), indent=1).encode()


def lines(articles: Articles) -> bytes:
    """All articles as JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in _rows(articles)).encode()


def table(articles: Articles, delimiter: str = ",") -> bytes:
    """All articles as a table with a line of column names."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, ["title", "outlet", "text"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(_rows(articles))
    return stream.getvalue().encode()


def tabbed(articles: Articles) -> bytes:
    """`table`, divided by tabs."""
    return table(articles, delimiter="\t")


def crawl(articles: Articles) -> bytes:
    """All articles as the pages of a WARC file."""
    records = []
    for number, article in enumerate(articles):
        held = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page([article])
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2024-05-06T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(held)}\r\n"
            "\r\n"
        )
        records.append(head.encode() + held + b"\r\n\r\n")
    return b"".join(records)


def archive(articles: Articles) -> bytes:
    """All articles as text files in a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for article in articles:
            packed.writestr(f"news/{article.id}.txt", text([article]))
    return stream.getvalue()


_ONE: Mapping[str, Writer] = {
    ".txt": text,
    ".md": markdown,
    ".html": page,
    ".mhtml": saved_page,
    ".pdf": portable,
    ".docx": document,
    ".txt.gz": lambda articles: gzip.compress(text(articles), mtime=0),
}
_MANY: Mapping[str, Writer] = {
    ".rss": feed,
    ".sgm": wire,
    ".json": array,
    ".jsonl": lines,
    ".csv": table,
    ".tsv": tabbed,
    ".warc": crawl,
    ".zip": archive,
    ".warc.gz": lambda articles: gzip.compress(crawl(articles), mtime=0),
}
ENDINGS: tuple[str, ...] = (*_ONE, *_MANY)


def valid(ending: str, articles: Articles) -> bytes:
    """A valid file of that form."""
    return {**_ONE, **_MANY}[ending](articles)


def held(ending: str, given: int) -> int:
    """How many of so many articles a file of that form holds."""
    return 1 if ending in _ONE else given

"""PDF, Word and MHTML: one file, one article."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

import corpus
from corpus.readers.pdf import joined_hyphens, without_running_lines
from tests.corpus.readers_stand import LAST, LEAD, MORE, one, page, pdf, read, refused, write

# PDF

HEADED = [
    [
        "EASTPORT TIMES", "Ferries stay in dock",
        "The harbour master of Eastport said on Monday that two fer-",
        "ries would stay in dock until the owners of the well-known",
        "boats had paid what they owe to the port and to its pilots.",
        "Page 1 of 3",
    ],
    [
        "EASTPORT TIMES",
        "The well-known boats carried a million people in the years",
        "before the bridge, and nobody on the quay expects them back",
        "Page 2 of 3",
    ],
    [
        "EASTPORT TIMES",
        "before the summer. The council will meet again on Friday to",
        "hear the owners.",
        "Page 3 of 3",
    ],
]  # fmt: skip


def test_pdf(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.pdf", pdf(HEADED, title="Ferries stay in dock", extra=b"/Lang (en-GB)")
    )
    article = one(path)
    assert article.title == "Ferries stay in dock"
    assert article.language == "en-GB"
    assert (article.published, article.dated_by) == (None, "none")
    text = " ".join(article.text.split())
    assert "two ferries would stay" in text
    assert "well-known boats" in text
    assert "expects them back before the summer." in text
    assert "EASTPORT TIMES" not in article.text
    assert "Page" not in article.text
    assert {"EASTPORT TIMES", "Page 1 of 3", "Page 3 of 3"} <= set(article.dropped)
    assert article.source == str(path.resolve())


def test_pdf_of_one_page_loses_nothing(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.pdf", pdf([[LEAD, LAST]])))
    assert " ".join(article.text.split()) == f"{LEAD} {LAST}"
    assert article.dropped == ()


@pytest.mark.parametrize(
    "title", ["Microsoft Word - ferries.docx", "untitled", "ferries_final.pdf", "Document1"]
)
def test_the_title_that_a_program_gave_is_none(tmp_path: Path, title: str) -> None:
    lines = ["Ferries stay in dock", "", LEAD]
    article = one(write(tmp_path / "a.pdf", pdf([lines], title=title)))
    assert article.title != title


def test_running_lines() -> None:
    pages = [[f"Times {n}", "12 May", f"words {chr(97 + n)}", f"- {n} -"] for n in range(5)]
    kept, dropped = without_running_lines(pages)
    assert kept == [[f"words {chr(97 + n)}"] for n in range(5)]
    assert dropped[:3] == ("Times 0", "12 May", "- 0 -")
    # What stands on fewer than most pages is reporting, and so is the only page.
    assert without_running_lines([["a", "b"], ["a", "c"], ["d", "e"], ["f", "g"]])[1] == ()
    assert without_running_lines([["a", "b"]])[1] == ()
    assert without_running_lines([]) == ([], ())


def test_hyphens_at_line_ends() -> None:
    assert joined_hyphens("the fer-\nries") == "the ferries"
    assert (
        joined_hyphens("a well-known man, a well-\nknown boat")
        == "a well-known man, a well-known boat"
    )
    assert (
        joined_hyphens("in 1999-\n2004 and A-\nB and - \nso")
        == "in 1999-\n2004 and A-\nB and - \nso"
    )
    assert joined_hyphens("soft\u00ad\nhyphen") == "softhyphen"


def test_pdf_encrypted(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[LEAD]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "encrypted" in refused(write(tmp_path / "a.pdf", out.getvalue()))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[LEAD]]))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert one(write(tmp_path / "b.pdf", out.getvalue())).text == LEAD


def test_pdf_without_text_or_sense(tmp_path: Path) -> None:
    assert "character recognition" in refused(write(tmp_path / "scan.pdf", pdf([[], []])))
    assert "not a PDF" in refused(write(tmp_path / "a.pdf", b"%PDF-1.7\nnothing"))
    assert refused(write(tmp_path / "b.pdf", b"")) == "empty"


def test_pdf_damaged_anywhere_raises_nothing(tmp_path: Path) -> None:
    whole = pdf(HEADED)
    rng = random.Random(4)
    for number in range(60):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        cut = rng.randrange(len(data)) if number % 3 == 0 else len(data)
        articles, rejected = read(write(tmp_path / "a.pdf", bytes(data[:cut])))
        assert len(articles) + len(rejected) == 1


# Word


def word(*, title: str = "") -> docx.document.Document:
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.language = "en-GB"
    return document


def saved(document: docx.document.Document, path: Path) -> Path:
    document.save(str(path))
    return path


def test_docx(tmp_path: Path) -> None:
    document = word(title="Ferries stay in dock")
    document.add_heading("Ferries stay in dock")
    document.add_paragraph(LEAD)
    table = document.add_table(rows=2, cols=3)
    for at, words in enumerate(("Boat", "Built", "Owner", "Petrel", "1999", "the town")):
        table.cell(at // 3, at % 3).text = words
    document.add_paragraph(MORE)
    article = one(saved(document, tmp_path / "a.docx"))
    assert (article.title, article.language) == ("Ferries stay in dock", "en-GB")
    assert article.text == (f"{LEAD}\n\nBoat | Built | Owner\n\nPetrel | 1999 | the town\n\n{MORE}")
    assert (article.published, article.dated_by) == (None, "none")


def test_docx_cells_that_span_columns_come_once(tmp_path: Path) -> None:
    document = word()
    document.add_paragraph(LEAD)
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Petrel and Tern"
    table.cell(0, 2).text = "1999"
    assert "Petrel and Tern | 1999" in one(saved(document, tmp_path / "a.docx")).text


def test_docx_without_text_or_sense(tmp_path: Path) -> None:
    assert "no text" in refused(saved(word(), tmp_path / "a.docx"))
    assert "not a .docx" in refused(write(tmp_path / "b.docx", b"words"))
    assert "encrypted" in refused(write(tmp_path / "c.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600))
    with zipfile.ZipFile(tmp_path / "d.docx", "w") as packed:
        packed.writestr("word/other.xml", "<a/>")
    assert "not a .docx" in refused(tmp_path / "d.docx")


def test_docx_damaged_anywhere_raises_nothing(tmp_path: Path) -> None:
    document = word()
    document.add_paragraph(LEAD)
    whole = saved(document, tmp_path / "whole.docx").read_bytes()
    rng = random.Random(5)
    for number in range(40):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        cut = rng.randrange(len(data)) if number % 3 == 0 else len(data)
        articles, rejected = read(write(tmp_path / "a.docx", bytes(data[:cut])))
        assert len(articles) + len(rejected) == 1


def test_docx_fetches_and_resolves_nothing(tmp_path: Path) -> None:
    document = word()
    document.add_paragraph("PLACE " + LEAD)
    whole = saved(document, tmp_path / "whole.docx")
    secret = write(tmp_path / "secret.txt", "the secret words")
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "a.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                head, _, rest = data.partition(b"?>")
                doctype = f'?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
                data = head + doctype + rest.replace(b"PLACE", b"&x;")
            new.writestr(name, data)
    articles, _ = read(tmp_path / "a.docx")
    assert all("secret words" not in article.text for article in articles)


# MHTML


def saved_page(html: str, *, charset: str = "utf-8", where: str = "https://example.org/a") -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = where
    message["Subject"] = "Ferries"
    message["Date"] = "Tue, 4 May 2021 22:10:00 -0000"
    message.set_content("the page", subtype="plain")
    message.make_related()
    message.add_related(
        html.encode(charset), "text", "html", cte="quoted-printable", params={"charset": charset}
    )
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht"])
def test_mhtml(tmp_path: Path, name: str) -> None:
    article = one(write(tmp_path / name, saved_page(page())))
    assert (article.title, article.text) == ("Ferries stay in dock", f"{LEAD}\n\n{MORE}")
    assert article.url == "https://example.org/a"
    assert article.source == str((tmp_path / name).resolve())
    # The day on which it was saved is no day of publication.
    assert (article.published, article.dated_by) == (None, "none")


def test_mhtml_in_another_encoding(tmp_path: Path) -> None:
    html = page(body="<p>Dvořák, řekla.</p>").replace('<meta charset="utf-8">', "")
    html = html.replace("“", '"').replace("”", '"').replace("’", "'")
    assert "Dvořák" in one(write(tmp_path / "a.mhtml", saved_page(html, charset="iso-8859-2"))).text


def test_mhtml_address_inside_the_file_is_none(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.mhtml", saved_page(page(), where="cid:frame"))).url is None


def test_mhtml_without_a_page(tmp_path: Path) -> None:
    assert "no HTML page" in refused(write(tmp_path / "a.mhtml", b"Subject: x\n\nwords"))
    deep = (
        b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 5000
    )
    assert "HTML" in refused(write(tmp_path / "b.mhtml", deep))


def test_a_saved_page_may_not_pass_for_another_site(tmp_path: Path) -> None:
    stated = '<link rel="canonical" href="https://other.example/a">'
    assert (
        one(write(tmp_path / "a.mhtml", saved_page(page(head=stated)))).url
        == "https://example.org/a"
    )
    own = '<link rel="canonical" href="https://www.example.org/canonical">'
    url = one(write(tmp_path / "b.mhtml", saved_page(page(head=own)))).url
    assert url == "https://www.example.org/canonical"


def test_a_page_dated_by_itself(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2021-05-03T09:00:00Z">'
    article = one(write(tmp_path / "a.mhtml", saved_page(page(head=head))))
    assert (article.published, article.dated_by) == (date(2021, 5, 3), "metadata")


def test_bounds_hold_for_documents(tmp_path: Path) -> None:
    small = corpus.ReadOptions(max_bytes=100)
    for path in (
        write(tmp_path / "a.pdf", pdf([[LEAD]])),
        saved(word(), tmp_path / "b.docx"),
        write(tmp_path / "c.mhtml", saved_page(page())),
    ):
        assert "larger than 100 bytes" in refused(path, small)

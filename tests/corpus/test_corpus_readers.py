"""Each form of file, well made and badly made."""

from __future__ import annotations

import json
import random
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import corpus
from corpus.article import identify
from corpus.readers.load import decode
from corpus.readers.markdown import plain

LEAD = "The harbour master of Eastport said on Monday that two ferries would stay in dock."
MORE = "“No tanker is due before May,” she told reporters in the port’s canteen."


def read(
    path: Path, *, max_bytes: int = 1_000_000
) -> tuple[list[corpus.Article], list[corpus.Rejected]]:
    found = list(corpus.read([path], options=corpus.ReadOptions(max_bytes=max_bytes)))
    return (
        [entry for entry in found if isinstance(entry, corpus.Article)],
        [entry for entry in found if isinstance(entry, corpus.Rejected)],
    )


def one(path: Path) -> corpus.Article:
    articles, rejected = read(path)
    assert not rejected
    assert len(articles) == 1
    return articles[0]


def refused(path: Path, *, max_bytes: int = 1_000_000) -> corpus.Rejected:
    articles, rejected = read(path, max_bytes=max_bytes)
    assert not articles
    assert len(rejected) == 1
    return rejected[0]


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


# Plain text


def test_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"Ferries stay in dock\n\n{LEAD}\n\n{MORE}\n")
    article = one(path)
    assert article == corpus.Article(
        id=identify(str(path.resolve())),
        title="Ferries stay in dock",
        outlet=None,
        published=None,
        dated_by="none",
        text=f"{LEAD}\n\n{MORE}",
        source=str(path.resolve()),
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = f"Núñez sailed for Málaga at £5 a head. {MORE}"
    assert one(write(tmp_path / "a.txt", text.encode(encoding))).text == text


def test_latin_1_and_another_script() -> None:
    assert decode("Señor Núñez".encode("latin-1")) == "Señor Núñez"
    russian = "Начальник порта сказал в понедельник, что два парома останутся в доке."
    assert decode(russian.encode("cp1251")) == russian


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"words\0words", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"\xff\xfea", "binary"),
        (b"Exit mobile version\n", "furniture"),
        (b"- - -\n\n***\n", "furniture"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, data: bytes, reason: str) -> None:
    rejected = refused(write(tmp_path / "a.txt", data))
    assert reason in rejected.reason
    assert rejected.source == str((tmp_path / "a.txt").resolve())
    assert rejected.line is None


def test_a_file_over_the_bound_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", LEAD)
    assert one(path).text == LEAD
    assert "larger than 20 bytes" in refused(path, max_bytes=20).reason


# Markdown


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    article = one(
        write(
            tmp_path / "a.md",
            "---\nheadline: Ferries stay in dock\npublisher: Eastport Times\ndate: 2021-05-04\n"
            "updated: 2021-05-06\nlink: https://example.org/a\nlang: en-GB\nkind: opinion\n---\n"
            f"# Ferries stay in dock\n\n{LEAD} [A link](https://example.org/x), "
            "**bold** and _slant_.\n\n"
            "![A picture](x.png)\n\n- one\n- two\n",
        )
    )
    assert article.title == "Ferries stay in dock"
    assert (article.outlet, article.published, article.dated_by) == (
        "Eastport Times", date(2021, 5, 4), "metadata",
    )  # fmt: skip
    assert (article.updated, article.url) == (date(2021, 5, 6), "https://example.org/a")
    assert (article.language, article.kind) == ("en-GB", "opinion")
    assert article.text == f"{LEAD} A link, bold and slant.\n\n- one\n\n- two"
    assert article.id == identify("https://example.org/a")


def test_markdown_without_front_matter_takes_its_heading(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.md", f"# Ferries stay in dock\n\n{LEAD}\n"))
    assert (article.title, article.text) == ("Ferries stay in dock", LEAD)


def test_words_between_two_rules_are_not_front_matter(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.md", f"---\n\n{LEAD}\n\n---\n\n{MORE}\n"))
    assert article.text == f"{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    "front", ["title: Port: closed", "title: [a", "date: 2021-13-45", "a: *b", "x: " + "[" * 5000]
)
def test_front_matter_that_is_not_yaml(tmp_path: Path, front: str) -> None:
    assert (
        "front matter" in refused(write(tmp_path / "a.md", f"---\n{front}\n---\n{LEAD}\n")).reason
    )


def test_front_matter_that_unfolds_without_end(tmp_path: Path) -> None:
    names = "abcdefghijkl"
    layers = [f"{one}: &{one} [{','.join(['*' + below] * 9)}]" for below, one in pairwise(names)]
    front = "\n".join(["a: &a [x, x]", *layers, "title: *l", "outlet: *k"])
    article = one(write(tmp_path / "a.md", f"---\n{front}\n---\n{LEAD}\n"))
    assert (article.title, article.outlet) == (LEAD, None)


def test_markdown_loses_no_words() -> None:
    assert plain("1986. A good year.") == "1986. A good year."
    assert plain("    An indented paragraph.") == "An indented paragraph."
    assert plain("Fish & chips cost 3 < 4 *today*.") == "Fish & chips cost 3 < 4 today."
    assert plain("<p>In a tag.</p>\n\nOut <b>of</b> it.") == "In a tag.\n\nOut of it."
    assert plain("one\ntwo  \nthree") == "one two\nthree"
    assert plain("> quoted\n\n```\nfenced\n```") == "quoted\n\nfenced"


# HTML

PAGE = """<!DOCTYPE html><html lang="en-GB"><head>
<title>Ferries stay in dock | Eastport Times</title>
{head}</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Ferries stay in dock</h1><p>{lead}</p><p>{more}</p></article>
<footer>Copyright 2019 Eastport Times</footer></body></html>"""


def page(head: str = "") -> str:
    return PAGE.format(head=head, lead=LEAD, more=MORE)


def test_html(tmp_path: Path) -> None:
    head = (
        '<meta charset="utf-8"><meta property="og:title" content="Ferries stay in dock">'
        '<meta property="og:site_name" content="Eastport Times">'
        '<meta property="article:published_time" content="2021-05-04T09:00:00+03:00">'
        '<meta property="article:modified_time" content="2021-05-06">'
        '<link rel="canonical" href="https://example.org/a">'
    )
    article = one(write(tmp_path / "a.html", page(head)))
    assert article.title == "Ferries stay in dock"
    assert article.outlet == "Eastport Times"
    assert (article.published, article.dated_by) == (date(2021, 5, 4), "metadata")
    assert article.updated == date(2021, 5, 6)
    assert article.url == "https://example.org/a"
    assert article.language == "en-GB"
    assert article.text == f"{LEAD}\n\n{MORE}"


def test_html_dates_by_markup_then_by_nothing(tmp_path: Path) -> None:
    data = '{"@type":"NewsArticle","datePublished":"2021-05-04"}'
    linked = f'<script type="application/ld+json">{data}</script>'
    assert one(write(tmp_path / "a.htm", page(linked))).dated_by == "structured-data"
    bare = one(write(tmp_path / "b.html", page()))
    assert (bare.published, bare.dated_by) == (None, "none")


def test_html_in_a_declared_encoding(tmp_path: Path) -> None:
    text = page('<meta charset="iso-8859-2">').replace(MORE, "She told Dvořák so.")
    assert "Dvořák" in one(write(tmp_path / "a.html", text.encode("iso-8859-2"))).text


@pytest.mark.parametrize(
    "text",
    ["<html><body></body></html>", "<html>", "<div>" * 100_000 + "deep", "<!-- only a comment -->"],
    ids=["empty", "cut", "deep", "comment"],
)
def test_html_without_an_article(tmp_path: Path, text: str) -> None:
    assert "no article" in refused(write(tmp_path / "a.html", text)).reason


def test_scripts_never_reach_the_text(tmp_path: Path) -> None:
    text = page().replace("</article>", "<script>alert('x')</script><style>p{}</style></article>")
    assert one(write(tmp_path / "a.html", text)).text == f"{LEAD}\n\n{MORE}"


# JSON lines


def test_jsonl_good_rows_go_on_past_bad_ones(tmp_path: Path) -> None:
    rows = [
        json.dumps({"title": "One", "text": LEAD, "source": {"name": "Eastport Times"}}),
        "{not json",
        "",
        '["an", "array"]',
        json.dumps({"title": "No text"}),
        json.dumps({"text": 7}),
        "[" * 100_000,
        '{"text": ' + "9" * 5000 + "}",
        json.dumps({"headline": "Two", "body": MORE, "publishedAt": "2021-05-04", "id": 9}),
        '{"title": "cut off", "te',
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(rows))
    articles, rejected = read(path)
    assert [article.title for article in articles] == ["One", "Two"]
    assert [article.source for article in articles] == [f"{path.resolve()}#{n}" for n in (1, 9)]
    assert articles[0].outlet == "Eastport Times"
    assert articles[0].id == identify(f"{path.resolve()}#1")
    assert articles[1].id == identify(f"9 {path.resolve()}")
    assert [entry.line for entry in rejected] == [2, 4, 5, 6, 7, 8, 10]
    assert all(entry.reason and entry.source == str(path.resolve()) for entry in rejected)


def test_jsonl_line_separators_inside_a_text_do_not_end_the_line(tmp_path: Path) -> None:
    row = json.dumps({"title": "One", "text": f"{LEAD}\u2028{MORE}"}, ensure_ascii=False)
    assert one(write(tmp_path / "a.jsonl", row)).text == f"{LEAD}\n\n{MORE}"


def test_jsonl_half_a_surrogate_pair_can_be_stored(tmp_path: Path) -> None:
    article = one(
        write(tmp_path / "a.jsonl", '{"title": "T\\ud800", "text": "Odd \\udfff words."}')
    )
    article.text.encode("utf-8")
    article.title.encode("utf-8")


def test_jsonl_bad_bytes_cost_one_row(tmp_path: Path) -> None:
    good = json.dumps({"title": "One", "text": LEAD}).encode()
    latin = json.dumps({"title": "Two", "text": "Núñez sailed."}, ensure_ascii=False).encode(
        "cp1252"
    )
    data = b"\n".join(
        [good] * 60 + [b'{"text": "nul\0"}', b'{"text": "' + b"x" * 3000 + b'"}', latin]
    )
    path = write(tmp_path / "a.jsonl", data)
    articles, rejected = read(path, max_bytes=2000)
    assert len(articles) == 61
    assert articles[-1].text == "Núñez sailed."
    assert [(entry.line, entry.reason) for entry in rejected] == [
        (61, "binary, not text"),
        (62, "longer than 2,000 bytes"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.jsonl", b'{"text":"The mayor spoke."}\n\0\n{"text":"She left."}\n', 2),
        ("a.csv", b"title,text\nOne,The mayor spoke.\nT\0wo,He left.\nThree,She left.\n", 3),
    ],
)
def test_a_nul_early_in_a_table_costs_one_row(
    tmp_path: Path, name: str, data: bytes, line: int
) -> None:
    articles, rejected = read(write(tmp_path / name, data))
    assert [article.text for article in articles] == ["The mayor spoke.", "She left."]
    assert [entry.line for entry in rejected] == [line]
    assert "binary, not text" in rejected[0].reason


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize("kind", ["png", "packed", "utf-16 without a mark"])
def test_a_binary_table_is_refused_whole(tmp_path: Path, name: str, kind: str) -> None:
    data = {
        "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "packed": random.Random(7).randbytes(50_000),
        "utf-16 without a mark": f"text\n{LEAD}\n".encode("utf-16-le"),
    }[kind]
    found = refused(write(tmp_path / name, data))
    assert (found.line, found.reason) == (None, "binary, not text")


def test_a_table_may_be_larger_than_the_bound_of_one_article(tmp_path: Path) -> None:
    row = json.dumps({"title": "One", "text": LEAD})
    path = write(tmp_path / "a.jsonl", (row + "\n") * 50)
    articles, rejected = read(path, max_bytes=500)
    assert path.stat().st_size > 500
    assert (len(articles), rejected) == (50, [])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"), (b"\xef\xbb\xbf\n\n", "empty"), (b"\0\1\2" * 100, "binary"),
        (b"[\n{}\n]", "JSON array"),
    ],
)  # fmt: skip
def test_jsonl_files_that_are_no_table(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in refused(write(tmp_path / "a.jsonl", data)).reason


def test_jsonl_in_utf_16(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"title": name, "text": LEAD}) for name in ("One", "Two"))
    articles, rejected = read(write(tmp_path / "a.jsonl", rows.encode("utf-16")))
    assert ([article.title for article in articles], rejected) == (["One", "Two"], [])


# CSV

HEAD = "title,outlet,date,text\n"


def test_csv(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        HEAD
        + f'One,Eastport Times,2021-05-04,"{LEAD}\n\n{MORE}"\n\nTwo,,nan,"He said ""no"" today."\n',
    )
    articles, rejected = read(path)
    assert not rejected
    assert [(a.title, a.outlet, a.published) for a in articles] == [
        ("One", "Eastport Times", date(2021, 5, 4)),
        ("Two", None, None),
    ]
    assert articles[0].text == f"{LEAD}\n\n{MORE}"
    assert articles[1].text == 'He said "no" today.'
    assert [article.source for article in articles] == [f"{path.resolve()}#{n}" for n in (2, 6)]


def test_csv_good_rows_go_on_past_bad_ones(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        HEAD
        + f"One,X,,{LEAD.replace(',', '')}\n"
        + "too,few\n"
        + "a,b,c,d,e,f\n"
        + 'Open,"never closed,,text\n'
        + "Two,X,,He left.\n"
        + 'Bad,"a"b,,text\n'
        + "NoText,X,,\n"
        + 'Three,"X",,"She left."\n'
        + 'Last,"open to the end,,text\n'
        + "Four,X,,They left.\n",
    )
    articles, rejected = read(path)
    assert [article.title for article in articles] == ["One", "Two", "Three", "Four"]
    assert [entry.line for entry in rejected] == [3, 4, 5, 7, 8, 10]


@pytest.mark.parametrize(("delimiter", "name"), [(";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv")])
def test_other_delimiters(tmp_path: Path, delimiter: str, name: str) -> None:
    rows = [["Title", "Source Name", "Text"], ["One", "Eastport Times", "He left, at last."]]
    path = write(tmp_path / name, "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows))
    assert (one(path).title, one(path).text) == ("One", "He left, at last.")


def test_a_csv_field_may_be_long(tmp_path: Path) -> None:
    text = f"{LEAD} " * 3000
    assert one(write(tmp_path / "a.csv", f'title,text\nOne,"{text}"\n')).text == text.strip()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"), (b"\n\n", "empty"), (b"a,b\n1,2\n", "no column named"),
        (b"\0" * 10, "binary"), (b"text\n" + b"x" * 2_000_000, "longer than"),
    ],
)  # fmt: skip
def test_csv_files_that_are_no_table(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in refused(write(tmp_path / "a.csv", data)).reason


def test_a_row_is_cleaned_and_dated_as_a_file_is(tmp_path: Path) -> None:
    text = f"Published: 4 May 2021\n\n{LEAD}\n\nExit mobile version"
    path = write(tmp_path / "a.jsonl", json.dumps({"title": "One", "text": text}))
    article = one(path)
    assert (article.text, article.dated_by) == (LEAD, "published-line")


def test_the_host_names_the_outlet_where_nothing_else_does(tmp_path: Path) -> None:
    row = {"text": LEAD, "url": "https://www.example.org/2021/05/04/ferries#top"}
    article = one(write(tmp_path / "a.jsonl", json.dumps(row)))
    assert article.outlet == "example.org"
    assert (article.published, article.dated_by) == (date(2021, 5, 4), "url")
    assert article.id == identify("https://example.org/2021/05/04/ferries")


def test_a_given_title_leaves_another_first_line_alone(tmp_path: Path) -> None:
    text = f"A kicker above the story\n\n{LEAD}"
    article = one(write(tmp_path / "a.jsonl", json.dumps({"title": "Ferries", "text": text})))
    assert (article.title, article.text) == ("Ferries", text)


def test_a_title_without_end_is_cut(tmp_path: Path) -> None:
    row = {"title": "Ferries " * 10_000, "text": LEAD}
    assert len(one(write(tmp_path / "a.jsonl", json.dumps(row))).title) <= 301

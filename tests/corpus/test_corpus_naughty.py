"""Whatever a file holds, reading it gives articles or reasons, and never an exception."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus.metadata import Metadata
from corpus.readers import READERS
from tests.corpus.readers_stand import LEAD, MORE, page, read, write

ENDINGS = [ending for ending in READERS if ending != ".gz"] + [".txt.gz", ".csv.gz", ".xml.gz"]

# Strings that break programs: controls, bidi marks, tags, half pairs, scripts, formulas.
NAUGHTY = [
    "\0", "\x01\x02\x1b[31m", "\ufeff", "\u202eevil\u202c", "\u200b\u200d", "\U000e0041\U000e0042",
    "\ud800", "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "مرحبا بالعالم", "👩‍👩‍👧‍👧🏳️‍🌈", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙",
    "<script>alert(1)</script>", "';DROP TABLE articles;--", "=1+1|cmd", "%s%n{0}${x}",
    "../../etc/passwd", "[1] Sources:", "<|im_start|>system", "a" * 10_000, "\r\n\r\n", "\u2028",
]  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_noise_in_every_form(tmp_path: Path, ending: str) -> None:
    rng = random.Random(ending)
    path = tmp_path / f"a{ending}"
    for number in range(12):
        noise = rng.randbytes(rng.choice((1, 3, 100, 5000)))
        starts = (
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"\x1f\x8b\x08\0",
            b"<rss><item>",
            b"[{",
            b"text\n",
        )
        data = rng.choice(starts) + (noise if number % 2 else noise.hex().encode())
        if ending.endswith(".gz") and number % 3 == 0:
            data = gzip.compress(data)
        articles, rejected = read(write(path, data))
        assert articles or rejected, data
        assert all(entry.reason and entry.source for entry in rejected)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\n\n", b"\0" * 5000])
def test_nothing_in_every_form(tmp_path: Path, ending: str, data: bytes) -> None:
    articles, rejected = read(write(tmp_path / f"a{ending}", data))
    assert articles == []
    assert len(rejected) == 1


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_words_in_rows(tmp_path: Path, words: str) -> None:
    rows = [{"title": words, "text": f"{LEAD} {words} {MORE}", "outlet": words, "date": words},
            {"title": "Good", "text": LEAD, "id": words, "url": words, "lang": words}]  # fmt: skip
    text = "\n".join(map(json.dumps, rows))
    articles, rejected = read(write(tmp_path / "a.jsonl", text))
    assert (len(articles), rejected) == (2, [])
    for article in articles:
        assert LEAD in article.text
        for value in (article.text, article.title, article.source, article.id):
            value.encode("utf-8")
            assert not any(mark in value for mark in "\0\x1b\u202e\u200b\ufeff\U000e0041")


def test_naughty_words_in_names_of_files(tmp_path: Path) -> None:
    names = [
        name for name in NAUGHTY if "/" not in name and "\0" not in name and "\ud800" not in name
    ]
    made = 0
    for name in names:
        try:
            write(tmp_path / f"{name[:80]}.txt", f"{LEAD} {made}")
        except OSError:
            continue
        made += 1
    articles, rejected = read(tmp_path)
    assert (len(articles), rejected) == (made, [])
    assert made > 10


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.jsonl", "a.json", "a.xml"])
def test_encodings_in_every_form_of_text(tmp_path: Path, encoding: str, name: str) -> None:
    words = f"Núñez sailed for Málaga at £5 a head. {LEAD}"
    text = {
        "a.txt": words, "a.md": words, "a.html": page(body=f"<p>{words}</p>"),
        "a.csv": f'title,text\nOne,"{words}"\n',
        "a.jsonl": json.dumps({"text": words}, ensure_ascii=False),
        "a.json": json.dumps([{"text": words}], ensure_ascii=False),
        "a.xml": f'<?xml version="1.0" encoding="{encoding[:6]}"?><rss><item><description>{words}'
        "</description></item></rss>",
    }[name]  # fmt: skip
    if name == "a.html":
        text = text.replace("“", '"').replace("”", '"').replace("’", "'")
        text = text.replace('<meta charset="utf-8">', "")
    if encoding in ("utf-16-le", "utf-16-be") and name in ("a.csv", "a.jsonl", "a.json", "a.xml"):
        pytest.skip("a table in UTF-16 needs its mark")
    articles, rejected = read(write(tmp_path / name, text.encode(encoding)))
    assert rejected == []
    assert words in articles[0].text


FIELDS = st.dictionaries(
    st.sampled_from(
        ["title", "date", "updated", "url", "lang", "status", "withdrawn", "source", "x"]
    ),
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=60),
        st.sampled_from(["9999999999999", "0", "-1", "2021-02-30", "31/31/2021", "99999-01-01",
                         "http://[::1", "https://a:99999999/", "1e999", "Mon, 99 Foo 2021"]),
        st.lists(st.text(max_size=9), max_size=3), st.dictionaries(st.text(max_size=5), st.none()),
    ),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(fields=FIELDS)
def test_metadata_of_any_kind(fields: dict[str, object]) -> None:
    metadata = Metadata.from_fields(fields)
    assert metadata.url is None or metadata.url.startswith(("http://", "https://"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(FIELDS, max_size=4))
def test_rows_of_any_kind(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    text = "\n".join(json.dumps({**row, "text": f"{LEAD} {n}"}) for n, row in enumerate(rows))
    articles, rejected = read(write(tmp_path / "a.jsonl", text + f'\n{{"text": "{LEAD}"}}'))
    assert (len(articles), rejected) == (len(rows) + 1, [])


@pytest.mark.parametrize("ending", ENDINGS)
def test_pipes_devices_and_links_in_every_form(tmp_path: Path, ending: str) -> None:
    os.mkfifo(tmp_path / f"pipe{ending}")
    (tmp_path / f"out{ending}").symlink_to("/etc/hostname")
    write(tmp_path / "good.txt", LEAD)
    articles, rejected = read(tmp_path)
    assert [article.text for article in articles] == [LEAD]
    assert {entry.reason for entry in rejected} <= {
        "not a regular file", "a link that leaves the folder", "a link to nothing",
    }  # fmt: skip
    assert len(rejected) == 2
    direct = list(corpus.read([tmp_path / f"pipe{ending}"]))
    assert isinstance(direct[0], corpus.Rejected)

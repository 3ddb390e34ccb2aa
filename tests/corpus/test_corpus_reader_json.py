"""JSON documents, and which column or name holds which field."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus.errors import SettingsError
from tests.corpus.readers_stand import LAST, LEAD, MORE, one, read, refused, write

ROWS = [
    {"title": "One", "text": LEAD, "date": "2021-05-04", "outlet": "Eastport Times"},
    {"headline": "Two", "body": MORE, "authors": [{"name": "Ann"}, {"name": "Bo"}]},
    {"title": "Three", "content": LAST, "url": "https://example.org/3"},
]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_array(tmp_path: Path, indent: int | None, encoding: str) -> None:
    text = json.dumps(ROWS, indent=indent, ensure_ascii=False)
    path = write(tmp_path / "a.json", text.encode(encoding))
    articles, rejected = read(path)
    assert rejected == []
    assert [article.title for article in articles] == ["One", "Two", "Three"]
    assert [article.source for article in articles] == [f"{path.resolve()}#{n}" for n in (1, 2, 3)]
    assert len({article.id for article in articles}) == 3


@pytest.mark.parametrize(
    "value",
    [
        {"articles": ROWS, "status": "ok", "totalResults": 3},
        {"data": ROWS[:1], "more": ROWS[1:]},
        {"a": ROWS[0], "b": ROWS[1], "c": ROWS[2]},
    ],
    ids=["one list", "two lists", "by name"],
)
def test_an_object_that_holds_articles(tmp_path: Path, value: object) -> None:
    articles, rejected = read(write(tmp_path / "a.json", json.dumps(value)))
    assert ([article.title for article in articles], rejected) == (["One", "Two", "Three"], [])


def test_one_article(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps(ROWS[1], indent=1))
    article = one(path)
    assert (article.title, article.text, article.source) == ("Two", MORE, str(path.resolve()))


def test_objects_on_lines_are_json_lines(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(row) for row in ROWS) + "\n{broken\n"
    articles, rejected = read(write(tmp_path / "a.json", text))
    assert [article.title for article in articles] == ["One", "Two", "Three"]
    assert [entry.line for entry in rejected] == [4]


def test_a_broken_object_costs_itself(tmp_path: Path) -> None:
    good = json.dumps(ROWS[0])
    bad = [
        '{"title": "A", "text": "He said "no" today."}', '{"title": 1e}', "7", '{"no": "text"}',
        '{"text": "new\nline"}', "{" + '"text": {' * 5 + "}", '["a", "list"]',
    ]  # fmt: skip
    text = "[" + ",\n".join(part for each in bad for part in (each, good)) + "]"
    articles, rejected = read(write(tmp_path / "a.json", text))
    assert [article.title for article in articles] == ["One"] * len(bad)
    assert len(rejected) == len(bad)
    assert all(entry.line is not None for entry in rejected)
    assert len({article.source for article in articles}) == len(bad)


def test_an_array_that_is_cut_off(tmp_path: Path) -> None:
    text = json.dumps(ROWS)
    articles, rejected = read(write(tmp_path / "a.json", text[:-1]))
    assert len(articles) == 3
    assert "breaks off" in rejected[0].reason
    articles, rejected = read(write(tmp_path / "b.json", text[:-30]))
    assert len(articles) == 2
    assert len(rejected) == 1


def test_bytes_that_are_not_utf_8_cost_no_row(tmp_path: Path) -> None:
    rows = json.dumps(
        [{"text": f"Núñez sailed. {LEAD}"}, {"text": "Ωmega " + LEAD}], ensure_ascii=False
    )
    data = rows.encode("utf-8").replace("Núñez".encode(), "Núñez".encode("cp1252"))
    articles, rejected = read(write(tmp_path / "a.json", data))
    assert rejected == []
    assert articles[0].text == f"Núñez sailed. {LEAD}"
    assert articles[1].text == f"Ωmega {LEAD}"


def test_an_array_larger_than_one_article_may_be(tmp_path: Path) -> None:
    rows = [
        {"title": f"Row {n}", "text": f"{LEAD} {n}. " + "x" * (n % 7 * 900)} for n in range(400)
    ]
    rows[100]["text"] = "too long " * 20_000
    path = write(tmp_path / "a.json", json.dumps(rows))
    articles, rejected = read(path, corpus.ReadOptions(max_bytes=100_000))
    assert path.stat().st_size > 800_000
    assert len(articles) == 399
    assert ["100,000 bytes" in entry.reason for entry in rejected] == [True]
    assert "article 101" in rejected[0].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"), (b"   ", "empty"), (b"{", "not JSON"), (b"nonsense", "not JSON"),
        (b"7", "not a JSON object"), (b"{}", "no text"), (b"[", "breaks off"),
        (bytes(range(256)), "binary"), (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 100_000, "not JSON"),
    ],
)  # fmt: skip
def test_json_that_is_no_article(tmp_path: Path, data: bytes, reason: str) -> None:
    articles, rejected = read(write(tmp_path / "a.json", data))
    assert articles == []
    assert reason in rejected[0].reason
    assert len(rejected) <= 2


def test_an_array_of_nothing_stops(tmp_path: Path) -> None:
    articles, rejected = read(write(tmp_path / "a.json", "[" + "1," * 100_000 + "1]"))
    assert articles == []
    assert len(rejected) == 101


WORDS = st.text(min_size=1, max_size=300)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(WORDS, min_size=1, max_size=8), indent=st.sampled_from([None, 0, 3]))
def test_every_object_of_an_array_comes_out(
    tmp_path: Path, texts: list[str], indent: int | None
) -> None:
    rows = [{"title": "T", "text": f"Words {LEAD} {text}"} for text in texts]
    data = json.dumps(rows, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    articles, rejected = read(write(tmp_path / "a.json", data))
    assert (len(articles), rejected) == (len(rows), [])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_array_raises_nothing(tmp_path: Path, data: st.DataObject) -> None:
    text = bytearray(json.dumps(ROWS * 3).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    articles, rejected = read(write(tmp_path / "a.json", bytes(text)))
    assert articles or rejected


# Columns

TABLE = "Kopfzeile;Date line;Body;text\nOne;2021-05-04;{lead};other\nTwo;;{more};other\n"


def test_columns_of_a_table(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", TABLE.format(lead=LEAD, more=MORE))
    options = corpus.ReadOptions(
        columns={"text": "Body", "published": "Date line", "title": "kopfzeile"}
    )
    articles, rejected = read(path, options)
    assert rejected == []
    assert [article.text for article in articles] == [LEAD, MORE]
    assert [article.title for article in articles] == ["One", "Two"]
    assert articles[0].published == date(2021, 5, 4)
    assert [article.text for article in read(path)[0]] == ["other", "other"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_columns_of_objects(tmp_path: Path, name: str) -> None:
    rows = [{"Body": LEAD, "text": "other", "meta": 1}, {"Body": MORE, "when": "2021-05-04"}]
    text = json.dumps(rows) if name == "a.json" else "\n".join(map(json.dumps, rows))
    options = corpus.ReadOptions(columns={"text": "Body", "published": "when"})
    articles, rejected = read(write(tmp_path / name, text), options)
    assert rejected == []
    assert [article.text for article in articles] == [LEAD, MORE]
    assert articles[1].published == date(2021, 5, 4)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", TABLE.format(lead=LEAD, more=MORE))
    reason = refused(path, corpus.ReadOptions(columns={"text": "Bdy"}))
    assert "'Bdy'" in reason
    assert "'Kopfzeile', 'Date line', 'Body', 'text'" in reason
    reason = refused(write(tmp_path / "b.csv", "a,b\n1,2\n"))
    assert "no column named any of: text" in reason
    assert "'a', 'b'" in reason


def test_a_name_that_no_object_has(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"text": LEAD, "when": "2021-05-04"}) for _ in range(3))
    path = write(tmp_path / "a.jsonl", rows)
    articles, rejected = read(path, corpus.ReadOptions(columns={"published": "wen"}))
    assert len(articles) == 3
    assert "'wen' for published" in rejected[0].reason
    assert "'when'" in rejected[0].reason
    articles, rejected = read(path, corpus.ReadOptions(columns={"text": "Bdy"}))
    assert articles == []
    assert "'Bdy'" in rejected[0].reason


def test_a_field_that_articles_do_not_have() -> None:
    with pytest.raises(SettingsError, match="'txt'"):
        corpus.ReadOptions(columns={"txt": "Body"})
    with pytest.raises(SettingsError, match="max_bytes"):
        corpus.ReadOptions(max_bytes=0)
    with pytest.raises(SettingsError, match="timeout"):
        corpus.ReadOptions(timeout=-1)

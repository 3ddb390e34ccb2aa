"""The SGML of Reuters-21578."""

from __future__ import annotations

import gzip
import os
from datetime import date
from pathlib import Path

import pytest

import corpus
from tests.corpus.readers_stand import read, refused, write

HEAD = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n'


def element(
    number: int, *, text: str = "", kind: str = "", day: str = "26-FEB-1987 15:01:01.79"
) -> str:
    return (
        f'<REUTERS TOPICS="NO" LEWISSPLIT="TRAIN" OLDID="{number + 5000}" NEWID="{number}">\n'
        f"<DATE>{day}</DATE>\n<TOPICS></TOPICS>\n<UNKNOWN>&#5;&#5;F f{number}&#31;reute</UNKNOWN>\n"
        f"<TEXT{kind}>&#2;\n{text}</TEXT>\n</REUTERS>\n"
    )


def story(title: str = "FERRIES &lt;FRY> STAY IN DOCK", body: str = "") -> str:
    return (
        f"<TITLE>{title}</TITLE>\n<DATELINE>    EASTPORT, Feb 26 - </DATELINE><BODY>"
        + (body or "Two ferries would stay in\ndock, the harbour master said.\n"
           "    The owners of the short-\nterm boats lost 3 pct &amp; more.\n"
           "          1986   1987\n    Net   12    14\n Reuter\n&#3;")
        + "</BODY>"
    )  # fmt: skip


def test_sgml(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.sgm", HEAD + element(7, text=story()) + element(8, text=story("TWO"))
    )
    articles, rejected = read(path)
    assert rejected == []
    first = articles[0]
    assert first.title == "FERRIES <FRY> STAY IN DOCK"
    assert first.text == (
        "EASTPORT, Feb 26 - Two ferries would stay in dock, the harbour master said.\n\n"
        "The owners of the short-term boats lost 3 pct & more.\n\n1986 1987\n\nNet 12 14"
    )
    assert (first.outlet, first.language) == ("Reuters", "en")
    assert (first.published, first.dated_by) == (date(1987, 2, 26), "metadata")
    assert first.dropped == ("Reuter",)
    assert [article.source for article in articles] == [f"{path.resolve()}#{n}" for n in (2, 17)]
    assert len({article.id for article in articles}) == 2


def test_an_article_keeps_its_id_where_it_moves_in_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sgm", HEAD + element(7, text=story()))
    before = read(path)[0][0].id
    write(path, HEAD + element(6, text=story()) + element(7, text=story()))
    assert read(path)[0][1].id == before


def test_briefs_and_unprocessed_ones_have_no_body(tmp_path: Path) -> None:
    text = (
        HEAD
        + element(1, kind=' TYPE="BRIEF"', text="<TITLE>FERRIES STOP</TITLE>")
        + element(2, text=story())
        + element(3, kind=' TYPE="UNPROC"', text="UNPROCESSED WORDS\n")
    )
    articles, rejected = read(write(tmp_path / "a.sgm", text))
    assert len(articles) == 1
    assert [entry.line for entry in rejected] == [2, 24]
    assert all("no body" in entry.reason for entry in rejected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (" 5-MAR-1987 09:24:40.64", date(1987, 3, 5)),
        ("31-MAR-1987 605:12:19.12", date(1987, 3, 31)),
        ("19-OCT-1987 some words", date(1987, 10, 19)),
        ("30-FEB-1987", None),
        ("", None),
    ],
)
def test_days(tmp_path: Path, day: str, expected: date | None) -> None:
    path = write(tmp_path / "a.sgm", HEAD + element(1, text=story(), day=day))
    assert read(path)[0][0].published == expected


def test_a_broken_element_costs_itself(tmp_path: Path) -> None:
    broken = element(2, text=story()).replace("</REUTERS>", "")
    text = HEAD + element(1, text=story()) + broken + element(3, text=story()) + "<REUTERS\n"
    articles, rejected = read(write(tmp_path / "a.sgm", text))
    assert len(articles) == 2
    assert ["</REUTERS>" in entry.reason for entry in rejected] == [True, True]
    assert all(entry.line for entry in rejected)


def test_raw_bytes_are_read(tmp_path: Path) -> None:
    data = (HEAD + element(1, text=story(body="Caf\xe9 words\nhere.\n REUTER\n&#3;"))).encode(
        "latin-1"
    )
    article = read(write(tmp_path / "a.sgm", data))[0][0]
    assert article.text == "EASTPORT, Feb 26 - Café words here."
    assert article.dropped == ("REUTER",)


def test_sgml_of_another_kind(tmp_path: Path) -> None:
    assert "Reuters-21578" in refused(write(tmp_path / "a.sgm", "<DOC><TEXT>x</TEXT></DOC>"))
    assert refused(write(tmp_path / "b.sgm", "")) == "empty"
    long = HEAD + element(1, text=story(body="word " * 5000)) + element(2, text=story())
    articles, rejected = read(write(tmp_path / "c.sgm", long), corpus.ReadOptions(max_bytes=9000))
    assert len(articles) == 1
    assert "9,000 bytes" in rejected[0].reason


def test_packed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sgm.gz", gzip.compress((HEAD + element(1, text=story())).encode()))
    article = read(path)[0][0]
    assert article.source == f"{path.resolve()}#2"


@pytest.fixture
def reuters() -> Path:
    root = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[3] / "shared"))
    folder = root / "data" / "reuters21578"
    if not folder.is_dir():
        pytest.skip(f"Reuters-21578 is not at {folder}; set DATELINE_SHARED to find it")
    return folder


def test_three_files_of_the_set_come_out_whole(reuters: Path) -> None:
    paths = [reuters / f"reut2-0{number}.sgm.gz" for number in ("00", "17", "21")]
    articles, rejected = read(paths)
    marks = [gzip.decompress(path.read_bytes()) for path in paths]
    assert len(articles) == sum(data.count(b"<BODY>") for data in marks)
    assert len(articles) + len(rejected) == sum(data.count(b"<REUTERS ") for data in marks)
    assert all("no body" in entry.reason for entry in rejected)
    assert {article.dated_by for article in articles} == {"metadata"}


@pytest.mark.slow
def test_the_whole_set_comes_out(reuters: Path) -> None:
    articles = rejected = 0
    ids: set[str] = set()
    for entry in corpus.read([reuters]):
        if isinstance(entry, corpus.Article):
            articles += 1
            ids.add(entry.id)
            assert entry.outlet == "Reuters"
        else:
            rejected += 1
            assert "no body" in entry.reason
    assert (articles, len(ids), rejected) == (19_043, 19_043, 2_535)

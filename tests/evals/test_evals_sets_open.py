"""Naming a set, reading its files, and what is said of a file that is not what it should be."""

from __future__ import annotations

import gzip
import json
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from corpus.article import Article
from corpus.errors import EvalError
from evals.sets import FORMS, is_set_uri, open_set
from evals.sets.files import Form, Row, plain_name
from evals.sets.shelf import (
    Shelf,
    accepted,
    distinct,
    names,
    sentence_with,
    sentences_over,
    verbatim,
)

FORM = Form("Test", "a file of the test")
TEXT = "The ferry sank at dawn. Two men swam ashore.\nNobody else was found."


class Numbered(Row):
    id: str
    count: int


def write(path: Path, text: str) -> Path:
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
def test_every_form_names_a_function_and_cites_its_paper_and_where_its_files_are(
    form: str,
) -> None:
    module, _, function = FORMS[form].partition(":")
    loaded = import_module(module)
    assert callable(getattr(loaded, function))
    assert (loaded.__doc__ or "").startswith(f"`{form}:")
    if form == "desk":  # our own, and no paper's
        return
    assert "arXiv:" in (loaded.__doc__ or "")
    assert "github.com/" in (loaded.__doc__ or "")


def test_a_uri_is_a_known_form_and_a_path() -> None:
    assert is_set_uri("squad:/data/x.json")
    assert is_set_uri("multihop-rag:folder")
    for text in ("sample", "squad:", "squad", "C:\\data\\x.json", "nosuch:/data/x.json", "a.jsonl"):
        assert not is_set_uri(text)


def test_an_unknown_form_is_told_with_the_known_ones() -> None:
    with pytest.raises(EvalError, match=r"nosuch:x.*\n.*alce, beir.*wice"):
        open_set("nosuch:x")


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="nothing at this path") as error:
        open_set(f"squad:{tmp_path / 'none.json'}")
    assert error.value.where == str(tmp_path / "none.json")


def test_a_set_of_nothing_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "empty.json", '{"data": []}')
    with pytest.raises(EvalError, match="nothing that can be used"):
        open_set(f"squad:{path}")


def test_an_id_that_is_there_twice_is_told(tmp_path: Path) -> None:
    line = {"id": "7", "claim": "It rained.", "evidence": "It snowed.", "label": "REFUTES"}
    path = write(tmp_path / "twice.jsonl", f"{json.dumps(line)}\n" * 2)
    with pytest.raises(EvalError, match="id '7' is there twice"):
        open_set(f"fever:{path}")


def test_lines_are_the_same_plain_and_gzipped(tmp_path: Path) -> None:
    text = '{"id": 1, "count": 2, "more": "is passed over"}\n\n{"id": "b", "count": 3}\n'
    plain = list(FORM.lines(write(tmp_path / "a.jsonl", text), Numbered))
    packed = list(FORM.lines(write(tmp_path / "a.jsonl.gz", text), Numbered))
    assert plain == packed == [
        (1, Numbered(id="1", count=2)),
        (3, Numbered(id="b", count=3)),
    ]  # fmt: skip


def test_a_bad_line_is_told_by_its_number_and_field(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": "a", "count": 1}\n{"id": "b", "count": "many"}\n')
    with pytest.raises(EvalError, match=r"Not in Test form: count: .*valid integer") as error:
        list(FORM.lines(path, Numbered))
    assert error.value.where == f"{path}, line 2"
    assert error.value.next_step == "name a file of the test"


def test_a_line_that_is_no_json_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "not json\n")
    with pytest.raises(EvalError, match="the line: Invalid JSON"):
        list(FORM.lines(path, Numbered))


def test_a_bad_item_of_a_whole_file_is_told_by_its_place(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", '[{"id": "a", "count": 1}, {"id": "b"}]')
    with pytest.raises(EvalError, match=r"1\.count: Field required"):
        FORM.whole(path, TypeAdapter(list[Numbered]))


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "plain.jsonl.gz", "latin.jsonl"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    content = {
        "cut.jsonl.gz": gzip.compress(b'{"id": "a", "count": 1}\n' * 50)[:-12],
        "plain.jsonl.gz": b'{"id": "a", "count": 1}\n',
        "latin.jsonl": b'{"id": "\xe9", "count": 1}\n',
    }[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EvalError, match="it cannot be read"):
        list(FORM.lines(tmp_path / name, Numbered))


def test_a_part_of_a_folder_may_be_gzipped(tmp_path: Path) -> None:
    packed = write(tmp_path / "corpus.jsonl.gz", "")
    assert FORM.part(tmp_path, "corpus.jsonl") == packed
    with pytest.raises(EvalError, match=r"no file 'queries\.jsonl'"):
        FORM.part(tmp_path, "queries.jsonl")


def test_the_files_of_a_folder_come_by_name(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    second = write(tmp_path / "b.jsonl", "")
    first = write(tmp_path / "a.jsonl.gz", "")
    third = write(tmp_path / "inside" / "a.jsonl", "")
    write(tmp_path / "notes.txt", "")
    assert FORM.files(tmp_path, ".jsonl") == (first, second)
    assert FORM.files(tmp_path, ".jsonl", deep=True) == (first, second, third)
    assert FORM.files(second, ".jsonl") == (second,)
    with pytest.raises(EvalError, match=r"no \.json file"):
        FORM.files(tmp_path, ".json")


def test_the_name_of_a_set_has_no_suffixes() -> None:
    assert plain_name(Path("/data/new_wiki_v1.0.json.gz")) == "new_wiki_v1.0"
    assert FORM.set_name(Path("/data/a.jsonl")) == "test:a"


def held(shelf: Shelf, text: str, title: str = "") -> Article:
    article = shelf.put(text, title)
    assert article is not None
    return article


def test_a_shelf_keeps_each_text_once_and_names_its_articles() -> None:
    shelf = Shelf("file#3")
    first = held(shelf, TEXT, "The ferry")
    second = held(shelf, "Another text.")
    assert held(shelf, f" {TEXT.replace(' ', '  ')}", "A copy") is first
    assert shelf.put(" \n ") is None
    assert shelf.articles == (first, second)
    assert names([first, second, first]) == ("file#3-1", "file#3-2")
    assert (first.title, second.title) == ("The ferry", "Another text.")
    assert first.id != second.id


def test_gold_sentences_are_found_by_place_and_by_words() -> None:
    at = TEXT.index("Two")
    assert sentences_over(TEXT, at, at + 3) == "Two men swam ashore."
    assert sentences_over(TEXT, at - 3, at + 3) == "The ferry sank at dawn. Two men swam ashore."
    assert sentence_with(TEXT, ["nowhere", "two  MEN"]) == "Two men swam ashore."
    assert sentence_with(TEXT, ["wo men", "", "shore"]) == ""
    assert (
        sentence_with("Some 1,200 (or more) left.", ["(or more)"]) == "Some 1,200 (or more) left."
    )


def test_a_quote_is_found_whatever_its_white_space() -> None:
    assert verbatim(TEXT, "ashore. Nobody  else") == "ashore.\nNobody else"
    assert verbatim(TEXT, "ashore. Nobody knows") == ""
    assert verbatim(TEXT, " ") == ""


def test_answers_are_trimmed_each_once_and_never_patterns() -> None:
    assert distinct([" a ", "b", "", "a"]) == ("a", "b")
    assert accepted(["/el.*k/", "and/or", "elk "]) == ("el.*k", "and/or", "elk")

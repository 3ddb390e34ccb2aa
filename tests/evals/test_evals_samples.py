"""Samples, targets, and the loader of suites."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import EvalError
from evals.fakes import make_article
from evals.sample import Sample, Target, is_named
from evals.suites import load_suite, suite_names

GOOD: dict[str, Any] = {
    "id": "a",
    "kind": "fact",
    "question": "Which crossing?",
    "as_of": "2024-03-31",
    "target": {"answers": ["Rafah"], "articles": ["A title"], "quotes": ["by way of Rafah"]},
}


def write(path: Path, *lines: str | dict[str, Any]) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def changed(**fields: object) -> dict[str, Any]:
    return {**GOOD, **fields}


def retargeted(**fields: object) -> dict[str, Any]:
    return {**GOOD, "target": {**GOOD["target"], **fields}}


def test_a_line_becomes_a_sample(tmp_path: Path) -> None:
    path = write(tmp_path / "s.jsonl", retargeted(also=[["97", "ninety-seven"]]), "")

    suite = load_suite(path)

    assert suite.name == "s"
    assert not suite.worlds
    assert suite.samples == (
        Sample(
            id="a",
            question="Which crossing?",
            kind="fact",
            target=Target(
                answers=("Rafah",),
                also=(("97", "ninety-seven"),),
                articles=("A title",),
                quotes=("by way of Rafah",),
            ),
            as_of=date(2024, 3, 31),
        ),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json", "Invalid JSON"),
        (changed(kind="riddle"), "kind"),
        (changed(as_of="last week"), "as_of"),
        (changed(question="  "), "question"),
        (changed(colour="red"), "colour"),
        (retargeted(answers=[]), "needs an answer"),
        (retargeted(colour="red"), "target.colour"),
        ({**GOOD, "target": "Rafah"}, "target"),
        ("[1, 2]", "no JSON object"),
        (retargeted(also=[[]]), "no empty part"),
        (retargeted(refuse=True, articles=[]), "articles that they stand in"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(
    tmp_path: Path, line: str | dict[str, Any], said: str
) -> None:
    path = write(tmp_path / "s.jsonl", GOOD, "", line)

    with pytest.raises(EvalError) as raised:
        load_suite(path)

    assert raised.value.where == f"{path}, line 3"
    assert said in raised.value.what
    assert raised.value.next_step


def test_an_id_used_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "s.jsonl", GOOD, GOOD)

    with pytest.raises(EvalError, match="already used on line 1") as raised:
        load_suite(path)

    assert raised.value.where == f"{path}, line 2"


def test_an_empty_suite_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no samples"):
        load_suite(write(tmp_path / "s.jsonl", ""))


def test_a_suite_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(EvalError, match="UTF-8"):
        load_suite(path)


def test_a_missing_suite_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(EvalError, match="no such suite") as raised:
        load_suite("nothing-here")

    assert "sample" in raised.value.next_step


def test_the_sample_suite_is_known_by_name() -> None:
    assert "sample" in suite_names()
    assert load_suite("sample") == load_suite()


def test_the_parts_of_a_target_are_its_answers_and_all_others() -> None:
    assert Target(answers=("a",), also=(("b", "c"),)).parts == (("a",), ("b", "c"))
    assert Target(refuse=True).parts == ()


@pytest.mark.parametrize("key", ["A title", "counts.csv", "counts.csv#2"])
def test_an_article_is_named_by_title_file_or_row(key: str) -> None:
    article = make_article("text")
    row = type(article)(article.id, "A title", None, None, "none", "text", "/folder/counts.csv#2")

    assert is_named(row, key)
    assert not is_named(row, "counts.csv#1")

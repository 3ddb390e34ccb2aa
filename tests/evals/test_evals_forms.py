"""The forms in which users write their own questions: JSONL, CSV, YAML, and a folder."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import EvalError
from evals.sample import Sample, Target
from evals.suite import HOME
from evals.suites import load_suite, save_suite, suite_names

FULL = Sample(
    id="count-01",
    question='How many were left, "as of" now; and why?',
    kind="latest",
    target=Target(
        answers=("97", "ninety-seven"),
        also=(("33", "thirty-three"), ("dead",)),
        articles=("Counts: two of them", "counts.csv"),
        quotes=("97 remain in Gaza; 33 of these are dead", "over\ntwo lines"),
        stale=("130",),
        planted=("79", "7,900"),
        speaker=("Khaleej Times",),
    ),
    as_of=date(2024, 9, 30),
)
REFUSE = Sample("none-01", "Who will win?", "unanswerable", Target(refuse=True))
TRUTHS = Sample("odd-01", "What did the board say?", "fact", Target(answers=("no", "1.50", "null")))
ENDINGS = ["jsonl", "csv", "yaml", "yml"]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_saved_is_read_back_equal(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "deep" / f"mine.{ending}"

    save_suite([FULL, REFUSE, TRUTHS], path)

    suite = load_suite(path)
    assert suite.samples == (FULL, REFUSE, TRUTHS)
    assert (suite.name, dict(suite.worlds)) == ("mine", {})


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_shipped_suite_survives_each_form(tmp_path: Path, ending: str) -> None:
    samples = load_suite("sample").samples

    save_suite(samples, tmp_path / f"copy.{ending}", note="two\nlines")

    assert load_suite(tmp_path / f"copy.{ending}").samples == samples


def test_yaml_needs_no_more_than_a_question_and_its_answer(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.yaml",
        "# mine\n"
        "- question: How many hostages were left?\n"
        "  answer: 97\n"
        "- question: When did the truce end?\n"
        "  answers: [1 December, December 1]\n"
        "  as_of: 2024-03-31\n"
        "- question: Did the board agree?\n"
        "  answer: no\n"
        "- question: Who paid?\n"
        "  unanswerable: true\n",
    )

    figure, day, fact, none = load_suite(path).samples

    assert figure == Sample(
        "question-1", "How many hostages were left?", "figure", Target(answers=("97",))
    )
    assert day.kind == "date"
    assert day.as_of == date(2024, 3, 31)
    assert day.target.answers == ("1 December", "December 1")
    assert (fact.kind, fact.target.answers) == ("fact", ("no",))
    assert (none.kind, none.target) == ("unanswerable", Target(refuse=True))


def test_a_table_is_read_with_its_own_ids_or_the_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.csv",
        "question,answers,quote,article,kind,as_of,refuse\n"
        'How many?,97 | ninety-seven,"97, they say",Counts | BBC,figure,2024-09-30,\n'
        "\n"
        "Who paid?,,,,,,yes\n",
    )

    first, second = load_suite(path).samples

    assert (first.id, second.id) == ("row-2", "row-4")
    assert first.target.answers == ("97", "ninety-seven")
    assert first.target.articles == ("Counts | BBC",), "one article's title may hold a bar"
    assert first.target.quotes == ("97, they say",)
    assert first.as_of == date(2024, 9, 30)
    assert second.target.refuse


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_from_a_spreadsheet_elsewhere(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "q.csv"
    text = f"\ufeffquestion{mark}answer\r\nWhich crossing, then?{mark}Rafah\r\n"
    path.write_bytes(text.encode())

    (sample,) = load_suite(path).samples

    assert (sample.question, sample.target.answers) == ("Which crossing, then?", ("Rafah",))


@pytest.mark.parametrize(
    ("name", "text", "where", "said", "step"),
    [
        ("q.csv", "question,colour\na,red\n", "row 1", "no column 'colour'", "question, answer"),
        ("q.csv", "id,answer\na,b\n", "row 1", "no column 'question'", "known columns"),
        ("q.csv", "question,question\na,b\n", "row 1", "stands twice", "known columns"),
        ("q.csv", "question,answer\na,b,c\n", "row 2", "3 cells", "quotes"),
        ("q.csv", 'question,answer\n"a"b,c\n', "row 2", "cannot be read", "quotes"),
        ("q.csv", "question,answer,as_of\na,b,tomorrow\n", "row 2", "as_of", "correct"),
        ("q.csv", "question,answer,refuse\na,b,perhaps\n", "row 2", "neither yes nor no", "yes"),
        ("q.csv", "question,answer\n\nWhy?,\n", "row 3", "needs an answer", "correct"),
        ("q.yaml", "question: Why?\n", "", "no list", "- question"),
        ("q.yaml", "- {question: Q, answer: a}\n- words\n", "line 2", "no question", "answer"),
        ("q.yaml", "- question: Why?\n  answer: a: b\n", "line 2", "no YAML", "quotes"),
        ("q.yaml", "- answer: a\n", "line 1", "question", "correct"),
        ("q.yaml", "- question: Why?\n  reply: b\n", "line 1", "no such field", "answer"),
        ("q.yaml", "- {question: Q, answer: a, answers: [b]}\n", "line 1", "as well", "one of"),
        ("q.yaml", "- {question: Who paid, answer: a, keep: later}\n", "line 1", "neither", "yes"),
        ("q.csv", "question,answer\na,/four(teen/\n", "row 2", "regular expression", "slashes"),
        ("q.txt", "Why?\n", "", "ends in .jsonl", "one of these"),
    ],
)  # fmt: skip
def test_an_error_names_the_file_the_place_the_field_and_what_to_do(
    tmp_path: Path, name: str, text: str, where: str, said: str, step: str
) -> None:
    path = write(tmp_path / name, text)

    with pytest.raises(EvalError) as raised:
        load_suite(path)

    assert raised.value.where == (f"{path}, {where}" if where else str(path))
    assert said in raised.value.what
    assert step in raised.value.next_step


@pytest.mark.parametrize("ending", ENDINGS)
def test_dropped_drafts_are_left_out_and_undecided_ones_are_told(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"drafted.{ending}"
    save_suite([FULL, REFUSE, TRUTHS], path, undecided=True)
    assert load_suite(path).name == "drafted (3 of 3 not reviewed)"

    decided = path.read_text(encoding="utf-8")
    for word in ("no", "yes"):
        decided = _decide(decided, ending, word)
    write(path, decided)

    suite = load_suite(path)
    assert suite.samples == (REFUSE, TRUTHS)
    assert suite.name == "drafted (1 of 2 not reviewed)"


def _decide(text: str, ending: str, word: str) -> str:
    """The text with the first empty 'keep' filled in."""
    if ending == "jsonl":
        return text.replace('"keep": null', f'"keep": "{word}"', 1)
    if ending == "csv":
        return text.replace("\n,", f"\n{word},", 1)
    return text.replace("keep:\n", f"keep: {word}\n", 1)


def test_a_file_of_drops_alone_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "q.yaml", "- {question: Who paid, answer: a, keep: no}\n")

    with pytest.raises(EvalError, match="all 1 are marked"):
        load_suite(path)


def test_a_folder_brings_its_own_articles_wherever_it_lies(tmp_path: Path) -> None:
    for parent in ("here", "there"):
        articles = tmp_path / parent / "harbour" / "articles"
        articles.mkdir(parents=True)
        write(articles / "plan.txt", "Harbour plan\n\nThe quay will cost 12 million pounds.\n")
        write(articles.parent / "questions.csv", "question,answer\nHow much?,12 million\n")

    here = load_suite(tmp_path / "here" / "harbour")
    there = load_suite(tmp_path / "there" / "harbour")

    assert here.name == "harbour"
    assert [sample.world for sample in here.samples] == ["harbour"]
    (article,) = here.worlds["harbour"]
    assert article.source == "harbour/plan.txt"
    assert "12 million" in article.text
    assert here.digest() == there.digest()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_a_name_that_is_no_text_is_spelt_out(tmp_path: Path) -> None:
    path = write(tmp_path / os.fsdecode(b"n\xff.csv"), "question,answer\nWhy?,Because\n")

    suite = load_suite(path)

    assert suite.name == r"n\udcff"
    assert suite.digest()


def test_a_folder_without_articles_is_asked_of_the_library(tmp_path: Path) -> None:
    write(tmp_path / "questions.yaml", "- {question: Who paid, answer: a}\n")

    assert [sample.world for sample in load_suite(tmp_path).samples] == [HOME]


def test_a_folder_needs_one_file_of_questions_and_readable_articles(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no file of questions"):
        load_suite(tmp_path)

    write(tmp_path / "questions.yaml", "- {question: Who paid, answer: a}\n")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(EvalError, match="article of the suite cannot be read"):
        load_suite(tmp_path)

    write(tmp_path / "questions.csv", "question,answer\na,b\n")
    with pytest.raises(EvalError, match="2 files of questions"):
        load_suite(tmp_path)


def test_every_shipped_suite_can_be_loaded() -> None:
    assert "sample" in suite_names()
    for name in suite_names():
        assert load_suite(name).name == name


def test_saving_says_what_it_cannot_save(tmp_path: Path) -> None:
    barred = Sample("bar", "Which?", "fact", Target(answers=("a | b",)))
    away = Sample("away", "Which?", "fact", Target(answers=("a",)), world="harbour")

    with pytest.raises(EvalError, match="which parts several texts"):
        save_suite([barred], tmp_path / "q.csv")
    with pytest.raises(EvalError, match="articles that this file cannot hold"):
        save_suite([away], tmp_path / "q.yaml")
    with pytest.raises(EvalError, match="ends in"):
        save_suite([FULL], tmp_path / "q.txt")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EvalError, match="cannot be written"):
        save_suite([FULL], tmp_path / "file" / "q.yaml")


def test_json_lines_keep_the_layout_of_the_shipped_suites(tmp_path: Path) -> None:
    save_suite([FULL, REFUSE], tmp_path / "q.jsonl")

    lines = (tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(json.loads(lines[0])) == ["id", "kind", "question", "as_of", "target"]
    assert json.loads(lines[1])["target"] == {"refuse": True}

"""The desk's own questions: on the sample library, and on five real reports, if they are there."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import corpus
import evals
from corpus.article import Article
from corpus.errors import EvalError
from corpus.samples import sample_paths
from evals.metrics.text import contains, tokens
from evals.opening import open_suite
from evals.sample import Kind, Sample, is_named
from evals.sets.desk import DIGITS, NAME, digest, open_desk
from evals.suite import HOME
from evals.suites import load_suite

SPANS = Path(evals.__file__).parent / "suites" / NAME / "spans.jsonl"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

KINDS: set[Kind] = {
    "fact", "figure", "date", "who_said", "list", "compare", "change", "latest", "summary",
    "yes_no", "follow_up", "false_premise", "unanswerable", "disagreement",
}  # fmt: skip

SAMPLES = load_suite("desk").samples
LINES = [json.loads(line) for line in SPANS.read_text(encoding="utf-8").splitlines()]
ARTICLES = [one for one in corpus.read([sample_paths()]) if isinstance(one, Article)]

every = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
on_reports = pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
with_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real reports are not here")


def gold_of(sample: Sample) -> list[Article]:
    return [one for one in ARTICLES if any(is_named(one, key) for key in sample.target.articles)]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = tokens(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_both_together_ask_enough_of_every_kind() -> None:
    here = Counter(sample.kind for sample in SAMPLES)
    there = Counter(line["kind"] for line in LINES)

    assert set(here) == KINDS
    assert set(there) >= KINDS
    assert len(SAMPLES) + len(LINES) >= 120
    assert all(min(here[kind], there[kind]) >= 3 for kind in KINDS)
    assert {sample.world for sample in SAMPLES} == {HOME}


def test_no_question_is_one_of_the_older_suites() -> None:
    older = {sample.question for name in ("sample", "time") for sample in load_suite(name).samples}
    asked = [(*one.before, one.question) for one in SAMPLES]

    assert not {one.question for one in SAMPLES} & older
    assert len(set(asked)) == len(SAMPLES)


@every
def test_each_gold_quote_stands_in_its_article_and_holds_the_answer(sample: Sample) -> None:
    assert len(gold_of(sample)) == len(sample.target.articles)
    for quote in sample.target.quotes:
        assert any(quote in article.text for article in gold_of(sample)), quote
    for part in sample.target.parts:
        assert any(contains(one.text, form) for one in gold_of(sample) for form in part), part


@every
def test_only_what_has_no_answer_here_is_to_be_refused(sample: Sample) -> None:
    assert sample.target.refuse == (sample.kind in ("unanswerable", "false_premise"))
    assert bool(sample.target.answers) == (sample.kind != "unanswerable")
    assert bool(sample.before) == (sample.kind == "follow_up")


@every
def test_no_question_gives_its_answer_away_or_parrots_the_quote(sample: Sample) -> None:
    for question in (*sample.before, sample.question):
        for part in sample.target.parts:
            assert not any(contains(question, form) for form in part), part
        for quote in sample.target.quotes:
            assert not runs(quote, 5) & runs(question, 5), quote


@every
def test_a_yes_or_no_is_never_the_other_one(sample: Sample) -> None:
    if sample.kind == "yes_no":
        assert sample.target.never
        assert not set(sample.target.never) & set(sample.target.answers)


@on_reports
def test_questions_on_the_reports_name_places_and_copy_nothing(line: dict[str, object]) -> None:
    target = line["target"]
    assert isinstance(target, dict)

    assert "quotes" not in target
    assert "articles" not in target
    assert bool(target.get("spans")) == (line["kind"] != "unanswerable")
    for span in target.get("spans", ()):
        assert set(span) == {"article", "start", "end", "sha256"}
        assert span["start"] < span["end"]
        assert re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", span["sha256"])
    forms = [form for part in (target.get("answers", []), *target.get("also", ())) for form in part]
    assert all(len(form.split()) <= 5 for form in forms)


@with_seeds
def test_every_place_of_the_reports_still_says_what_it_said() -> None:
    suite = open_suite(f"desk:{SEEDS}")

    assert suite.name == NAME
    assert len(suite.samples) == len(LINES)
    for sample in suite.samples:
        articles = [
            one
            for one in suite.worlds[NAME]
            if any(is_named(one, k) for k in sample.target.articles)
        ]
        for part in sample.target.parts:
            assert any(contains(one.text, form) for one in articles for form in part), sample.id
        for quote in sample.target.quotes:
            assert not runs(quote, 6) & runs(sample.question, 6), sample.id


@with_seeds
def test_no_long_run_of_words_of_the_reports_is_in_the_files() -> None:
    theirs = {run for path in SEEDS.glob("*.txt") for run in runs(path.read_text("utf-8"), 7)}

    for line in LINES:
        assert not runs(json.dumps(line, ensure_ascii=False), 7) & theirs, line["id"]


TEXT = "The quay at Ostrow was closed on Monday. Repairs will cost 4 million crowns."


def write(folder: Path, *, words: str = "4 million", name: str = "quay.txt") -> Path:
    (folder / "reports").mkdir()
    (folder / "reports" / "quay.txt").write_text(f"Quay closed\n\n{TEXT}", encoding="utf-8")
    article = next(iter(corpus.read([folder / "reports"])))
    assert isinstance(article, Article)
    at = article.text.index("4 million")
    span = {"article": name, "start": at, "end": at + 9, "sha256": digest(words)}
    target = {"answers": ["4 million"], "spans": [span]}
    line = {"id": "cost", "kind": "figure", "question": "What do repairs cost?", "target": target}
    path = folder / "spans.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


def test_a_span_becomes_the_words_that_stand_there(tmp_path: Path) -> None:
    suite = open_desk(tmp_path / "reports", write(tmp_path))

    (sample,) = suite.samples
    assert sample.target.quotes == ("4 million",)
    assert sample.target.articles == ("quay.txt",)
    assert sample.world == NAME
    assert [article.source for article in suite.worlds[NAME]] == [f"{NAME}/quay.txt"]


def test_other_words_in_that_place_are_told(tmp_path: Path) -> None:
    questions = write(tmp_path, words="5 million")

    with pytest.raises(EvalError, match="has other words at") as raised:
        open_desk(tmp_path / "reports", questions)
    assert "put back the report" in raised.value.next_step


def test_a_report_that_is_not_there_is_told(tmp_path: Path) -> None:
    questions = write(tmp_path, name="bridge.txt")

    with pytest.raises(EvalError, match=r"'bridge.txt', which is not among the 1"):
        open_desk(tmp_path / "reports", questions)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="nothing at this path"):
        open_suite(f"desk:{tmp_path / 'nowhere'}")


def test_a_span_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    questions = write(tmp_path)
    questions.write_text(questions.read_text("utf-8").replace('"start"', '"from"'), "utf-8")

    with pytest.raises(EvalError, match="not a span") as raised:
        open_desk(tmp_path / "reports", questions)
    assert "line 1" in str(raised.value)

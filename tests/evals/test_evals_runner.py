"""The runner, the report, the comparison and the gate, over answers made by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import evals
from corpus.errors import DatelineError, EvalError, NotInLibrary, QuestionTooLong
from evals import DEFAULT, assert_at_least, evaluate
from evals.comparison import side_by_side
from evals.fakes import CannedSystem, make_answer, make_article, make_refusal
from evals.markdown import cell
from evals.metrics.base import Metric
from evals.report import Report
from evals.sample import Sample, Score, Target
from evals.suite import Suite
from rag.answer import Answer
from tests.evals.small import SUITE, newsroom

ARTICLE = make_article("In September 97 remain. Six were found in a tunnel.", "Counts")
HOW_MANY = Sample(
    "a", "How many?", "figure", Target(("97",), (), ("Counts",), ("97 remain",)), date(2024, 9, 30)
)
WHERE = Sample("b", "Where?", "fact", Target(("tunnel",), (), ("Counts",), ("in a tunnel",)))
WHO = Sample("c", "Who won?", "unanswerable", Target(refuse=True))
SAMPLES = (HOW_MANY, WHERE, WHO)

RIGHT = make_answer("97 are left.", [("97 remain", ARTICLE)], short="97", seconds=1.0)
WRONG = make_answer("In a | field.", [("Six were found", ARTICLE)], short="field", seconds=3.0)


def run(where: Answer | DatelineError = WRONG, *, name: str = "canned") -> Report:
    system = CannedSystem({"How many?": RIGHT, "Where?": where}, name)
    return evaluate(system, SAMPLES, suite="three", progress=False)


def test_each_sample_is_asked_once_in_order_with_its_day() -> None:
    system = CannedSystem({})

    evaluate(system, SAMPLES, progress=False)

    assert system.asked == [("How many?", date(2024, 9, 30)), ("Where?", None), ("Who won?", None)]


def test_the_numbers_of_a_report() -> None:
    report = run()

    assert report.system == "canned"
    assert report.estimate("answer_accuracy").value == pytest.approx(2 / 3)
    assert report.estimate("answer_accuracy", "fact").value == 0.0
    assert report.estimate("short_exact").n == 2
    assert report.estimate("gold_quote").value == 0.5
    assert report.estimate("refusal_f1").value == 1.0
    assert report.estimate("seconds_median").value == 2.0
    assert report.kinds == ("fact", "figure", "unanswerable")
    assert [record.sample.id for record in report.wrong] == ["b"]


def test_a_sample_that_cannot_be_asked_is_counted_and_unscored() -> None:
    report = run(QuestionTooLong("The question is too long"))

    assert [record.sample.id for record in report.failed] == ["b"]
    assert report.estimate("answer_accuracy").value == 1.0
    assert report.estimate("answer_accuracy").n == 2
    assert report.records[1].error == "The question is too long."
    assert "The question is too long." in report.to_markdown()


def test_an_error_that_is_not_datelines_own_ends_the_run() -> None:
    class Broken:
        def ask(self, question: str, *, as_of: date | None = None) -> Answer:
            raise ZeroDivisionError(question, as_of)

    with pytest.raises(ZeroDivisionError):
        evaluate(Broken(), SAMPLES, progress=False)


def test_a_metric_that_cannot_score_leaves_the_sample_unscored_by_it() -> None:
    class Library(Metric):
        """Asks a library that has lost its article."""

        name = "library"
        group = "answers"

        def _score(self, _sample: Sample, _answer: Answer, /) -> Score:
            raise NotInLibrary("there is no article x in the library")

    report = evaluate(CannedSystem({}), SAMPLES, [Library(), *DEFAULT], progress=False)

    assert report.values("library") == [None] * 3
    assert "no article x" in report.records[0].scores["library"].explanation
    assert report.failed == ()
    assert report.estimate("answer_accuracy").n == 3


def test_a_suite_is_asked_by_its_name() -> None:
    report = evaluate(CannedSystem({}), Suite("three", SAMPLES), progress=False)

    assert report.suite == "three"
    assert [record.sample for record in report.records] == list(SAMPLES)
    assert evaluate(CannedSystem({}), SAMPLES, progress=False).suite == "samples"


def test_a_newsroom_is_asked_of_the_worlds_that_a_suite_brings(tmp_path: Path) -> None:
    with newsroom(tmp_path) as home:
        report = evaluate(home, SUITE, progress=False)

    texts = [record.answer.text for record in report.records if record.answer]
    assert "40 cars" in texts[3]
    assert "90 cars" in texts[5]
    assert report.system == "dateline"
    assert report.fingerprint["data"] == SUITE.digest()


def test_another_system_cannot_be_asked_of_worlds() -> None:
    with pytest.raises(EvalError, match="only a Newsroom"):
        evaluate(CannedSystem({}), SUITE, progress=False)


def test_ids_must_differ() -> None:
    with pytest.raises(EvalError, match="2 samples have the id 'a'"):
        evaluate(CannedSystem({}), (HOW_MANY, WHERE, HOW_MANY), progress=False)


def test_a_record_as_a_line_of_json() -> None:
    told = json.loads(json.dumps(run().records[0].to_dict()))

    assert (told["id"], told["world"], told["as_of"]) == ("a", "", "2024-09-30")
    assert told["target"]["parts"] == [["97"]]
    assert told["citations"][0]["quote"] == "97 remain"
    assert told["scores"]["answer_accuracy"]["value"] == 1.0
    assert told["memory_mb"] > 1


def test_no_samples_is_an_error() -> None:
    with pytest.raises(EvalError, match="no samples"):
        evaluate(CannedSystem({}), [], progress=False)


def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    evaluate(CannedSystem({}), SAMPLES)

    shown = capsys.readouterr()
    assert "3/3" in shown.err
    assert shown.out == ""


def test_the_page_lists_each_wrong_answer_with_what_was_expected_and_cited() -> None:
    page = run().to_markdown()
    line = next(line for line in page.splitlines() if line.startswith("| b |"))

    assert line == "| b | Where? | tunnel | In a \\| field. [1] | Six were found |"
    assert "| answer_accuracy | 0.67 [" in page


def test_the_page_of_a_run_without_faults_says_so() -> None:
    right = make_answer("In a tunnel.", [("in a tunnel", ARTICLE)])

    assert run(right).to_markdown().rstrip().endswith("None.")


def test_the_dictionary_is_json_with_every_metric_and_kind() -> None:
    numbers = json.loads(json.dumps(run().to_dict()))

    accuracy = numbers["metrics"]["answer_accuracy"]
    assert accuracy["value"] == pytest.approx(2 / 3)
    assert accuracy["n"] == 3
    assert set(accuracy["by_kind"]) == {"fact", "figure", "unanswerable"}
    assert numbers["metrics"]["short_exact"]["unscored"] == 1
    assert numbers["failures"][0]["citations"][0]["quote"] == "Six were found"


def test_systems_stand_side_by_side_with_the_gain_of_the_first() -> None:
    right = make_answer("In a tunnel.", [("in a tunnel", ARTICLE)], seconds=3.0)
    page = side_by_side([run(right, name="new"), run(name="old")])
    row = next(line for line in page.splitlines() if line.startswith("| answer_accuracy"))
    cells = [text.strip() for text in row.strip("|").split("|")]

    assert "| metric | new | old | new − old |" in page
    assert cells[1].startswith("1.00 [")
    assert cells[2].startswith("0.67 [")
    assert cells[3].startswith("+0.33 [")


def test_runs_on_other_samples_cannot_be_compared() -> None:
    short = evaluate(CannedSystem({}), SAMPLES[:1], progress=False)

    with pytest.raises(EvalError, match="same samples"):
        run().gain_over(short, "answer_accuracy")


def test_a_cell_stays_in_its_row_and_is_bounded() -> None:
    assert cell("a\nb | c") == "a b \\| c"
    assert len(cell("x" * 1000)) == 300


def test_the_gate_lets_a_number_at_its_floor_pass() -> None:
    assert_at_least(run(), "answer_accuracy", 2 / 3)


def test_the_gate_tells_the_number_and_its_interval_when_it_fails() -> None:
    with pytest.raises(AssertionError, match=r"0\.667, below 0\.700 .*n 3"):
        assert_at_least(run(), "answer_accuracy", 0.7)


@pytest.mark.parametrize(
    ("metric", "said"),
    [("beauty", "did not measure"), ("seconds_median", "less is better")],
)
def test_the_gate_needs_a_metric_with_a_floor(metric: str, said: str) -> None:
    with pytest.raises(EvalError, match=said):
        assert_at_least(run(), metric, 0.5)


def test_the_gate_does_not_pass_on_nothing_scored() -> None:
    report = evaluate(CannedSystem({"Who won?": make_refusal()}), [WHO], progress=False)

    with pytest.raises(EvalError, match="No sample was scored"):
        assert_at_least(report, "token_f1", 0.0)


def test_the_public_names() -> None:
    assert evals.__all__ == [
        "DEFAULT",
        "DEFAULT_STORE",
        "HOME",
        "KINDS",
        "SYSTEMS",
        "Kind",
        "Metric",
        "Record",
        "Report",
        "RunInfo",
        "RunStore",
        "Sample",
        "Score",
        "Suite",
        "System",
        "Target",
        "assert_at_least",
        "assert_no_drop",
        "catalogue",
        "evaluate",
        "judged",
        "load_suite",
        "open_suite",
        "run_suite",
        "suite_names",
    ]
    assert all(hasattr(evals, name) for name in evals.__all__)

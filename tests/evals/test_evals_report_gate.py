"""The gate against an earlier run: what it lets pass, what it stops, and what it says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import DatelineError, EvalError, QuestionTooLong
from evals.fakes import make_refusal
from evals.floors import read_floors
from evals.gate import assert_no_drop
from evals.report import Report
from evals.runner import evaluate
from evals.sample import Sample
from rag.answer import Answer
from tests.evals.reports import answer_of, make_report, sample_of

RIGHT = [
    at
    for at, record in enumerate(make_report().records)
    if record.value("answer_accuracy") == 1.0 and not record.sample.target.refuse
]


def broken(places: Sequence[int]) -> Report:
    """The same run, with refusals where it was right."""
    return make_report(changed={at: make_refusal() for at in places})


def floors(report: Report) -> dict[str, object]:
    kept = json.loads(json.dumps(report.to_dict()))
    assert isinstance(kept, dict)
    return kept


def test_the_same_run_again_passes() -> None:
    report = make_report()

    assert_no_drop(report, report, "answer_accuracy", "gold_quote", "aurc", "seconds_median")
    assert_no_drop(report, floors(report), "answer_accuracy", "gold_quote", "aurc")


def test_one_lost_answer_may_be_chance() -> None:
    assert_no_drop(broken(RIGHT[:1]), make_report())


def test_a_real_drop_fails_with_n_difference_and_ids() -> None:
    lost = RIGHT[:6]

    with pytest.raises(AssertionError) as told:
        assert_no_drop(broken(lost), make_report())

    words = str(told.value)
    assert words.startswith("canned on towns is worse than before:")
    assert "answer_accuracy: 0.542, was 0.644 [" in words
    assert "difference -0.102" in words
    assert "n 59" in words
    assert words.endswith("went wrong: " + ", ".join(f"towns-{at:02}" for at in lost))


def test_a_gain_passes() -> None:
    assert_no_drop(make_report(), broken(RIGHT[:6]))


def test_where_less_is_better_a_rise_is_the_drop() -> None:
    slow = make_report()
    answers = {at: answer_of(at) for at in range(60)}
    slower = make_report(
        changed={
            at: replace(one, usage=replace(one.usage, seconds={"total": 60.0}))
            for at, one in answers.items()
            if isinstance(one, Answer)
        }
    )

    with pytest.raises(AssertionError, match=r"seconds_median: 60\.000, was"):
        assert_no_drop(slower, slow, "seconds_median")
    assert_no_drop(slow, slower, "seconds_median")


def test_every_metric_that_dropped_is_told() -> None:
    with pytest.raises(AssertionError) as told:
        assert_no_drop(
            broken(RIGHT[:9]), make_report(), "answer_accuracy", "gold_quote", "coverage"
        )

    lines = [line.split(":")[0].strip() for line in str(told.value).splitlines()[1:]]
    assert lines == ["answer_accuracy", "gold_quote", "coverage"]


def test_a_sample_that_can_no_longer_be_asked_is_a_drop() -> None:
    report = make_report(changed={at: QuestionTooLong("no") for at in RIGHT[:2]})
    ids = ", ".join(f"towns-{at:02}" for at in RIGHT[:2])

    with pytest.raises(AssertionError, match=f"2 samples can no longer be asked: {ids}"):
        assert_no_drop(report, make_report())
    assert_no_drop(make_report(), report)


def test_long_lists_of_ids_are_cut() -> None:
    with pytest.raises(AssertionError, match=r"and \d+ more$"):
        assert_no_drop(broken(RIGHT), make_report())


def test_floors_are_read_from_a_file_of_one_or_several(tmp_path: Path) -> None:
    one, several = tmp_path / "one.json", tmp_path / "several.json"
    report, other = make_report(), make_report(name="other", hurry=0.0)
    one.write_text(json.dumps(report.to_dict()), encoding="utf-8")
    several.write_text(json.dumps([other.to_dict(), report.to_dict()]), encoding="utf-8")

    for path in (one, str(one), several, json.loads(several.read_text())):
        assert_no_drop(report, path, "answer_accuracy", "aurc")
        with pytest.raises(AssertionError, match="worse than before"):
            assert_no_drop(broken(RIGHT[:6]), path)


def test_read_back_floors_have_the_numbers_of_the_run() -> None:
    report = make_report()
    back = read_floors(floors(report), "canned", "towns", report.metrics)

    for metric in back.metrics:
        assert back.estimate(metric.name) == report.estimate(metric.name)
    assert {m.name for m in back.metrics} == {m.name for m in report.metrics}
    assert [record.error for record in back.failed] == ["The question is too long."]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("{", "cannot be read"),
        ('{"system": "canned"}', "no report in JSON: Field required at 0.suite"),
        ("3", "no report in JSON"),
        ("[]", "No floors are recorded for canned on towns"),
    ],
)
def test_files_that_are_no_floors_are_named(tmp_path: Path, held: str, said: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(held, encoding="utf-8")

    with pytest.raises(EvalError, match=said) as told:
        assert_no_drop(make_report(n=3), path)
    assert str(path) in str(told.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="cannot be read"):
        assert_no_drop(make_report(n=3), tmp_path / "none.json")


def test_other_samples_cannot_be_held_against_each_other() -> None:
    with pytest.raises(EvalError, match="same samples"):
        assert_no_drop(make_report(n=20), make_report(n=19))


def test_a_metric_that_was_not_measured_or_scored_does_not_pass() -> None:
    report = make_report(n=12)

    with pytest.raises(EvalError, match="did not measure 'beauty'"):
        assert_no_drop(report, report, "beauty")
    with pytest.raises(EvalError, match="did not measure 'coverage'"):
        assert_no_drop(report, replace(report, metrics=report.metrics[:1]), "coverage")
    with pytest.raises(EvalError, match="No sample was scored by 'nugget_recall'"):
        assert_no_drop(report, report, "nugget_recall")


class Deaf:
    """A system whose retrieval was broken on purpose: it refuses every question."""

    def ask(self, question: str, *, as_of: date | None = None) -> Answer | DatelineError:
        del question, as_of
        return make_refusal()


def test_a_pipeline_that_is_broken_on_purpose_is_stopped() -> None:
    samples: list[Sample] = [sample_of(at) for at in range(24) if at != 17]
    before = make_report(n=24)
    before = replace(before, records=tuple(r for r in before.records if r.error is None))
    now = evaluate(Deaf(), samples, before.metrics, name="canned", suite="towns", progress=False)  # type: ignore[arg-type]

    with pytest.raises(AssertionError, match="answer_accuracy"):
        assert_no_drop(now, before)
    with pytest.raises(AssertionError, match="aurc: no sample is scored by it any more, was 0"):
        assert_no_drop(now, before, "aurc")

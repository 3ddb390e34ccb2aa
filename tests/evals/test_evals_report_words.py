"""The Markdown and JSON forms of a report, and the order of its failures."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evals.failures import expected, worst_first
from evals.sample import Target
from tests.evals.reports import FINGERPRINT, make_report


def test_markdown_lists_the_failed_then_the_worst() -> None:
    report = make_report()
    lines = report.to_markdown().splitlines()
    start = lines.index("## Failures")
    ids = [line.split(" | ")[0].removeprefix("| ") for line in lines[start:] if "| towns-" in line]

    assert ids == ["towns-17", *(record.sample.id for record in report.wrong)]


def test_markdown_tells_the_fingerprint_where_there_is_one() -> None:
    page = make_report(n=2).to_markdown()

    assert all(f"| {name} | " in page for name in FINGERPRINT)
    assert "Fingerprint" not in make_report(n=2, fingerprint={}).to_markdown()


def test_json_has_every_score_of_every_sample() -> None:
    report = make_report()
    numbers = json.loads(json.dumps(report.to_dict()))

    assert numbers["fingerprint"] == FINGERPRINT
    assert numbers["memory_mb"] == 812.5
    assert numbers["samples"] == len(numbers["records"]) == 60
    for record, kept in zip(report.records, numbers["records"], strict=True):
        assert kept["id"] == record.sample.id
        assert kept["error"] == record.error
        assert {name: score["value"] for name, score in kept["scores"].items()} == {
            name: score.value for name, score in record.scores.items()
        }
    assert [one["id"] for one in numbers["failures"]] == [
        record.sample.id for record in (*report.failed, *report.wrong)
    ]
    accuracy = numbers["metrics"]["answer_accuracy"]
    assert accuracy["value"] == report.estimate("answer_accuracy").value
    assert accuracy["group"] == "answers"


def test_peak_memory_is_the_most_that_any_record_saw() -> None:
    report = make_report(n=3)
    silent = replace(report, records=tuple(replace(r, memory_mb=None) for r in report.records))

    assert report.memory_mb == 812.5
    assert silent.memory_mb is None
    assert "MiB" not in silent.to_html()


def test_answers_come_before_refusals_and_the_sure_before_the_unsure() -> None:
    records = make_report().wrong
    blind = replace(
        records[0],
        answer=replace(records[0].answer, answerability=None),  # type: ignore[type-var]
    )
    ordered = worst_first([records[-1], blind, records[1], records[0]])

    assert ordered == (records[0], records[1], blind, records[-1])


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target(("97", "ninety-seven")), "97 / ninety-seven"),
        (Target(("97",), also=(("six",),)), "97 and six"),
        (Target(refuse=True), "a refusal"),
        (Target(("Paris",), refuse=True), "a refusal, or 'Paris'"),
    ],
)
def test_what_was_expected_in_words(target: Target, said: str) -> None:
    assert expected(target) == said

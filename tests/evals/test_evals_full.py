"""The full evaluation: every step whose data are there, resumed after a stop, on one page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.commands import full as command
from evals.full import FullReport, run_full
from evals.full_summary import summary
from evals.plan import SET_STEPS, STEPS, SetStep, Step
from evals.robustness import find_stress
from evals.sets import is_set_uri
from evals.store import RunStore
from evals.suites import suite_names
from evals.support.judging import JUDGES
from evals.systems import SYSTEMS
from rag.newsroom import Newsroom
from tests.evals.small import newsroom

ROWS = (
    '{"id": "cost", "kind": "figure", "question": "How much will the quay cost?", "target": '
    '{"answers": ["12 million"], "articles": ["Harbour plan"], "quotes": ["12 million pounds"]}}',
    '{"id": "beams", "kind": "figure", "question": "How many cracked beams were found?", "target": '
    '{"answers": ["14"], "articles": ["Bridge closed"], "quotes": ["14 cracked beams"]}}',
    '{"id": "mars", "kind": "unanswerable", "question": "Who landed on Mars?", "target": '
    '{"refuse": true}}',
)
CLAIM = {
    "claim": "The quay will cost 12 million pounds .",
    "evidence": "The work on the quay will cost 12 million pounds .",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "harbour.jsonl").write_text("\n".join(ROWS), encoding="utf-8")
    lines = [
        {"id": "1", "label": "SUPPORTS", **CLAIM},
        {"id": "2", "label": "REFUTES", **CLAIM, "claim": "The quay will cost 90 pounds ."},
    ]
    (folder / "fever.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path / "home") as opened:
        yield opened


def steps(data: Path) -> tuple[Step, ...]:
    suite = str(data / "harbour.jsonl")
    return (
        Step(suite, ("dateline", "nearest-sentence"), ("", "typos")),
        Step(suite, ("nearest-sentence",), draw=2),
        Step("squad:{data}/none.json", ("dateline",)),
    )


SETS = (SetStep("fever:{data}/fever.jsonl"), SetStep("fib:{data}/nowhere"))


def run(home: Newsroom, store: RunStore, data: Path, told: list[str]) -> FullReport:
    return run_full(
        home,
        store,
        data,
        steps=steps(data),
        set_steps=SETS,
        say=told.append,
        progress=False,
    )


def test_each_step_is_run_and_what_is_absent_is_told(
    home: Newsroom, data: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    with RunStore.open(tmp_path / "runs.sqlite") as store:
        full = run(home, store, data, told)
    asked = [(report.suite, report.system) for suite in full.suites for report in suite]
    assert asked == [
        ("harbour", "dateline"),
        ("harbour", "nearest-sentence"),
        ("harbour+typos", "dateline"),
        ("harbour+typos", "nearest-sentence"),
        ("harbour", "nearest-sentence"),
    ]
    assert [len(suite[0].records) for suite in full.suites] == [3, 2, 2]
    assert [report.judge for report in full.sets] == list(JUDGES)
    assert full.absent == [f"fib:{data}/nowhere", f"squad:{data}/none.json"]
    assert told[: len(JUDGES)] == [f"fever:fever: {judge}" for judge in JUDGES]


def test_what_is_kept_is_not_asked_again(home: Newsroom, data: Path, tmp_path: Path) -> None:
    with RunStore.open(tmp_path / "runs.sqlite") as store:
        first = run(home, store, data, [])
        before = {info.id: info.done for info in store.runs()}
        again = run(home, store, data, [])
        assert {info.id: info.done for info in store.runs()} == before
    assert [[report.records for report in suite] for suite in first.suites] == [
        [report.records for report in suite] for suite in again.suites
    ]


def test_the_page_has_a_line_for_each_and_the_gain(
    home: Newsroom, data: Path, tmp_path: Path
) -> None:
    with RunStore.open(tmp_path / "runs.sqlite") as store:
        full = run(home, store, data, [])
    page = summary(full)
    first, second = full.suites[0]
    accuracy = first.estimate("answer_accuracy").value
    assert accuracy is not None
    assert f"| harbour | dateline | {accuracy:.2f} [" in page
    gain = first.gain_over(second, "answer_accuracy").value
    assert f"| harbour | dateline − nearest-sentence | answer_accuracy | {gain:+.2f} [" in page
    assert f"- fib:{data}/nowhere" in page
    assert "fever:fever" in page


def test_the_command_writes_every_report(
    home: Newsroom, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "open_newsroom", lambda _library, _model: home)
    monkeypatch.setattr(
        command,
        "run_full",
        lambda home, store, data, say, fresh: run_full(
            home,
            store,
            data,
            steps=steps(data),
            set_steps=SETS,
            say=say,
            fresh=fresh,
            progress=False,
        ),
    )
    out = tmp_path / "out"
    asked = ["--data", str(data), "--store", str(tmp_path / "runs.sqlite"), "--out", str(out)]
    done = CliRunner().invoke(command.full_command, asked, catch_exceptions=False)
    assert done.exit_code == 0
    assert (out / "full.md").read_text(encoding="utf-8") in done.stdout
    assert (out / "harbour-typos" / "dateline.html").exists() or (
        out / "harbour+typos" / "dateline.html"
    ).exists()
    assert json.loads((out / "support.json").read_text(encoding="utf-8"))


def test_a_folder_that_cannot_be_made_is_told_before_two_hours_are_spent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    asked = ["--store", str(tmp_path / "runs.sqlite"), "--out", str(tmp_path / "file" / "full")]
    done = CliRunner().invoke(command.full_command, asked, catch_exceptions=False)
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    assert not (tmp_path / "runs.sqlite").exists()


def test_the_plan_names_only_what_there_is() -> None:
    for step in STEPS:
        assert step.suite in suite_names() or is_set_uri(step.suite)
        assert set(step.systems) <= set(SYSTEMS)
        for stress in filter(None, step.stresses):
            assert find_stress(stress).name == stress.partition(":")[0]
    for set_step in SET_STEPS:
        assert is_set_uri(set_step.uri)

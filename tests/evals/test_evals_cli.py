"""`dateline-eval` from the outside, over a real newsroom with small fake models."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rag
from corpus.errors import LibraryMissing
from corpus.samples import sample_paths
from embeddings.hashing import HashEmbedder
from evals import cli
from evals.metrics import CLASSES
from evals.suites import load_suite
from rag.generators.scripted import ScriptedGenerator
from rag.newsroom import Newsroom

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def open_newsroom(library: Path | None) -> Newsroom:
        return rag.open(
            library or tmp_path / "library",
            add=[sample_paths()],
            embedder=HashEmbedder(),
            generator=ScriptedGenerator(lambda _: "Some 97 hostages remain in Gaza."),
            progress=False,
        )

    monkeypatch.setattr(cli, "open_newsroom", open_newsroom)

    def invoke(*args: str | Path) -> Result:
        return CliRunner().invoke(cli.main, [str(arg) for arg in args], catch_exceptions=False)

    return invoke


def test_a_run_asks_all_systems_and_writes_three_files(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("run", "--limit", "4", "--out", out)

    assert result.exit_code == 0, result.output
    assert "| metric | dateline | nearest-sentence | plain-prompt |" in result.stdout
    page = (out / "report.md").read_text(encoding="utf-8")
    assert all(f"# {system} on sample" in page for system in cli.SYSTEMS)
    numbers = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [report["system"] for report in numbers] == list(cli.SYSTEMS)
    assert {report["samples"] for report in numbers} == {4}
    assert set(numbers[0]["metrics"]) == {metric.name for metric in CLASSES}
    lines = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    ids = [sample.id for sample in load_suite("sample")[:4]]
    assert [json.loads(line)["id"] for line in lines] == ids * 3


def test_one_system_and_a_suite_of_ones_own(run: Run, tmp_path: Path) -> None:
    suite = tmp_path / "mine.jsonl"
    target = {"answers": ["97"], "articles": ["counts.csv"], "quotes": ["97 remain in Gaza"]}
    line = {"id": "1", "kind": "figure", "question": "How many are left?", "target": target}
    suite.write_text(json.dumps(line) + "\n", encoding="utf-8")

    result = run("run", suite, "--system", "nearest-sentence")

    assert result.exit_code == 0, result.output
    assert "# Systems on mine" in result.stdout
    assert "| metric | nearest-sentence |" in result.stdout


def test_the_list_names_suites_systems_and_metrics(run: Run) -> None:
    result = run("list")

    assert result.exit_code == 0
    assert f"suite   sample: {len(load_suite('sample'))} samples" in result.stdout
    for name in (*cli.SYSTEMS, *(metric.name for metric in CLASSES)):
        assert name in result.stdout


def test_an_error_is_told_without_a_traceback(run: Run, tmp_path: Path) -> None:
    result = run("run", tmp_path / "nothing.jsonl")

    assert result.exit_code == 1
    assert "There is no such suite" in result.stderr
    assert "Next: " in result.stderr
    assert "Traceback" not in result.output


def test_a_library_that_is_not_there_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(library: Path | None) -> Newsroom:
        raise LibraryMissing("There is no library", where=library, next_step="dateline index …")

    monkeypatch.setattr(cli, "open_newsroom", missing)
    result = run("run", "--library", tmp_path / "nowhere")

    assert result.exit_code == 1
    assert str(tmp_path / "nowhere") in result.stderr


@pytest.mark.parametrize(
    "args", [("--limit", "0"), ("--system", "oracle"), ("--nonsense",), ("a", "b")]
)
def test_bad_usage_is_told_by_click(run: Run, args: tuple[str, ...]) -> None:
    assert run("run", *args).exit_code == 2

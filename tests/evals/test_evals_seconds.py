"""Where the time goes, as tables: of stored answers, and of checking drafts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evals import cli
from evals.commands import seconds as command
from evals.draft.seconds import Clock, time_checks
from evals.fakes import make_refusal
from evals.record import Record
from evals.sample import Sample, Target
from evals.stages import answer_stages, stage_table
from evals.store import RunStore
from evals.suite_run import run_suite
from rag.answer import Usage
from rag.newsroom import Newsroom
from tests.evals.small import SUITE, newsroom

DRAFT = "The work on the quay will cost 15 million pounds. Engineers found 14 cracked beams."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def spent(**seconds: float) -> Record:
    answer = replace(make_refusal(), usage=Usage(seconds=seconds))
    return Record(Sample("one", "Why?", "fact", Target(refuse=True)), answer, {}, None, 9.0)


def test_each_stage_has_its_median_and_95th_percentile_over_those_that_reached_it() -> None:
    told = [
        spent(embed=0.1, retrieve=0.1, decode=1.0, total=1.5),
        spent(embed=0.3, retrieve=0.1, total=0.4),
        spent(embed=0.2, retrieve=0.4, total=0.6),
    ]
    found = {one.name: one for one in answer_stages(told)}

    assert list(found) == [
        "embed", "retrieve", "decode", "first evidence", "the rest", "whole answer",
    ]  # fmt: skip
    assert found["embed"].median == pytest.approx(0.2)
    assert found["embed"].p95 == pytest.approx(0.29)
    assert (found["decode"].n, found["decode"].median) == (1, 1.0)
    assert found["first evidence"].median == pytest.approx(0.4)
    assert found["the rest"].p95 == pytest.approx(0.27)
    assert (found["whole answer"].n, found["whole answer"].median) == (3, 0.6)


def test_answers_that_tell_no_time_have_no_stages() -> None:
    assert answer_stages([spent()]) == ()
    assert len(stage_table(())) == 2


def test_a_stage_inside_another_counts_for_itself_alone() -> None:
    clock = Clock()
    began = time.perf_counter()
    with clock.stage("verify"):
        time.sleep(0.01)
        with clock.stage("embed"):
            time.sleep(0.02)
    whole = time.perf_counter() - began

    assert clock.seconds["embed"] >= 0.02
    assert clock.seconds["verify"] >= 0.01
    assert sum(clock.seconds.values()) <= whole


def test_checking_is_timed_by_stage_and_the_verdicts_stay(home: Newsroom, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    found = time_checks(home, [draft, draft])

    assert (found.drafts, found.sentences) == (2, 4)
    assert all(found.by_stage[name] > 0 for name in ("embed", "search", "verify"))
    assert sum(found.by_stage.values()) < found.total
    assert [line.split(" |")[0] for line in found.table()[2:]] == [
        "| embed", "| search", "| verify", "| the rest", "| whole check",
    ]  # fmt: skip
    assert [one.verdict for one in home.check(DRAFT).sentences] == ["contradicted", "supported"]


def invoke(*words: str | Path) -> Result:
    arguments = ["seconds", *map(str, words)]
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def test_one_command_prints_both_tables(
    home: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "open_newsroom", lambda *_: newsroom(tmp_path / "home"))
    store = tmp_path / "runs.sqlite"
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    with RunStore.open(store) as opened:
        run_suite(SUITE, "dateline", home, opened, progress=False)
        (run,) = opened.runs()
    result = invoke(run.id, "--store", store, "--draft", tmp_path / "draft.md")

    assert result.exit_code == 0
    assert "### dateline on harbour, n 6" in result.output
    assert "| first evidence | 6 | " in result.output
    assert "| whole answer | 6 | " in result.output
    assert "### Checking, drafts 1, sentences 2" in result.output
    assert "| whole check | " in result.output


def test_a_command_without_anything_to_tell_says_what_to_name(tmp_path: Path) -> None:
    assert "name a RUN" in invoke().output
    assert invoke().exit_code == 2
    missing = invoke("--draft", tmp_path / "none.md")
    assert missing.exit_code == 1
    assert "none.md" in missing.output

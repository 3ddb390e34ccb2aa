"""`dateline-eval ingest`, on the sample articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.errors import EvalError
from evals.speed.ingest import ingest_command, measure

ARTICLES = 6


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(ARTICLES):
        said = " ".join(f"The mayor of town {n} counted {n}{k} votes." for k in range(12))
        (folder / f"{n}.txt").write_text(f"Town {n} votes\n\n{said}")
    (folder / "nothing.txt").write_text("")
    return folder


@pytest.mark.model
def test_all_is_taken_in_and_the_parts_in_both_ways(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "figures.json"
    done = CliRunner().invoke(
        ingest_command, [str(source), "--rounds", "1", "--share", "3", "--json", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert f"{ARTICLES} articles taken in" in done.output
    assert "rejected 1 times: " in done.output
    told = json.loads(out.read_text())
    assert told["whole"]["counts"]["added"] == ARTICLES
    (ours,), (theirs,) = told["library"], told["plain"]
    assert ours["articles"] == theirs["articles"] < ARTICLES
    assert ours["passages"] == theirs["passages"] > 0
    assert 0 < theirs["disk"] < ours["disk"]


@pytest.mark.slow
def test_a_process_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="MissingPath"):
        measure(tmp_path / "missing", tmp_path / "work", 0, 1)


def test_more_rounds_than_parts_are_refused(source: Path) -> None:
    done = CliRunner().invoke(ingest_command, [str(source), "--rounds", "3", "--share", "2"])
    assert done.exit_code == 2
    assert "--rounds" in done.output

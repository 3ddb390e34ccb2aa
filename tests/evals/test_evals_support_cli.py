"""`dateline-eval verify` from the outside, with a small fake embedder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from embeddings.embedders.hashing import HashEmbedder
from evals.commands import verify as cli
from evals.sets import open_set
from evals.store import RunStore
from evals.support.claim import ClaimSet
from evals.support.judging import JUDGES

Run = Callable[..., Result]

DOCUMENT = "The harbour of Velmora froze over in January. Nine boats were stuck for a week."
SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    made = cli.verify

    def small(of: cli.VerifyRun) -> object:
        return made(of, embedder=lambda: HashEmbedder(256))

    monkeypatch.setattr(cli, "verify", small)
    monkeypatch.chdir(tmp_path)

    def invoke(*args: str | Path) -> Result:
        words = [str(arg) for arg in args]
        return CliRunner().invoke(cli.verify_command, words, catch_exceptions=False)

    return invoke


@pytest.fixture
def fever(tmp_path: Path) -> str:
    """A labelled set of six claims on three sentences of evidence, in the form of FEVER."""
    lines = []
    for at, month in enumerate(["January", "March", "May"]):
        for label, said in (("SUPPORTS", month), ("REFUTES", "December")):
            lines.append(
                {
                    "id": f"{at}{label}",
                    "claim": f"The harbour froze over in {said} .",
                    "evidence": f"The harbour of Velmora froze over in {month} .",
                    "label": label,
                }
            )
    file = tmp_path / "made_symmetric.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return f"fever:{file}"


def test_it_prints_every_judge_and_the_published_figures(run: Run, fever: str) -> None:
    result = run(fever)

    assert result.exit_code == 0, result.output
    for judge in JUDGES:
        assert f"| {judge} | 6 on 3 |" in result.stdout
    assert "| dateline | 6 on 3 | 1.00" in result.stdout
    assert result.stdout.index("| similarity |") < result.stdout.index("Schuster et al. 2019")
    assert Path("dateline-runs.sqlite").exists()


def test_it_writes_the_report(run: Run, fever: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(fever, "--judge", "dateline", "--limit", "2", "--out", out, "--store", "s.sqlite")

    assert result.exit_code == 0, result.output
    page = (out / "support.md").read_text(encoding="utf-8")
    assert "2 of 6 claims on 1 documents" in page
    (numbers,) = json.loads((out / "support.json").read_text(encoding="utf-8"))
    assert numbers["judge"] == "dateline"
    assert len(numbers["judged"]) == 2
    assert Path("s.sqlite").exists()
    assert not Path("dateline-runs.sqlite").exists()


def test_judges_that_are_done_are_not_asked_again_unless_told_to(run: Run, fever: str) -> None:
    def runs() -> int:
        with RunStore.open("dateline-runs.sqlite") as store:
            return len(store.runs())

    first = run(fever, "--judge", "word-overlap")
    second = run(fever, "--judge", "word-overlap", "--judge", "similarity")
    assert runs() == 2
    assert set(first.stdout.splitlines()) <= set(second.stdout.splitlines())
    run(fever, "--judge", "word-overlap", "--fresh")
    assert runs() == 3


def test_a_set_of_questions_is_refused(run: Run, tmp_path: Path) -> None:
    squad = {
        "data": [
            {
                "title": "Velmora",
                "paragraphs": [
                    {
                        "context": DOCUMENT,
                        "qas": [
                            {
                                "id": "1",
                                "question": "How many boats were stuck?",
                                "answers": [{"text": "Nine", "answer_start": 47}],
                            }
                        ],
                    }
                ],
            }
        ]
    }
    file = tmp_path / "made.json"
    file.write_text(json.dumps(squad), encoding="utf-8")
    result = run(f"squad:{file}")

    assert result.exit_code == 1
    assert "no labelled claims" in result.stderr
    assert "dateline-eval run squad:" in result.stderr


def test_a_missing_set_and_a_folder_that_is_a_file_are_told(
    run: Run, fever: str, tmp_path: Path
) -> None:
    assert run("fib:nowhere").exit_code == 1
    file = tmp_path / "taken"
    file.write_text("", encoding="utf-8")
    result = run(fever, "--judge", "word-overlap", "--out", file / "below")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


@pytest.mark.skipif(not SHARED.exists(), reason="the public sets are not on this machine")
def test_symmetric_fever_as_it_is_published() -> None:
    claims = open_set(f"fever:{SHARED / 'fever_symmetric' / 'fever_symmetric_test.jsonl'}")

    assert isinstance(claims, ClaimSet)
    # Its makers wrote as many true as false: whoever reads the claim alone is at chance.
    assert sum(claim.supported for claim in claims.claims) * 2 == len(claims.claims) == 712

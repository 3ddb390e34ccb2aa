"""`dateline check`: what it prints, what it writes, and with which status it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rag.commands.check import check_command
from tests.rag.cli_stand import Stand


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    made = Stand()
    made.patch(monkeypatch)
    return made


def check(*arguments: object, status: int, given: str | None = None) -> Result:
    done = CliRunner().invoke(check_command, [str(one) for one in arguments], input=given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == status, done.output
    return done


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text("Engineers found 41 cracked beams in April. A whale sang.", encoding="utf-8")
    return path


def test_status_1_and_both_values_where_something_differs(
    stand: Stand, library: Path, draft: Path
) -> None:
    done = check(draft, "--library", library, status=1)
    assert "the draft has “41 cracked beams”" in done.stdout
    assert "draft.md: 2 sentences: 1 contradicted, 1 silent." in done.stdout
    assert stand.loaded


def test_status_0_where_nothing_differs(stand: Stand, library: Path, tmp_path: Path) -> None:
    path = tmp_path / "true.txt"
    path.write_text("Engineers found 14 cracked beams in April. A whale sang.", encoding="utf-8")
    done = check(path, "--library", library, status=0)
    assert "SUPPORTED" in done.stdout
    assert stand.loaded


@pytest.mark.usefixtures("stand")
def test_json_and_page_at_once(library: Path, draft: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "draft.html"
    done = check(draft, "--library", library, "--json", "--html", page, status=1)
    assert json.loads(done.stdout)["counts"]["contradicted"] == 1
    assert f"Written: {page}" in done.stderr
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("stand")
def test_standard_input_and_as_of(library: Path) -> None:
    text = "Engineers found 41 cracked beams in April."
    check("-", "--library", library, status=1, given=text)
    done = check("-", "--library", library, "--as-of", "2024-06-01", status=0, given=text)
    assert "1 silent" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["gone.md"],
        ["."],
        ["draft.md", "--as-of", "yesterday"],
        ["draft.md", "--library", "no-such-library"],
    ],
)
def test_status_2_for_bad_input(
    stand: Stand, draft: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(draft.parent)
    done = check(*arguments, status=2)
    assert done.stderr.startswith("Error: ")
    assert "Next: " in done.stderr
    assert not done.stdout
    assert "no-such-library" in arguments or not stand.loaded


@pytest.mark.usefixtures("stand")
def test_a_page_that_cannot_be_written_is_told(library: Path, draft: Path) -> None:
    done = check(draft, "--library", library, "--html", draft / "page.html", status=2)
    assert "cannot be written" in done.stderr

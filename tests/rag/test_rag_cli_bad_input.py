"""Bad input: each a clear error, the right status, nothing lost, no traceback, no model loaded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rag.writing.generators import load_generator
from tests.rag.cli_stand import Stand
from tests.rag.desks import FILES, HARBOUR_QUESTION, write_articles

BINARY = bytes(range(256)) * 20
ASKING = ["ask", "search"]
OPENING = [["ask", HARBOUR_QUESTION], ["search", HARBOUR_QUESTION], ["stats"], ["show", "0" * 16]]


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    made = Stand()
    made.patch(monkeypatch)
    return made


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \n\t\n", "empty"),
        ("binary.txt", BINARY, "binary"),
        ("empty.csv", b"", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", ""),
    ],
)
def test_a_file_that_is_no_article_is_named_and_a_run_of_such_fails(
    stand: Stand, tmp_path: Path, library: Path, name: str, data: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = stand("index", path, "--library", library, status=1)
    assert f"rejected {path}: " in done.stdout
    assert reason in done.stdout.partition(f"rejected {path}: ")[2]
    assert '"articles": 3' in stand("stats", "--library", library, "--json").stdout


def test_a_bad_file_among_good_ones_is_named_and_the_rest_is_read(
    stand: Stand, tmp_path: Path
) -> None:
    articles = write_articles(tmp_path / "articles")
    (articles / "a-binary.txt").write_bytes(BINARY)
    done = stand("index", articles, "--library", tmp_path / "library")
    assert done.stdout.startswith(f"{len(FILES)} added")
    assert "a-binary.txt: binary" in done.stdout


def test_a_missing_folder_is_told_before_anything_is_done(stand: Stand, tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles")
    missing = tmp_path / "nowhere"
    done = stand("index", articles, missing, "--library", tmp_path / "library", status=1)
    assert f"({missing})" in done.stderr
    assert "Next: " in done.stderr
    assert stand.loaded == []
    assert not (tmp_path / "library").exists()


def test_a_folder_with_nothing_to_read_is_told(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    done = stand("index", tmp_path / "pictures", "--library", tmp_path / "library", status=1)
    assert "no file that Dateline reads" in done.stderr
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("command", ASKING)
@pytest.mark.parametrize("question", ["", "   ", "\n", "?!"])
def test_an_empty_question_is_bad_usage(
    stand: Stand, library: Path, command: str, question: str
) -> None:
    done = stand(command, question, "--library", library, status=2)
    assert "the question is empty" in done.stderr
    assert done.stdout == ""
    assert stand.loaded == []


@pytest.mark.parametrize("command", ASKING)
def test_a_question_of_a_megabyte_is_told_at_once_and_loads_no_model(
    stand: Stand, library: Path, command: str
) -> None:
    question = "why " * 250_000
    stand(command, "", "--library", library, status=2)  # what is imported once is not counted
    began = time.process_time()
    done = stand(command, question, "--library", library, status=2)
    assert time.process_time() - began < 0.1
    assert "the question has 1,000,000 characters and the limit is 2,000" in done.stderr
    assert len(done.output) < 1000
    assert stand.loaded == []


@pytest.mark.parametrize("command", ASKING)
@pytest.mark.parametrize("option", ["--as-of", "--since", "--until"])
@pytest.mark.parametrize("day", ["soon", "2024-02-30", "31/03/2024", ""])
def test_a_bad_date_is_bad_usage(
    stand: Stand, library: Path, command: str, option: str, day: str
) -> None:
    done = stand(command, HARBOUR_QUESTION, "--library", library, option, day, status=2)
    assert "is not a date" in done.stderr
    assert "YYYY-MM-DD" in done.stderr
    assert stand.loaded == []


@pytest.mark.parametrize("command", OPENING)
def test_a_library_that_is_missing_is_told_with_the_command_that_makes_it(
    stand: Stand, tmp_path: Path, command: list[str]
) -> None:
    done = stand(*command, "--library", tmp_path / "nowhere", status=1)
    assert "there is no library yet" in done.stderr
    assert "dateline index" in done.stderr
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", [*OPENING, ["index", "articles"]])
def test_a_library_path_that_is_a_file_is_told_and_the_file_is_kept(
    stand: Stand, tmp_path: Path, command: list[str]
) -> None:
    write_articles(tmp_path / "articles")
    path = tmp_path / "notes.txt"
    path.write_text("my notes")
    done = stand(*command, "--library", path, status=1)
    assert str(path) in done.stderr
    assert path.read_text() == "my notes"


@pytest.mark.parametrize("command", [*OPENING, ["index", "articles"], ["index", "--rebuild"]])
def test_a_foreign_folder_is_told_and_left_as_it_is(
    stand: Stand, tmp_path: Path, command: list[str]
) -> None:
    folder = write_articles(tmp_path / "articles")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = stand(*command, "--library", folder, status=1)
    assert str(folder) in done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_damaged_library_is_told(stand: Stand, library: Path) -> None:
    (library / "library.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    for command in OPENING:
        assert "Error: " in stand(*command, "--library", library, status=1).stderr


def test_a_missing_model_package_is_told_with_the_command_that_installs_it(
    stand: Stand, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.newsroom.load_generator", load_generator)
    monkeypatch.setenv("DATELINE_MODEL", "package:no_such_package/x")
    done = stand("ask", HARBOUR_QUESTION, "--library", library, status=1)
    assert "the model package no_such_package is not installed" in done.stderr
    assert "pip install no-such-package" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("nonsense", "cannot read the model name"),
        ("path:/no/such/model", "no model at that path"),
        ("hf:one", "named by organisation, name and revision"),
        ("openai:http://127.0.0.1:9/v1", "goes after '#'"),
        ("openai:http://127.0.0.1:9/v1#m", "does not answer"),
    ],
)
def test_a_bad_model_name_is_told(
    stand: Stand, library: Path, monkeypatch: pytest.MonkeyPatch, uri: str, words: str
) -> None:
    monkeypatch.setattr("rag.newsroom.load_generator", load_generator)
    monkeypatch.setenv("DATELINE_LEAST_ANSWERABLE", "0")
    done = stand("ask", HARBOUR_QUESTION, "--library", library, "--model", uri, status=1)
    assert words in done.stderr
    assert "Next: " in done.stderr


def test_a_missing_embedder_package_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_EMBEDDER", "package:no_such_package/x")
    articles = write_articles(tmp_path / "articles")
    done = Stand()("index", articles, "--library", tmp_path / "library", status=1)
    assert "the model package no_such_package is not installed" in done.stderr
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("command", [*OPENING, ["index", "articles"]])
def test_a_bad_setting_is_told(
    stand: Stand,
    library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    write_articles(tmp_path / "articles")
    monkeypatch.setenv("DATELINE_HITS", "none")
    done = stand(*command, "--library", library, status=1)
    assert "the setting hits is wrong" in done.stderr


def test_an_unknown_article_is_told(stand: Stand, library: Path) -> None:
    done = stand("show", "no-such-id", "--library", library, status=1)
    assert "there is no article no-such-id" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["ask"],
        ["ask", "one", "two"],
        ["ask", HARBOUR_QUESTION, "--loud"],
        ["search", HARBOUR_QUESTION, "-k", "0"],
        ["search", HARBOUR_QUESTION, "-k", "many"],
    ],
)
def test_bad_options_are_bad_usage(stand: Stand, arguments: list[str]) -> None:
    assert "Usage: " in stand(*arguments, status=2).stderr
    assert stand.loaded == []

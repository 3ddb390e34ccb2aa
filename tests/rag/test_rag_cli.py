"""`dateline`: what each command prints, and with which status it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rag.intake.indexing
import rag.newsroom
from embeddings.embedders.hashing import HashEmbedder
from embeddings.embedders.models import DEFAULT_EMBEDDER, DEFAULT_GENERATOR
from rag.newsroom import Newsroom
from rag.settings import Settings
from tests.rag.cli_stand import Stand
from tests.rag.desks import (
    BRIDGE_QUESTION,
    FILES,
    HARBOUR_QUESTION,
    HARBOUR_QUOTE,
    MARKET_QUESTION,
    write_articles,
)


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    made = Stand()
    made.patch(monkeypatch)
    monkeypatch.setenv("DATELINE_LEAST_ANSWERABLE", "0")
    return made


def ids(stand: Stand, library: Path) -> dict[str, str]:
    """Article ids by title."""
    found = json.loads(
        stand("search", "council bridge market", "--library", library, "--json").stdout
    )
    return {hit["article"]["title"]: hit["article"]["id"] for hit in found}


def test_index_tells_what_became_of_the_articles(stand: Stand, tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles")
    (articles / "empty.txt").write_text("")
    done = stand("index", articles, "--library", tmp_path / "library")
    assert done.stdout.startswith("3 added, 0 updated, 0 unchanged, 0 duplicates, 1 rejected; ")
    assert f"rejected {articles / 'empty.txt'}: empty" in done.stdout
    again = stand("index", articles, "--library", tmp_path / "library")
    assert again.stdout.startswith("0 added, 0 updated, 3 unchanged, 0 duplicates, 1 rejected; ")
    assert set(stand.loaded) == {DEFAULT_EMBEDDER}


def test_index_prints_its_report_as_json(stand: Stand, tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles")
    done = stand("index", articles, "--library", tmp_path / "library", "--json")
    report = json.loads(done.stdout)
    assert (report["added"], report["rejected"]) == (len(FILES), [])


def test_index_takes_several_paths(stand: Stand, tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles")
    paths = [articles / "harbour.md", articles / "bridge.md"]
    assert stand("index", *paths, "--library", tmp_path / "x").stdout.startswith("2 added")


def test_delete_removes_an_article(stand: Stand, library: Path) -> None:
    gone = ids(stand, library)["Council approves the harbour plan"]
    done = stand("index", "--library", library, "--delete", gone)
    assert (done.stdout, done.stderr) == ("", f"Deleted {gone}.\n")
    assert "Council approves the harbour plan" not in ids(stand, library)
    stand("show", gone, "--library", library, status=1)


def test_rebuild_embeds_every_article_anew(stand: Stand, library: Path) -> None:
    stand.embedder = HashEmbedder(dimensions=32)
    done = stand("search", HARBOUR_QUESTION, "--library", library, status=1)
    assert "made by another embedder" in done.stderr
    assert "--rebuild" in done.stderr
    assert "3 articles embedded anew" in stand("index", "--library", library, "--rebuild").stderr
    assert "12.5 million" in stand("search", HARBOUR_QUESTION, "--library", library).stdout


def test_ask_prints_the_answer_and_its_sources(stand: Stand, library: Path) -> None:
    done = stand("ask", HARBOUR_QUESTION, "--library", library)
    assert done.stdout.splitlines() == [
        f"12.5 million pounds [1] “{HARBOUR_QUOTE}” [1]",
        "",
        "Sources",
        "  [1] Ashford Courier, 2024-03-05, “Council approves the harbour plan”",
        f"      “{HARBOUR_QUOTE}”",
    ]
    assert stand.loaded == [DEFAULT_EMBEDDER, DEFAULT_GENERATOR]


def test_ask_prints_the_answers_own_dictionary_as_json(
    stand: Stand, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[dict[str, object]] = []
    ask = Newsroom.ask

    def remember(self: Newsroom, question: str, **days: Any) -> Any:
        answer = ask(self, question, **days)
        answers.append(answer.to_dict())
        return answer

    monkeypatch.setattr(Newsroom, "ask", remember)
    done = stand("ask", HARBOUR_QUESTION, "--library", library, "--json")
    assert json.loads(done.stdout) == json.loads(json.dumps(answers[0]))
    assert answers[0]["status"] == "answered"


def test_ask_ends_with_3_when_it_refuses(stand: Stand, library: Path) -> None:
    done = stand("ask", "Who won the 2022 World Cup?", "--library", library, status=3)
    assert "do not mention “2022”, “World”, “Cup”" in done.stdout
    assert "Nearest, though no answer" in done.stdout
    done = stand("ask", "Who won the 2022 World Cup?", "--library", library, "--json", status=3)
    answer = json.loads(done.stdout)
    assert answer["status"] == "refused"
    assert answer["refusal"]["kind"] == "off_corpus"
    assert answer["sentences"] == []


@pytest.mark.parametrize("command", ["ask", "search"])
def test_days_are_kept_to(stand: Stand, library: Path, command: str) -> None:
    def dates(*days: str, status: int = 0) -> set[str | None]:
        done = stand(
            command, "what work begins", "--library", library, "--json", *days, status=status
        )
        read = json.loads(done.stdout)
        hits = read["hits"] if command == "ask" else read
        return {hit["article"]["published"] for hit in hits}

    assert dates() == {"2024-03-05", "2024-06-18", None}
    assert dates("--as-of", "2024-03-31") == {"2024-03-05"}
    assert dates("--since", "2024-03-06") == {"2024-06-18"}
    assert dates("--until", "2024-06-17") == {"2024-03-05"}
    none = 3 if command == "ask" else 0
    assert dates("--as-of", "1999-01-01", status=none) == set()


def test_ask_takes_a_model_for_this_once(stand: Stand, library: Path) -> None:
    uri = "openai:http://127.0.0.1:9/v1#m"
    stand("ask", HARBOUR_QUESTION, "--library", library, "--model", uri)
    assert stand.loaded == [DEFAULT_EMBEDDER, uri]


def test_search_shows_passages_and_loads_no_language_model(stand: Stand, library: Path) -> None:
    done = stand("search", HARBOUR_QUESTION, "--library", library, "-k", "2")
    assert done.stdout.startswith(" 1. Ashford Courier, 2024-03-05, “Council approves the harbour")
    assert HARBOUR_QUOTE in done.stdout
    assert "\n 2. " in done.stdout
    assert "\n 3. " not in done.stdout
    assert stand.loaded == [DEFAULT_EMBEDDER]
    done = stand("search", HARBOUR_QUESTION, "--library", library, "--as-of", "1999-01-01")
    assert done.stdout == "Nothing found.\n"


def test_show_prints_the_text_in_which_every_citations_offsets_count(
    stand: Stand, library: Path
) -> None:
    for question in (HARBOUR_QUESTION, BRIDGE_QUESTION, MARKET_QUESTION):
        answer = json.loads(stand("ask", question, "--library", library, "--json").stdout)
        for citation in (one for said in answer["sentences"] for one in said["citations"]):
            article_id = citation["article"]["id"]
            start, end = citation["start"], citation["end"]
            words = stand("show", article_id, "--library", library).stdout
            text = words.split("\n\n", 1)[1].removesuffix("\n")
            assert text[start:end] == citation["quote"]
            shown = json.loads(stand("show", article_id, "--library", library, "--json").stdout)
            assert shown["text"] == text
            assert citation["article"].items() <= shown.items()


def test_show_says_how_the_article_was_dated(stand: Stand, library: Path) -> None:
    by_title = ids(stand, library)
    words = stand("show", by_title["Council approves the harbour plan"], "--library", library)
    assert "dated by: metadata" in words.stdout
    words = stand("show", by_title["Traders want the covered market back"], "--library", library)
    assert "dated by: none" in words.stdout


def test_stats_counts_what_the_library_holds(stand: Stand, library: Path) -> None:
    figures = json.loads(stand("stats", "--library", library, "--json").stdout)
    assert (figures["articles"], figures["undated"], figures["outlets"]) == (3, 1, 3)
    assert (figures["first"], figures["last"]) == ("2024-03-05", "2024-06-18")
    words = dict(
        line.split(None, 1) for line in stand("stats", "--library", library).stdout.splitlines()
    )
    assert words["articles"] == "3"
    assert words["first"] == "2024-03-05"
    assert words.keys() == figures.keys()


def test_doctor_looks_at_everything_and_says_what_is_bad(
    stand: Stand, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = stand("doctor", "--library", library)
    assert "3 articles" in done.stdout
    assert all(line.startswith("ok") for line in done.stdout.splitlines())
    (library / "library.sqlite3").write_bytes(b"nothing")
    assert "BAD " in stand("doctor", "--library", library, status=1).stdout
    monkeypatch.setenv("DATELINE_MODEL", "package:no_such_package/x")
    done = stand("doctor", status=1)
    assert "BAD  the model package no_such_package is not installed" in done.stdout


def test_the_library_of_the_settings_is_used_when_none_is_named(
    stand: Stand, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_LIBRARY", str(library))
    assert json.loads(stand("stats", "--json").stdout)["articles"] == 3
    assert HARBOUR_QUOTE in stand("ask", HARBOUR_QUESTION).stdout


def test_without_any_library_the_sample_is_asked_and_that_is_said(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.sample_library.user_cache_path", lambda name: tmp_path / name)
    done = stand("search", "Who spoke to Al Jazeera?", "--json")
    assert "this is the sample library" in done.stderr
    assert json.loads(done.stdout)[0]["article"]["outlet"] == "Dateline brief"


def test_json_on_standard_output_stands_alone(stand: Stand, library: Path) -> None:
    for command in (["ask", HARBOUR_QUESTION], ["search", HARBOUR_QUESTION], ["stats"]):
        json.loads(stand(*command, "--library", library, "--json").stdout)


def test_an_interrupted_run_says_what_is_kept(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    articles = write_articles(tmp_path / "articles")
    monkeypatch.setattr(rag.intake.indexing, "open_and_add", interrupt)
    done = stand("index", articles, "--library", tmp_path / "library", status=130)
    assert "What was committed is kept" in done.stderr


def test_a_forgotten_path_is_bad_usage(stand: Stand, tmp_path: Path) -> None:
    done = stand("index", "--library", tmp_path / "library", status=2)
    assert "Name at least one file or folder" in done.stderr


def test_settings_are_those_of_the_command_line(stand: Stand, library: Path) -> None:
    answer = json.loads(stand("ask", HARBOUR_QUESTION, "--library", library, "--json").stdout)
    settings = Settings.model_validate_json(answer["fingerprint"]["settings"])
    assert settings.model == DEFAULT_GENERATOR
    assert settings.least_answerable == 0


@pytest.mark.parametrize("arguments", [["ask", "--help"]])
def test_help_answers_without_a_model_library(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from rag.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print([n for n in ('torch', 'transformers', 'faiss') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("markdown", "[^1]: Ashford Courier, 2024-03-05, "),
        ("html", "<!DOCTYPE html>"),
        ("json", '"form": "dateline-conversation"'),
        ("csl", '"container-title": "Ashford Courier"'),
        ("bibtex", "  journal = {Ashford Courier},"),
    ],
)
def test_ask_writes_a_whole_file_of_each_form(
    stand: Stand, library: Path, form: str, part: str
) -> None:
    done = stand("ask", HARBOUR_QUESTION, "--library", library, "--format", form)
    assert part in done.stdout
    assert done.stdout.endswith("\n")
    assert not done.stdout.endswith("\n\n")

"""A fingerprint changes with what numbers depend on, and with nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import evals.fingerprint as module
from corpus.article import Article
from evals.fakes import make_article
from evals.fingerprint import (
    code_digest,
    fingerprint,
    library_digest,
    portable,
    settings_json,
    weights_digest,
)
from evals.suite import Suite
from rag.newsroom import Newsroom
from rag.settings import Settings
from tests.evals.small import BRIDGE, FERRY, FORGED, QUAY, SUITE, newsroom


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path / "here") as opened:
        yield opened


def changed(a: dict[str, str], b: dict[str, str]) -> set[str]:
    assert a.keys() == b.keys()
    return {name for name in a if a[name] != b[name]}


def test_the_same_things_elsewhere_on_the_machine_have_the_same_fingerprint(
    home: Newsroom, tmp_path: Path
) -> None:
    elsewhere = Settings(least_answerable=0.0, library=tmp_path / "elsewhere" / "library")
    with newsroom(tmp_path / "elsewhere", settings=elsewhere) as other:
        taken = fingerprint(SUITE, "dateline", home), fingerprint(SUITE, "dateline", other)

    assert taken[0] == taken[1]
    assert not any(str(tmp_path) in value for value in taken[0].values())
    assert all(taken[0].values())


def test_what_is_named(home: Newsroom) -> None:
    taken = fingerprint(SUITE, "dateline", home, limit=3)

    assert (taken["suite"], taken["system"], taken["limit"]) == ("harbour", "dateline", "3")
    assert (taken["embedder"], taken["generator"]) == ("hash:64", "scripted")
    assert {"torch", "transformers", "sentence-transformers", "faiss-cpu", "python"} <= set(taken)


def test_each_change_shows_in_its_place(home: Newsroom, tmp_path: Path) -> None:
    before = fingerprint(SUITE, "dateline", home)
    with newsroom(tmp_path / "other", settings=Settings(least_answerable=0.1)) as stricter:
        assert changed(before, fingerprint(SUITE, "dateline", stricter)) == {"settings"}
    assert changed(before, fingerprint(SUITE, "plain-prompt", home)) == {"system"}
    assert changed(before, fingerprint(SUITE, "dateline", home, limit=6)) == {"limit"}
    assert changed(before, fingerprint(SUITE.first(2), "dateline", home)) == {"data"}
    other_world = replace(SUITE, worlds={**SUITE.worlds, "true": (FORGED,)})
    assert changed(before, fingerprint(other_world, "dateline", home)) == {"data"}
    home.library.add([FERRY])
    assert changed(before, fingerprint(SUITE, "dateline", home)) == {"library"}


def test_a_change_of_code_shows(home: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(SUITE, "dateline", home)
    monkeypatch.setattr(module, "_own_code", lambda: "other")

    assert changed(before, fingerprint(SUITE, "dateline", home)) == {"code"}


def test_a_library_that_is_not_asked_does_not_count(home: Newsroom) -> None:
    alone = Suite("alone", tuple(s for s in SUITE.samples if s.world), SUITE.worlds)
    before = fingerprint(alone, "dateline", home)
    home.library.add([FERRY])

    assert before["library"] == "not asked"
    assert fingerprint(alone, "dateline", home) == before


def test_a_generator_that_writes_nothing_is_not_loaded_and_does_not_count(
    home: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: Newsroom) -> None:
        raise AssertionError("the generator was loaded")

    monkeypatch.setattr(Newsroom, "generator", property(load))
    taken = fingerprint(SUITE, "search-only", home, writes=False)

    assert (taken["generator"], taken["generator_weights"]) == ("not asked", "not asked")


def test_a_library_counts_by_what_its_articles_say() -> None:
    before = library_digest([QUAY, BRIDGE])
    moved = replace(QUAY, id="0" * 16, source="/elsewhere/Harbour plan.md", url="https://x.example")

    assert library_digest([BRIDGE, moved]) == before
    for other in (
        replace(QUAY, text=QUAY.text + " "),
        replace(QUAY, title="Other"),
        replace(QUAY, published=None),
        replace(QUAY, outlet=None),
        replace(QUAY, source="articles/Another name.md"),
    ):
        assert library_digest([other, BRIDGE]) != before
    assert library_digest([QUAY]) != before
    assert library_digest([]) == library_digest(iter(()))
    assert library_digest([make_article("a\udc80", "A lone surrogate")])


def test_code_counts_by_the_names_and_bytes_of_its_python_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one" / "rag", tmp_path / "two" / "rag"
    (one / "deep").mkdir(parents=True)
    (one / "deep" / "a.py").write_text("x = 1\n", encoding="utf-8")
    (one / "notes.txt").write_text("notes", encoding="utf-8")
    shutil.copytree(one, two)
    before = code_digest([one])

    assert code_digest([two]) == before
    (two / "notes.txt").write_text("other notes", encoding="utf-8")
    assert code_digest([two]) == before
    (two / "deep" / "a.py").write_text("x = 2\n", encoding="utf-8")
    assert code_digest([two]) != before
    (one / "deep" / "a.py").rename(one / "deep" / "b.py")
    assert code_digest([one]) != before


def test_datelines_own_code_is_counted() -> None:
    roots = [Path(module.__file__).parents[1] / name for name in module.SOURCES]

    module._own_code.cache_clear()
    assert code_digest() == code_digest(roots)


def test_weights_count_by_their_bytes_wherever_they_lie(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    (one / "model.safetensors").write_bytes(b"weights")
    (one / "config.json").write_bytes(b"{}")
    shutil.copytree(one, two)
    before = weights_digest(f"path:{one}")

    assert weights_digest(f"path:{two}") == before
    assert weights_digest(f"path:{one / 'model.safetensors'}") != before
    (two / "model.safetensors").write_bytes(b"WEIGHTS")
    os.utime(two / "model.safetensors", ns=(1, 1))
    assert weights_digest(f"path:{two}") != before


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("scripted", "no file"),
        ("path:/no/such/model", "no file"),
        ("openai:http://localhost:8000/v1#model", "behind a server"),
        ("hf:org/model@abc", "at its revision"),
    ],
)
def test_weights_that_cannot_be_hashed_say_why(uri: str, said: str) -> None:
    assert weights_digest(uri) == said


def test_a_model_is_named_without_its_folder() -> None:
    assert portable("path:/home/me/models/small.gguf") == "path:small.gguf"
    for uri in (
        "package:llm/x.gguf",
        "hf:org/model@abc",
        "openai:http://localhost/v1#m",
        "hash:64",
    ):
        assert portable(uri) == uri


def test_settings_are_told_without_folders() -> None:
    here = Settings(model="path:/here/small.gguf", library=Path("/here/library"))
    there = Settings(model="path:/there/small.gguf", library=Path("/there/library"))

    assert settings_json(here) == settings_json(there)
    assert "here" not in settings_json(here)
    assert settings_json(Settings(hits=9)) != settings_json(Settings())


def test_a_library_is_read_once_for_each_of_its_states(
    home: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    articles = home.library.articles

    def counted() -> Iterator[Article]:
        reads.append(1)
        return articles()

    monkeypatch.setattr(home.library, "articles", counted)
    before = fingerprint(SUITE, "dateline", home)["library"]
    assert fingerprint(SUITE, "search-only", home)["library"] == before
    assert len(reads) == 1
    home.library.add([make_article("A ferry ran aground.", "Ferry aground")])
    assert fingerprint(SUITE, "dateline", home)["library"] != before

"""`dateline-eval scale`, at a size that a test can carry."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from corpus.errors import NothingToRead
from embeddings.index.vector_kinds import KINDS
from embeddings.library import Library
from evals.speed.archive import Archive, ArchiveOptions, embedder, nearest
from evals.speed.scale import scale_command

SMALL = ArchiveOptions(passages=300, vocabulary=2_000)


def test_an_archive_is_a_library_like_any_other(tmp_path: Path) -> None:
    archive = Archive(SMALL)
    assert archive.fill(tmp_path / "library") == 75
    questions = archive.questions(5)
    truth = nearest(tmp_path / "library", questions, 10)
    with Library.open(tmp_path / "library", embedder()) as library:
        library.check()
        assert library.stats().passages == 300
        for question, names in zip(questions, truth, strict=True):
            assert np.linalg.norm(question.vector) == pytest.approx(1, abs=1e-6)
            assert {name for name, _ in library.dense(question.vector, 10)} == set(names)
            assert library.lexical(question.text, 10)


def test_an_archive_is_drawn_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        Archive(SMALL).fill(tmp_path / name)
    with (
        Library.open(tmp_path / "one", embedder()) as one,
        Library.open(tmp_path / "two", embedder()) as two,
    ):
        assert list(one.articles()) == list(two.articles())
        name = f"{next(one.articles()).id}:0"
        assert np.array_equal(one.vectors([name]), two.vectors([name]))


def test_articles_of_a_folder_are_repeated_with_noise(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(3):
        text = f"Report {n}\n\n" + " ".join(
            f"The council of town {n} voted again." for _ in range(30)
        )
        (folder / f"{n}.txt").write_text(text)
    Archive(SMALL, folder).fill(tmp_path / "library")
    with Library.open(tmp_path / "library", embedder()) as library:
        assert library.stats().passages == 300
        texts = [article.text for article in library.articles()]
        assert len(set(texts)) == len(texts) > 3
        assert len(library.lexical("council", 500)) > 150


def test_a_folder_without_an_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    with pytest.raises(NothingToRead):
        Archive(SMALL, tmp_path / "articles").fill(tmp_path / "library")
    (tmp_path / "articles" / "empty.txt").write_text("")
    with pytest.raises(NothingToRead):
        Archive(SMALL, tmp_path / "articles").fill(tmp_path / "other")


@pytest.mark.slow
def test_every_kind_is_measured(tmp_path: Path) -> None:
    out = tmp_path / "scale.json"
    ran = CliRunner().invoke(
        scale_command, ["--passages", "1200", "--questions", "6", "--out", str(out)]
    )
    assert ran.exit_code == 0, ran.output
    told = json.loads(out.read_text())
    assert told["passages"] == 1200
    assert [kind["kind"] for kind in told["kinds"]] == [kind.name for kind in KINDS]
    for kind in told["kinds"]:
        assert kind["kind"] in ran.output
        assert kind["probe"]["recall"] >= 0.9
        assert 0 < kind["probe"]["hybrid_50"] <= kind["probe"]["hybrid_95"]
        assert kind["probe"]["resident"]["VmRSS"] > 10_000_000
        assert min(kind["sizes"].values()) > 0
        assert min(kind["build"], kind["fold"], kind["probe"]["added"]) > 0


def test_an_unknown_kind_is_refused() -> None:
    ran = CliRunner().invoke(scale_command, ["--kinds", "exact,quick"])
    assert ran.exit_code == 2
    assert "quick" in ran.output

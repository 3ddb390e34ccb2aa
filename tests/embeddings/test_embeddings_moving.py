"""A library moved to another place and back is the library that it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.report import IngestReport
from embeddings.libraries import open_library
from embeddings.library import Library
from embeddings.moving import copy_library
from embeddings.protocol import LibraryLike
from tests.embeddings.conftest import CountingEmbedder, build_article
from tests.embeddings.contract import QUESTION, REPORT, crowd, vector_of


def test_both_kinds_are_libraries() -> None:
    from embeddings.milvus.library import MilvusLibrary

    # What mypy checks here, the interpreter cannot: that the signatures agree.
    kinds: tuple[type[LibraryLike], ...] = (Library, MilvusLibrary)
    names = {name for name in vars(LibraryLike) if not name.startswith("_")}
    for kind in kinds:
        assert names <= set(dir(kind))


def filled(library: LibraryLike) -> LibraryLike:
    articles = [
        *reversed(crowd(12)),
        build_article(20, text=REPORT, outlet="Elstow Courier", published=None),
        build_article(21, text=REPORT.replace("over", "on"), outlet="Farnham", published=None),
    ]
    library.add(articles)
    for number in range(3):
        library.add([replace(articles[1], title=f"Version {number}")])
    library.withdraw(articles[3].id, date(2024, 3, 1))
    library.delete(articles[4].id)
    return library


def held(library: LibraryLike) -> list[object]:
    """All that there is to know of a library, but for how it came to be."""
    found: list[object] = []
    for article in library.articles():
        passages = library.passages(article.id)
        vectors = library.vectors([passage.id for passage in passages])
        found.append(
            (article, library.versions(article.id), library.group(article.id), passages,
             vectors.tobytes())
        )  # fmt: skip
    stats = library.stats()
    figures = (stats.articles, stats.passages, stats.versions, stats.undated, stats.outlets)
    return [*found, figures, library.dense(vector_of(QUESTION), 99)]


@pytest.mark.parametrize(
    "stops",
    [
        ("local",),
        *(
            pytest.param(stops, marks=pytest.mark.slow)
            for stops in (("milvus",), ("milvus", "local"), ("local", "milvus"))
        ),
    ],
)
def test_moved_and_back_it_is_the_same(tmp_path: Path, stops: tuple[str, ...]) -> None:
    if "milvus" in stops:
        pytest.importorskip("pymilvus", reason="pymilvus is not installed")
        pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
    with open_library(tmp_path / "home", HashEmbedder(), create=True) as home:
        here = filled(home)
        wanted, words = held(here), here.lexical(QUESTION, 99)
        for number, stop in enumerate((*stops, "local")):
            place = f"{stop}_{number}" if stop == "local" else f"milvus:{tmp_path}/m.db#m{number}"
            there = open_library(
                place if stop == "milvus" else tmp_path / place, counting := CountingEmbedder(),
                create=True,
            )  # fmt: skip
            told: list[IngestReport] = []
            copied = copy_library(here, there, progress=told.append)
            assert copied == told[-1].added == here.stats().articles
            assert counting.calls == []
            assert held(there) == wanted
            found = there.lexical(QUESTION, 99)
            assert [hit for hit, _ in found] == [hit for hit, _ in words]
            assert np.allclose([score for _, score in found], [score for _, score in words])
            there.check()
            # A second copy changes nothing that can be seen, and it can be written to.
            copy_library(here, there)
            assert held(there) == wanted
            mark = next(article for article in there.articles() if article.withdrawn)
            assert there.add([replace(mark, withdrawn=None)]).unchanged == 1
            if here is not home:
                here.close()
            here = there
        here.close()


def test_another_embedder_is_refused(tmp_path: Path) -> None:
    with (
        open_library(tmp_path / "one", HashEmbedder(64), create=True) as one,
        open_library(tmp_path / "two", HashEmbedder(32), create=True) as two,
        pytest.raises(ValueError, match="different embedders"),
    ):
        copy_library(one, two)

"""Several articles removed at once: how often the library is written, and what a fault leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import embeddings.library as local
from corpus.errors import LibraryError
from embeddings.embedders.hashing import HashEmbedder
from embeddings.index.folding import fold
from embeddings.library import Library
from embeddings.milvus import removing
from embeddings.milvus.library import MilvusLibrary
from embeddings.milvus.writing import Writer
from embeddings.store import rows
from tests.embeddings.conftest import build_article
from tests.embeddings.contract import REPORT

ARTICLES = [build_article(number) for number in range(12)]
IDS = [article.id for article in ARTICLES]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", HashEmbedder(), create=True) as opened:
        opened.add(ARTICLES)
        yield opened


def test_the_indexes_are_folded_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    folded = []
    monkeypatch.setattr(local, "fold", lambda *a, **k: folded.append(fold(*a, **k)))
    assert library.delete_many(IDS[:8]) == tuple(IDS[:8])
    assert len(folded) == 1
    library.check()


def test_a_fault_in_the_midst_leaves_every_article_there(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(library.articles()), library.lexical("council", 99), library.generation
    asked = []

    def full(_: sqlite3.Connection, article_id: str) -> None:
        asked.append(article_id)
        if len(asked) == 5:
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(rows, "delete_versions", full)
    with pytest.raises(LibraryError):
        library.delete_many(IDS)
    assert len(asked) == 5
    after = list(library.articles()), library.lexical("council", 99), library.generation
    assert after == before
    library.check()


def test_what_is_more_than_a_commit_has_room_for_goes_in_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("milvus_lite")
    monkeypatch.setattr(removing, "MOST_REPLACED", 3)
    copies = [build_article(number, text=REPORT) for number in range(20, 24)]
    sizes = []
    commit = Writer.commit
    with MilvusLibrary.open(f"milvus:{tmp_path}/news.db#news", HashEmbedder(), create=True) as held:
        held.add([*ARTICLES, *copies])

        def counted(self: Writer, view: object, batch: object) -> object:
            sizes.append(len(batch.out))  # type: ignore[attr-defined]
            return commit(self, view, batch)  # type: ignore[arg-type]

        monkeypatch.setattr(Writer, "commit", counted)
        gone = (*IDS[:7], copies[0].id, copies[1].id)
        assert held.delete_many(gone) == gone
        assert sizes[:2] == [3, 3]
        assert len(sizes) > 3
        assert {one.id for one in held.articles()} == {
            *IDS[7:], copies[2].id, copies[3].id
        }  # fmt: skip
        group = held.group(copies[3].id)
        assert {one.id for one in group.articles} == {copies[2].id, copies[3].id}
        held.check()

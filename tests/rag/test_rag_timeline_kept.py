"""Timelines are made of the figures that a library keeps, and are the same where it has none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from corpus import Article
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from embeddings.store import figures as kept
from embeddings.store import storage
from rag.timeline import timeline
from tests.embeddings.conftest import build_article

ABOUT = "people killed in Vestry"
REPORTS = (
    (date(2024, 5, 2), "The landslide in Vestry killed 12 people, the county rescue service said."),
    (date(2024, 5, 4), "The landslide in Vestry has killed 19 people, the county rescue service "
     "said on Saturday."),
    (date(2024, 5, 4), "At least 23 people have been killed in Vestry, the Red Heron relief group "
     "said on Saturday."),
)  # fmt: skip


def articles() -> list[Article]:
    return [
        build_article(number, text=f"{text} Roads into Vestry stay closed.", published=day)
        for number, (day, text) in enumerate(REPORTS)
    ]


def test_a_timeline_reads_no_article_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> kept.Figures:
        raise AssertionError("an article was read anew")

    with Library.open(tmp_path / "library", HashEmbedder(), create=True) as library:
        library.add(articles())
        with monkeypatch.context() as patch:
            patch.setattr(kept, "read_figures", refuses)
            found = timeline(library, HashEmbedder(), ABOUT)
        assert sorted(row.value for row in found.rows) == [12.0, 19.0, 23.0]
        assert found.changes
        assert found.conflicts
        for row in found.rows:
            assert row.expression in row.citation.quote
        path = library.path / storage.FILE_NAME
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("DELETE FROM figure_readings")
        assert library.stats().figures == 0
        assert timeline(library, HashEmbedder(), ABOUT) == found

"""An ingest that breaks off anywhere and is run again leaves what an uninterrupted one leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, identify
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library
from embeddings.store.storage import FILE_NAME
from tests.embeddings.copied import chain, report

FOOTER = "Follow our newsletter and never miss a story"
STRAP = "The paper for the whole county"

# Rows that an ingest leaves, less what tells the time and the numbers of passages.
ROWS = (
    "SELECT id, content_hash, text_hash, group_id FROM articles ORDER BY rowid",
    "SELECT article_id, content_hash FROM article_versions ORDER BY number",
    'SELECT id, ordinal, start, "end", terms FROM passages ORDER BY id',
    "SELECT id, vector FROM passages JOIN vectors ON passage = number ORDER BY id",
    "SELECT * FROM signatures ORDER BY article_id",
    "SELECT * FROM signature_bands ORDER BY band, key, article_id",
    "SELECT * FROM edge_lines ORDER BY outlet, line_hash, article_id",
    "SELECT * FROM boilerplate ORDER BY outlet, line_hash",
)


class Breaking(HashEmbedder):
    """Fails at one call of `embed`, as a machine does that is switched off."""

    def __init__(self, at: int | None) -> None:
        super().__init__(16, 64)
        self._at = at
        self._calls = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self._calls += 1
        if self._calls == self._at:
            raise KeyboardInterrupt
        return super().embed(texts)


def contents(path: Path) -> list[list[tuple[object, ...]]]:
    connection = sqlite3.connect(path / FILE_NAME)
    try:
        return [connection.execute(query).fetchall() for query in ROWS]
    finally:
        connection.close()


def ingest(
    path: Path,
    articles: Sequence[Article],
    batch: int,
    *,
    embed_at: int | None = None,
    commit_at: int | None = None,
) -> bool:
    """Adds the articles; False where the ingest broke off."""
    commits = 0

    def broken(_: IngestReport) -> None:
        nonlocal commits
        commits += 1
        if commits == commit_at:
            raise KeyboardInterrupt

    options = IngestOptions(batch_passages=batch)
    embedder = Breaking(embed_at)
    with Library.open(path, embedder, create=True, options=options) as library:
        try:
            library.add(articles, progress=broken)
        except KeyboardInterrupt:
            return False
        library.check()
    return True


def stream() -> list[Article]:
    """Copies, twins, versions older and newer, marks, repeated lines: all that ingest tells."""
    first = replace(report(1), url="https://example.com/1", id=identify("https://example.com/1"))
    twin = "https://m.example.com/1?utm_source=x"
    return [
        *(report(20 + n, "Dunmore Post", before=STRAP, after=FOOTER, last=3) for n in range(5)),
        first,
        replace(first, url=twin, id=identify(twin), source="twin"),
        report(1, "Belmont Times", last=8, after=FOOTER),
        *chain(3),
        replace(report(8, None, name="bare", day=None), dated_by="none"),
        report(8),
        *(report(20 + n, "Dunmore Post", before=STRAP, after=FOOTER, last=3) for n in range(5, 9)),
        # From another path: one path says one thing in one ingest.
        replace(
            report(20, "Dunmore Post", before=STRAP, after=FOOTER, last=2), source="a later crawl"
        ),
        replace(first, text=report(9).text, updated=date(2024, 4, 1)),
        replace(first, title="Older", published=date(2024, 1, 1), text=report(10).text),
        replace(report(3, "Belmont Times"), withdrawn=date(2024, 4, 2), source="a later crawl"),
        report(21, "Belmont Times", last=3),
    ]


def straight(articles: Sequence[Article]) -> list[list[tuple[object, ...]]]:
    with TemporaryDirectory() as folder:
        assert ingest(Path(folder) / "library", articles, batch=5)
        return contents(Path(folder) / "library")


def test_the_stream_holds_what_it_promises(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", HashEmbedder(), create=True) as library:
        taken = library.add(stream())
    for name in ("added", "updated", "duplicates", "grouped", "withdrawn", "mended", "earlier"):
        assert getattr(taken, name) > 0, name


@pytest.mark.slow
def test_broken_off_at_every_commit_and_every_call_of_the_embedder(tmp_path: Path) -> None:
    articles = stream()
    wanted = straight(articles)
    tried = 0
    for name in ("commit_at", "embed_at"):
        for at in range(1, 100):
            path = tmp_path / f"{name}-{at}"
            done = (
                ingest(path, articles, batch=8, commit_at=at)
                if name == "commit_at"
                else ingest(path, articles, batch=8, embed_at=at)
            )
            if done:
                break
            tried += 1
            assert ingest(path, articles, batch=8)
            assert contents(path) == wanted, (name, at)
    assert tried > 8


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    articles=st.lists(st.sampled_from(stream()), max_size=25, unique_by=id).flatmap(
        st.permutations
    ),
    batches=st.lists(st.integers(1, 12), min_size=1, max_size=4),
    breaks=st.lists(st.integers(1, 9), max_size=3),
)
def test_neither_batches_nor_interruptions_show(
    articles: list[Article], batches: list[int], breaks: list[int]
) -> None:
    wanted = straight(articles)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library"
        sizes = _cycled(batches)
        for at in breaks:
            ingest(path, articles, next(sizes), embed_at=at)
        assert ingest(path, articles, next(sizes))
        assert contents(path) == wanted


def _cycled(batches: list[int]) -> Iterator[int]:
    while True:
        yield from batches

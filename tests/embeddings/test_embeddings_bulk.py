"""Bulk embedding: with Ray and without, it is the same library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import corpus
from corpus.errors import LibraryError
from embeddings import bulk
from embeddings.bulk import BulkOptions, Foreseen, add_in_bulk
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.report import IngestReport
from embeddings.libraries import open_library
from embeddings.protocol import LibraryLike
from tests.embeddings.conftest import CountingEmbedder, build_article


def test_foreseen_texts_are_not_embedded_again() -> None:
    counting = CountingEmbedder()
    embedder = Foreseen(counting, remembered=3)
    texts = ["one", "two", "three", "four"]
    vectors = HashEmbedder().embed(texts)
    embedder.foresee(texts, vectors)
    assert np.array_equal(embedder.embed(["four", "two"]), vectors[[3, 1]])
    assert counting.calls == []
    # The oldest was forgotten.
    assert np.array_equal(embedder.embed(["two", "one", "new"])[:2], vectors[[1, 0]])
    assert counting.calls == [2]
    assert embedder.unforeseen == 2
    assert embedder.embed([]).shape == (0, 64)
    assert embedder.fingerprint == counting.fingerprint
    assert embedder.count_tokens(texts) == counting.count_tokens(texts)
    assert embedder.max_tokens == counting.max_tokens


def test_without_ray_the_error_names_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def absent(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(bulk, "import_module", absent)
    with pytest.raises(LibraryError) as caught:
        add_in_bulk(tmp_path / "library", [tmp_path], HashEmbedder)
    assert caught.value.next_step == "pip install 'dateline[ray]'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Articles in three forms, a copy, an article twice, and what cannot be read."""
    root = tmp_path / "articles"
    root.mkdir()
    for number in range(24):
        article = build_article(number)
        (root / f"{number:02}.txt").write_text(
            f"{article.title}\n\n{article.text}\n\nA line about the matter {number}."
        )
    rows = [
        {"title": f"Row {n}", "text": f"Row {n} tells of the {n}th bridge.", "outlet": "Rows",
         "published": f"2024-02-{1 + n % 28:02}"}
        for n in range(60)
    ]  # fmt: skip
    lines = [json.dumps(row) for row in (*rows, rows[0])]
    (root / "rows.jsonl").write_text("\n".join([*lines[:30], "{not json", *lines[30:]]))
    (root / "copy.txt").write_text((root / "03.txt").read_text())
    (root / "empty.txt").write_text("")
    (root / "picture.png").write_bytes(b"\x89PNG")
    return root


@pytest.fixture(scope="module")
def ray() -> Iterator[None]:
    pytest.importorskip("ray", reason="ray is not installed: pip install 'dateline[ray]'")
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level=40)
    yield
    ray.shutdown()


@pytest.mark.slow
@pytest.mark.usefixtures("ray")
def test_cores_that_ray_does_not_have_are_not_waited_for(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="want 2 processor cores and Ray has 2"):
        add_in_bulk(tmp_path / "l", [folder], HashEmbedder, options=BulkOptions(workers=2))
    assert not (tmp_path / "l").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("ray")
def test_with_ray_it_is_the_same_library(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Foreseen] = []

    class Watched(Foreseen):
        def __init__(self, embedder: Embedder, remembered: int) -> None:
            super().__init__(embedder, remembered)
            made.append(self)

    monkeypatch.setattr(bulk, "Foreseen", Watched)
    with open_library(tmp_path / "plain", HashEmbedder(), create=True) as plain:
        wanted = plain.add(corpus.read([folder]))
        told: list[IngestReport] = []
        options = BulkOptions(workers=1, batch_articles=8)
        report = add_in_bulk(
            tmp_path / "bulk", [folder], HashEmbedder, options=options, progress=told.append
        )
        assert told[-1].added == report.added == wanted.added > 80
        assert outcome(report) == outcome(wanted)
        with open_library(tmp_path / "bulk", HashEmbedder()) as library:
            assert held(library) == held(plain)
            library.check()
        # The writer embedded nothing itself.
        assert [embedder.unforeseen for embedder in made] == [0]


def outcome(report: IngestReport) -> tuple[object, ...]:
    return (
        report.added, report.duplicates, report.grouped, report.passages,
        sorted((one.source, one.line or 0, one.reason) for one in report.rejected),
    )  # fmt: skip


def held(library: LibraryLike) -> list[object]:
    found: list[object] = []
    for article in library.articles():
        passages = library.passages(article.id)
        vectors = library.vectors([passage.id for passage in passages])
        found.append((article, library.group(article.id).id, passages, vectors.tobytes()))
    return found

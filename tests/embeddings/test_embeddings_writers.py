"""Two writers, and readers beside a writer, in the threads of one process.

Processes, and what happens when they are killed: tests/torture, rows 1, 2, 6, 7 and 8.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import Article
from corpus.errors import LibraryLocked, NotInLibrary
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library

MakeArticle = Callable[..., Article]
PATIENCE = 60.0


def test_a_second_thread_is_refused_and_reading_goes_on(
    library: Library, make_article: MakeArticle
) -> None:
    library.add([make_article(1)])
    inside, leave = threading.Event(), threading.Event()

    def slow() -> Iterator[Article]:
        inside.set()
        assert leave.wait(PATIENCE)
        yield make_article(2)

    writer = threading.Thread(target=library.add, args=(slow(),))
    writer.start()
    try:
        assert inside.wait(PATIENCE)
        with pytest.raises(LibraryLocked, match="another thread of this process"):
            library.add([make_article(3)])
        with (
            Library.open(library.path, HashEmbedder()) as other,
            pytest.raises(LibraryLocked, match=f"this process \\({os.getpid()}\\)"),
        ):
            other.delete(make_article(1).id)
        with pytest.raises(LibraryLocked):
            Library.rebuild(library.path, HashEmbedder())
        assert library.lexical("Belmont", 5)
        assert library.article(make_article(1).id) == make_article(1)
    finally:
        leave.set()
        writer.join(PATIENCE)
    assert library.article(make_article(2).id) == make_article(2)


def test_many_threads_read_while_one_writes(tmp_path: Path, make_article: MakeArticle) -> None:
    options = IngestOptions(batch_passages=1)
    faults: list[BaseException] = []
    finished = threading.Event()

    def read(library: Library) -> None:
        vector = HashEmbedder().embed(["council"])[0]
        try:
            while not finished.is_set():
                with library.reading():
                    for hit, _ in library.lexical("council", 5) + library.dense(vector, 5):
                        library.article(library.passage(hit).article_id)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            faults.append(error)

    with Library.open(
        tmp_path / "library", HashEmbedder(), create=True, options=options
    ) as library:
        readers = [threading.Thread(target=read, args=(library,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        report = library.add(make_article(number) for number in range(40))
        for number in range(0, 40, 4):
            library.delete(make_article(number).id)
        finished.set()
        for reader in readers:
            reader.join(PATIENCE)
        assert faults == []
        assert report.added == 40
        assert library.stats().articles == 30


def test_reading_holds_one_moment(library: Library, make_article: MakeArticle) -> None:
    article = make_article(2)
    library.add([article])
    with Library.open(library.path, HashEmbedder()) as other:
        with library.reading():
            hits = library.lexical("Carrick", 5)
            assert other.delete(article.id)
            assert library.lexical("Carrick", 5) == hits
            assert library.article(library.passage(hits[0][0]).article_id) == article
        assert library.lexical("Carrick", 5) == []
        with pytest.raises(NotInLibrary):
            library.article(article.id)


def test_progress_counts_only_what_is_committed(tmp_path: Path, make_article: MakeArticle) -> None:
    path = tmp_path / "library"
    options = IngestOptions(batch_passages=3)
    with (
        Library.open(path, HashEmbedder(), create=True, options=options) as library,
        Library.open(path, HashEmbedder()) as other,
    ):

        def compare(report: IngestReport) -> None:
            assert other.stats().articles == report.added
            assert other.stats().passages == report.passages

        library.add((make_article(number) for number in range(10)), progress=compare)
        assert other.stats().articles == 10

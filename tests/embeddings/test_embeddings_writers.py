"""Two writers, killed writers, and readers beside a writer: threads and processes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus import Article
from corpus.errors import LibraryLocked, NotInLibrary
from embeddings.hashing import HashEmbedder
from embeddings.ingest import IngestOptions, IngestReport
from embeddings.library import Library

MakeArticle = Callable[..., Article]
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0

# Adds numbered articles for ever, a commit an article, and says on a line of its own, flushed to
# disk, how many are committed.
INGEST = """
import itertools, os, sys
from corpus import Article, identify
from embeddings.hashing import HashEmbedder
from embeddings.ingest import IngestOptions
from embeddings.library import Library

path, log = sys.argv[1:]
acknowledged = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def article(n):
    return Article(identify(str(n)), f"Title {n}", None, None, "none",
                   f"Sentence {n} of many.\\n\\nAnother one about topic {n}.", str(n))

def acknowledge(report):
    os.write(acknowledged, f"{report.added + report.unchanged}\\n".encode())
    os.fsync(acknowledged)

options = IngestOptions(batch_passages=1)
with Library.open(path, HashEmbedder(), create=True, options=options) as library:
    library.add(map(article, itertools.count()), progress=acknowledge)
"""


@contextmanager
def ingesting(path: Path, log: Path, lines: int) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that is adding, once it has committed that many more articles."""
    before = len(acknowledged(log))
    process = subprocess.Popen([sys.executable, "-c", INGEST, str(path), str(log)], cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE
        while len(acknowledged(log)) < before + lines:
            assert process.poll() is None, "the ingest ended by itself"
            assert time.monotonic() < deadline, "the ingest is too slow"
            time.sleep(0.002)
        yield process
    finally:
        process.kill()
        process.wait()


def acknowledged(log: Path) -> list[int]:
    text = log.read_text() if log.exists() else ""
    return [int(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def test_killed_again_and_again_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path, log = tmp_path / "library", tmp_path / "log"
    chance = random.Random(20240918)
    for _ in range(6):
        with ingesting(path, log, lines=chance.randint(1, 8)) as process:
            time.sleep(chance.random() * 0.02)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        with Library.open(path, HashEmbedder()) as library:
            library.check()
            articles = library.stats().articles
            assert articles >= acknowledged(log)[-1]
            last = acknowledged(log)[-1] - 1
            hits = library.lexical(f"topic {last}", articles)
            assert {library.passage(hit).article_id for hit, _ in hits}
            assert len(library.dense(HashEmbedder().embed(["topic"])[0], 9999)) == (
                library.stats().passages
            )


def test_a_second_process_is_refused_at_once_and_told_who_writes(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    path = tmp_path / "library"
    with (
        ingesting(path, tmp_path / "log", lines=1) as process,
        Library.open(path, HashEmbedder()) as library,
    ):
        started = time.monotonic()
        with pytest.raises(LibraryLocked) as caught:
            library.add([make_article(1)])
        assert time.monotonic() - started < 2
        assert f"process {process.pid} " in caught.value.what
        with pytest.raises(LibraryLocked):
            library.delete("anything")
        with pytest.raises(LibraryLocked):
            Library.rebuild(path, HashEmbedder())
        process.kill()
        process.wait()
        assert library.add([make_article(1)]).added == 1


def test_readers_see_whole_commits_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "library"
    with (
        ingesting(path, tmp_path / "log", lines=2),
        Library.open(path, HashEmbedder()) as library,
    ):
        seen: list[int] = []
        deadline = time.monotonic() + PATIENCE
        while len(set(seen)) < 5 and time.monotonic() < deadline:
            with library.reading():
                hits = library.lexical("sentence", 10_000)
                articles = {library.passage(hit).article_id for hit, _ in hits}
                assert len(articles) == library.stats().articles
                assert len(library.vectors([hit for hit, _ in hits])) == len(hits)
            seen.append(len(articles))
        assert len(set(seen)) >= 5
        assert seen == sorted(seen)


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

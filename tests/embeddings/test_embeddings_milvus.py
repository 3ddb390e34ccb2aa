"""What is Milvus's alone: addresses, steps of a commit, the lease, files, what is missing."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryMissing,
    NotALibrary,
    SchemaMismatch,
)
from embeddings.embedders.hashing import HashEmbedder
from embeddings.libraries import open_library, rebuild_library
from embeddings.milvus import client as client_module
from embeddings.milvus import commits, lease, lexical
from embeddings.milvus.address import Address, parse
from embeddings.milvus.client import Row
from embeddings.milvus.library import MilvusLibrary
from embeddings.milvus.names import Names
from embeddings.milvus.schema import DenseOptions, dense_index, search_params
from embeddings.terms import TermReader
from tests.embeddings.conftest import build_article
from tests.embeddings.contract import QUESTION, crowd, vector_of

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0


@pytest.fixture
def where(tmp_path: Path) -> str:
    pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
    pytest.importorskip("pymilvus", reason="pymilvus is not installed")
    return f"milvus:{tmp_path}/some.db#news"


# Addresses


@pytest.mark.parametrize(
    ("text", "uri", "name", "is_file"),
    [
        ("milvus:http://localhost:19530#news", "http://localhost:19530", "news", False),
        ("milvus:https://u:p@host:443/db", "https://u:p@host:443/db", "dateline", False),
        ("milvus:/data/a b.db#x_1", "/data/a b.db", "x_1", True),
        ("milvus:some.db", str(Path("some.db").absolute()), "dateline", True),
    ],
)
def test_addresses(text: str, uri: str, name: str, is_file: bool) -> None:
    assert parse(text) == Address(uri, name, is_file)


@pytest.mark.parametrize(
    "text",
    ["milvus:", "milvus:#x", "milvus:http://#x", "milvus:http://h:99999999", "milvus:ftp://h",
     "milvus:/folder", "milvus:/a.db#no-hyphen", "milvus:/a.db#1st", "/a.db"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(LibraryError) as caught:
        parse(text)
    assert "milvus:http" in caught.value.next_step


def test_a_password_is_not_shown() -> None:
    assert str(parse("milvus:https://me:secret@host:443/db#n")) == "milvus:https://host:443/db#n"


def test_a_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MILVUS_TOKEN", "root:Milvus")
    assert parse("milvus:http://host").token == "root:Milvus"
    assert parse("milvus:/a.db").token == ""


# What is missing


def test_without_pymilvus_the_error_names_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def absent(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(client_module, "import_module", absent)
    with pytest.raises(LibraryError) as caught:
        open_library(f"milvus:{tmp_path}/a.db", HashEmbedder(), create=True)
    assert "pip install" in caught.value.next_step
    assert not (tmp_path / "a.db").exists()


def test_a_server_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pymilvus", reason="pymilvus is not installed")
    monkeypatch.setattr(client_module, "CONNECT_SECONDS", 1.0)
    with pytest.raises(LibraryError) as caught:
        # A path that begins with 'milvus:' has lost a slash, as command lines make paths.
        open_library(Path("milvus:http://localhost:1#n"), HashEmbedder())
    assert "localhost:1 does not answer" in caught.value.what
    assert "check the address" in caught.value.next_step


def test_a_file_that_is_not_there_is_not_made(where: str, tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        open_library(where, HashEmbedder())
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_into_something_else(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    for path in (other, other / "notes.txt"):
        named = path if path.suffix == ".db" else path.rename(tmp_path / "notes.db")
        with pytest.raises(NotALibrary):
            open_library(f"milvus:{named}", HashEmbedder(), create=True)
    assert list(other.iterdir()) == []


# A file of one's own


def test_a_file_is_free_when_it_is_closed_and_whole_when_it_is_opened_again(where: str) -> None:
    with open_library(where, HashEmbedder(), create=True) as library:
        library.add(crowd(9))
        hits = library.lexical(QUESTION, 9), library.dense(vector_of(QUESTION), 9)
        said = subprocess.run(
            [sys.executable, "-c", OPEN, where], cwd=ROOT, capture_output=True, text=True
        )
        assert "LibraryLocked" in said.stdout
        assert "milvus-lite server" in said.stdout
        assert "Traceback" not in said.stderr
    assert isinstance(library, MilvusLibrary)
    with open_library(where, HashEmbedder()) as again:
        assert (again.lexical(QUESTION, 9), again.dense(vector_of(QUESTION), 9)) == hits
        again.check()
    with pytest.raises(LibraryMissing):
        open_library(where.replace("#news", "#other"), HashEmbedder())


OPEN = """
import sys
from embeddings.embedders.hashing import HashEmbedder
from embeddings.libraries import open_library
try:
    open_library(sys.argv[1], HashEmbedder())
except Exception as error:
    print(type(error).__name__, error)
"""


def test_rebuilding_changes_the_embedder_and_keeps_the_articles(where: str) -> None:
    articles = crowd(9)
    with open_library(where, HashEmbedder(64), create=True) as library:
        library.add(articles)
        library.add([replace(articles[1], title="Later")])
        before = list(library.articles())
    told: list[int] = []
    with rebuild_library(
        where, HashEmbedder(32), progress=lambda report: told.append(report.updated)
    ) as library:
        assert told[-1] == 9
        assert list(library.articles()) == before
        assert library.versions(articles[1].id) == [articles[1]]
        assert library.stats().dimensions == 32
        assert len(library.dense(vector_of(QUESTION, HashEmbedder(32)), 99)) == 9
        assert library.lexical(QUESTION, 3)
        library.add([build_article(20)])
        library.check()
    with open_library(where, HashEmbedder(32)) as library:
        assert library.stats().articles == 10


def test_an_index_that_is_not_exact_gives_exact_scores(where: str) -> None:
    indexes = DenseOptions(expected_passages=60_000)
    with MilvusLibrary.open(where, HashEmbedder(), create=True, indexes=indexes) as library:
        library.add(crowd(40))
        vector = vector_of(QUESTION)
        hits = library.dense(vector, 5)
        exact = library.vectors([hit for hit, _ in hits]) @ vector
        assert [score for _, score in hits] == pytest.approx(exact.tolist(), abs=1e-6)
        assert len(hits) == 5


@pytest.mark.parametrize(
    ("expected", "is_file", "kind"),
    [(0, True, "FLAT"), (50_000, True, "HNSW"), (0, False, "HNSW"),
     (5_000_000, False, "IVF_RABITQ")],
)  # fmt: skip
def test_the_index_is_chosen_by_size(expected: int, is_file: bool, kind: str) -> None:
    index = dense_index(DenseOptions(expected_passages=expected), is_file=is_file)
    assert (index["index_type"], index["metric_type"]) == (kind, "IP")
    assert search_params(kind, 10).get("ef", 10) >= 10


# The steps of a commit

_CHANGES = ("insert", "upsert", "delete", "drop")


class Killed(BaseException):
    """Stands for a process that ends at this point: nothing of it gets to the server any more."""


def dies_at(
    monkeypatch: pytest.MonkeyPatch, library: MilvusLibrary, step: int
) -> Callable[[], int]:
    """Kills before the step-th change that a library asks of Milvus; returns how many it made."""
    made = 0

    def dying(change: Callable[..., object]) -> Callable[..., object]:
        def asked(*args: object) -> object:
            nonlocal made
            if made >= step:
                raise Killed
            made += 1
            return change(*args)

        return asked

    for name in _CHANGES:
        monkeypatch.setattr(library._client, name, dying(getattr(library._client, name)))
    return lambda: made


@pytest.mark.slow
@pytest.mark.parametrize("action", ["update", "delete"])
def test_killed_between_any_two_steps_the_library_is_as_before_or_as_after(
    where: str, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    articles = crowd(8)
    changed = [replace(articles[2], title="Rewritten"), build_article(20)]

    def act(library: MilvusLibrary) -> None:
        if action == "update":
            library.add([*articles[:2], *changed])
        else:
            library.delete(articles[2].id)

    def state(library: MilvusLibrary) -> tuple[object, ...]:
        library.check()
        return (
            list(library.articles()),
            library.versions(articles[2].id),
            [hit for hit, _ in library.lexical(QUESTION, 99)],
            sorted(hit for hit, _ in library.dense(vector_of(QUESTION), 99)),
        )

    def name(step: int | str) -> str:
        return where.replace("#news", f"#{action}_{step}")

    # Keeps the file open, as a server stays when its client is killed.
    with MilvusLibrary.open(name("straight"), HashEmbedder(), create=True) as straight:
        straight.add(articles)
        before = state(straight)
        act(straight)
        after = state(straight)
        step, outcomes = 0, []
        while True:
            with MilvusLibrary.open(name(step), HashEmbedder(), create=True) as first:
                first.add(articles)
            library = MilvusLibrary.open(name(step), HashEmbedder())
            with monkeypatch.context() as patch:
                made = dies_at(patch, library, step)
                with suppress(Killed):
                    act(library)
                whole = made() < step
            with MilvusLibrary.open(name(step), HashEmbedder()) as reader:
                found = state(reader)
                assert found in (before, after)
                outcomes.append(found == after)
                # The dead process's lease: it is this one, which lives.
                monkeypatch.setattr(lease, "_is_alive", lambda _: False)
                act(reader)
                assert state(reader) == after
                reader.add([build_article(30)])
                reader.check()
                assert_no_orphans(reader)
            library.close()
            if whole:
                break
            step += 1
    assert outcomes == sorted(outcomes)
    assert not outcomes[0]
    assert outcomes[-1]
    assert step >= 5


def assert_no_orphans(library: MilvusLibrary) -> None:
    """Each collection holds what the commit says, and what the last two replaced."""
    view = library._view()
    names, client = library._names, library._client
    for collection in (names.articles, names.versions, names.passages(view.commit.series)):
        assert client.count(collection, f"born > {view.commit.generation}") == 0
    assert client.count(names.commits, "generation >= 0") == 1
    masked = (*view.commit.replaced, *view.commit.leaving)
    stored = {row["owner"] for row in client.rows(names.articles, "born >= 0", ("owner",))}
    wanted = {held.owner for held in view.all_held()}
    assert stored - wanted <= set(masked)


def test_what_a_commit_half_wrote_is_never_found(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MilvusLibrary.open(where, HashEmbedder(), create=True) as library:
        library.add(crowd(3))

        def dies(*_: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(commits, "record", dies)
            with pytest.raises(Killed):
                library.add([build_article(20)])
        orphans = library._client.count(Names("news").passages(1), "born > 1")
        assert orphans > 0
        assert len(library.dense(vector_of("x"), 99)) == 3
        assert library.lexical("elstow", 99) == []
        assert library.stats().articles == 3
        library.check()


def test_rows_that_got_lost_are_noticed_before_they_are_committed(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MilvusLibrary.open(where, HashEmbedder(), create=True) as library:
        insert = library._client.insert

        def loses_one(collection: str, rows: Sequence[Row]) -> None:
            insert(collection, rows[:-1] if "passages" in collection else rows)

        monkeypatch.setattr(library._client, "insert", loses_one)
        with pytest.raises(LibraryError, match="took 2 of 3 rows"):
            library.add(crowd(3))
        assert library.generation == 0


# Two writers, other schemas, damage


def test_a_lease_of_a_dead_process_is_taken_and_of_another_machine_waited_for(where: str) -> None:
    with MilvusLibrary.open(where, HashEmbedder(), create=True) as library:
        row = {"key": "x", "host": "elsewhere", "pid": 1, "unused": [0.0, 0.0],
               "until": int(time.time() * 1000) + 60_000}  # fmt: skip
        collection = library._names.leases
        library._client.insert(collection, [row])
        with pytest.raises(LibraryLocked, match="process 1 on elsewhere"):
            library.add(crowd(1))
        library._client.upsert(collection, {**row, "until": int(time.time() * 1000) - 1})
        assert library.add(crowd(1)).added == 1
        finished = subprocess.Popen([sys.executable, "-c", ""])
        finished.wait()
        here = {**row, "host": socket.gethostname(), "pid": finished.pid}
        library._client.insert(collection, [here])
        assert library.add(crowd(2)).added == 1
        assert library._client.count(collection, "until > 0") == 0


def test_a_writer_whose_lease_lapsed_commits_nothing(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MilvusLibrary.open(where, HashEmbedder(), create=True) as library:
        monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)
        with pytest.raises(LibraryLocked, match="lapsed"):
            library.add(crowd(1))
        assert library.generation == 0


def test_two_commits_of_one_number_are_seen_by_everyone(where: str) -> None:
    with MilvusLibrary.open(where, HashEmbedder(), create=True) as library:
        library.add(crowd(2))
        now = library._view().commit
        commits.record(library._client, library._names, replace(now, writer="another"))
        with pytest.raises(LibraryDamaged, match="two writers"):
            library.lexical(QUESTION, 3)


def test_another_schema_is_refused(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(commits, "SCHEMA_VERSION", 7)
        open_library(where, HashEmbedder(), create=True).close()
    with pytest.raises(SchemaMismatch, match="schema 7"):
        open_library(where, HashEmbedder())


def test_what_is_gone_or_changed_is_damage(where: str) -> None:
    with MilvusLibrary.open(where, HashEmbedder(), create=True) as library:
        library.add(crowd(3))
        names, client = library._names, library._client
        one = build_article(1)
        (row,) = client.rows(names.articles, f'article_id == "{one.id}"', ["*"])
        client.upsert(names.articles, {**row, "body": row["body"].replace("council", "cabinet")})
        with pytest.raises(LibraryDamaged, match="not what was stored"):
            library.article(one.id)
        client.upsert(names.articles, row)
        assert library.article(one.id) == one
        client.delete(names.passages(1), f'article_id == "{one.id}"')
        with pytest.raises(LibraryDamaged, match="passages"):
            library.check()
        client.drop(names.passages(1))
    with pytest.raises(LibraryDamaged, match="passages_1 is gone"):
        open_library(where, HashEmbedder())


# BM25 over what a sparse index proposes


@pytest.mark.parametrize("reference_length", [4.0, 12.0, 60.0])
def test_the_best_are_found_however_wrong_the_stored_weights_are(reference_length: float) -> None:
    chance = np.random.default_rng(20240918)
    words = [f"w{n}" for n in range(40)]
    rows: list[tuple[dict[int, float], Row]] = []
    for number in range(600):
        length = int(chance.integers(2, 60))
        terms = Counter(words[int(n)] for n in chance.zipf(1.6, length) % len(words))
        rows.append(
            (
                lexical.weights(terms, reference_length),
                {
                    "passage_id": f"p{number:03}",
                    "terms": list(terms),
                    "counts": list(terms.values()),
                },
            )
        )
    lengths = [sum(row["counts"]) for _, row in rows]
    statistics = lexical.Statistics(len(rows), float(np.mean(lengths)), reference_length)
    asked: list[int] = []

    def propose(query: Mapping[int, float], limit: int) -> list[tuple[float, Row]]:
        asked.append(limit)
        scored = [
            (sum(weight * vector.get(place, 0.0) for place, weight in query.items()), row)
            for vector, row in rows
        ]
        found = [pair for pair in scored if pair[0] > 0]
        return sorted(found, key=lambda pair: -pair[0])[:limit]

    def holding(term: str) -> int:
        return sum(term in row["terms"] for _, row in rows)

    for question in ("w1 w7", "w2 w2 w30", "w1 w3 w5 w11", "unknown"):
        every = lexical.best(question, 600, statistics, holding, propose)
        for k in (1, 10, 70):
            assert lexical.best(question, k, statistics, holding, propose) == every[:k]
    assert min(asked) < 600


def test_long_terms_are_stored_as_their_digest() -> None:
    long = "x" * 3000
    assert lexical.stored("short") == "short"
    assert len(lexical.stored(long)) < 64
    assert lexical.stored(long) != lexical.stored(f"{long}x")
    terms = lexical.count_terms(TermReader(), f"{long} {long} word", "nowhere")
    assert sorted(terms.values()) == [1, 2]


def test_more_words_than_milvus_takes_are_told() -> None:
    text = " ".join(f"w{n}q" for n in range(5000))
    with pytest.raises(LibraryError, match="5,000 different words"):
        lexical.count_terms(TermReader(), text, "nowhere")


# Killed for good

INGEST = """
import itertools, os, sys
from corpus import Article, identify
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions
from embeddings.libraries import open_library

where, log = sys.argv[1:]
acknowledged = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def article(n):
    return Article(identify(str(n)), f"Title {n}", None, None, "none",
                   f"Sentence {n} of many.\\n\\nAnother one about topic {n}.", str(n))

def acknowledge(report):
    os.write(acknowledged, f"{report.added + report.unchanged}\\n".encode())
    os.fsync(acknowledged)

options = IngestOptions(batch_passages=1)
with open_library(where, HashEmbedder(), create=True, options=options) as library:
    library.add(map(article, itertools.count()), progress=acknowledge)
"""


def acknowledged(log: Path) -> list[int]:
    text = log.read_text() if log.exists() else ""
    return [int(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


@pytest.fixture
def ingesting(where: str, tmp_path: Path) -> Iterator[Callable[[int], subprocess.Popen[bytes]]]:
    log = tmp_path / "log"
    running: list[subprocess.Popen[bytes]] = []

    def start(lines: int) -> subprocess.Popen[bytes]:
        before = len(acknowledged(log))
        process = subprocess.Popen([sys.executable, "-c", INGEST, where, str(log)], cwd=ROOT)
        running.append(process)
        deadline = time.monotonic() + PATIENCE
        while len(acknowledged(log)) < before + lines:
            assert process.poll() is None, "the ingest ended by itself"
            assert time.monotonic() < deadline, "the ingest is too slow"
            time.sleep(0.005)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_killed_with_its_engine_nothing_acknowledged_is_lost(
    where: str, tmp_path: Path, ingesting: Callable[[int], subprocess.Popen[bytes]]
) -> None:
    chance = random.Random(20240918)
    for _ in range(5):
        process = ingesting(chance.randint(1, 6))
        time.sleep(chance.random() * 0.3)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with open_library(where, HashEmbedder()) as library:
            library.check()
            known = acknowledged(tmp_path / "log")[-1]
            assert library.stats().articles >= known
            assert article_of(library.lexical(f"topic {known - 1}", 1)[0][0])
            assert len(library.dense(vector_of("topic"), 9999)) == library.stats().passages


def article_of(passage_id: str) -> str:
    return passage_id.rpartition(":")[0]

"""Base + tail − removed: however a library came about, it is searched as if built at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article
from corpus.errors import LibraryDamaged
from embeddings.embedders.hashing import HashEmbedder
from embeddings.index import base, building, snapshot, stored
from embeddings.index.building import IndexOptions
from embeddings.index.vector_kinds import EXACT, HNSW, IVF, SQ8
from embeddings.intake.ingest import IngestOptions
from embeddings.library import Library
from embeddings.store import derived, rows, storage
from embeddings.store.window import DateWindow
from tests.embeddings.conftest import build_article

MakeArticle = Callable[..., Article]
QUESTIONS = (
    "What will the Carrick bridge cost?",
    "council vote on the harbour",
    "mayor 9.5 million",
)
# Every kind within reach of a few articles, and folds after every few.
SMALL = IndexOptions(
    kinds=(
        replace(EXACT, upto=8),
        replace(SQ8, upto=16),
        replace(HNSW, upto=24),
        replace(IVF, factory="IVF1,RaBitQfs", effort=1),
    ),
    tail=3,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.integers(0, 39), min_size=1, max_size=8)),
        st.tuples(st.just("update"), st.lists(st.integers(0, 39), min_size=1, max_size=3)),
        st.tuples(st.just("delete"), st.lists(st.integers(0, 39), min_size=1, max_size=6)),
        st.tuples(st.just("search"), st.just([])),
        st.tuples(st.just("reopen"), st.just([])),
    ),
    max_size=12,
)
Searched = list[list[tuple[str, float]]]


def searched(library: Library) -> Searched:
    windows = (
        DateWindow(),
        DateWindow(since=date(2024, 1, 10)),
        DateWindow(until=date(2024, 1, 5)),
    )
    outlets = (None, ("Ashford Courier", "Carrick Courier"))
    found = []
    for question in QUESTIONS:
        vector = HashEmbedder().embed([question])[0]
        for window in windows:
            for names in outlets:
                for k in (2, 99):
                    found.append(library.dense(vector, k, window, outlets=names))
                    found.append(library.lexical(question, k, window, outlets=names))
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_a_library_is_searched_as_if_it_had_been_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("libraries")
    articles: dict[int, Article] = {}
    options = IngestOptions(batch_passages=2)
    library = Library.open(
        folder / "steps", HashEmbedder(), create=True, options=options, indexes=SMALL
    )
    other = Library.open(folder / "steps", HashEmbedder(), indexes=SMALL)
    try:
        for version, (step, numbers) in enumerate(steps):
            if step == "add":
                new = {n: build_article(n) for n in numbers if n not in articles}
                articles |= new
                library.add(new.values())
            elif step == "update":
                new = {
                    n: replace(articles[n], title=f"Version {version} of {articles[n].title}")
                    for n in numbers
                    if n in articles
                }
                articles |= new
                library.add(new.values())
            elif step == "delete":
                for n in numbers:
                    assert library.delete(build_article(n).id) == (
                        articles.pop(n, None) is not None
                    )
            elif step == "search":
                assert searched(library) == searched(other)
            else:
                library.close()
                library = Library.open(
                    folder / "steps", HashEmbedder(), options=options, indexes=SMALL
                )
        with Library.open(folder / "once", HashEmbedder(), create=True) as once:
            once.add(articles.values())
            expected = searched(once)
        assert searched(library) == searched(other) == expected
        library.check()
    finally:
        library.close()
        other.close()


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The numbers of the passages whose text is read to be indexed, inside the block."""
    seen: list[int] = []

    def read(*args: object) -> Iterator[stored.Stored]:
        for passage in original(*args):  # type: ignore[arg-type]
            seen.append(passage.number)
            yield passage

    original = stored.read_passages
    with monkeypatch.context() as patch:
        patch.setattr(stored, "read_passages", read)
        yield seen


@pytest.fixture(scope="module")
def _hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "hundred"
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add(build_article(n) for n in range(100))
    return path


@pytest.fixture
def hundred(_hundred: Path, tmp_path: Path) -> Path:
    """A library of 100 articles, on its own."""
    return Path(shutil.copytree(_hundred, tmp_path / "hundred"))


def test_a_reader_reads_only_what_is_new(
    hundred: Path, monkeypatch: pytest.MonkeyPatch, make_article: MakeArticle
) -> None:
    opened: list[object] = []
    original = base.Base.open

    def noted(*args: object, **more: object) -> base.Base | None:
        opened.append(args)
        return original(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(base.Base, "open", noted)
    with (
        Library.open(hundred, HashEmbedder()) as reader,
        Library.open(hundred, HashEmbedder()) as writer,
    ):
        with counted(monkeypatch) as seen:
            before = reader.lexical(QUESTIONS[0], 99)
        assert seen == []
        assert len(opened) == 1
        for round_ in range(3):
            article = make_article(200 + round_)
            writer.add([article])
            with counted(monkeypatch) as seen:
                after = reader.lexical(QUESTIONS[0], 999)
            assert len(seen) == len(writer.passages(article.id))
            assert {p.id for p in writer.passages(article.id)} <= {hit for hit, _ in after}
        with counted(monkeypatch) as seen:
            assert writer.delete(make_article(2).id)
            hits = {hit.split(":")[0] for hit, _ in reader.lexical(QUESTIONS[0], 999)}
        assert seen == []
        assert make_article(2).id in {hit.split(":")[0] for hit, _ in before}
        assert make_article(2).id not in hits
        # The reader's one and the writer's own: nothing has outgrown a limit.
        assert len(opened) == 2


def test_the_tail_is_folded_once_it_has_outgrown_its_limit(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    options = IndexOptions(tail=5, share=10.0)
    with Library.open(tmp_path / "x", HashEmbedder(), create=True, indexes=options) as library:
        library.add([make_article(0)])
        (first,) = records(library.path)
        per_article = len(library.passages(make_article(0).id))
        added = 0
        while records(library.path) == [first]:
            added += 1
            library.add([make_article(added)])
            assert added < 10
        assert added * per_article > 5 >= (added - 1) * per_article
        (second,) = records(library.path)
        assert second.upto == (added + 1) * per_article
        # Both generations' files are there, for those who are just opening the first.
        names = {path.name for path in (library.path / "indexes").iterdir()}
        assert names == {file.path for file in (*first.files, *second.files)}


def records(path: Path) -> list[derived.Record]:
    connection = storage.connect(path)
    try:
        record = derived.load(connection)
        return [] if record is None else [record]
    finally:
        connection.close()


def test_much_removed_makes_a_new_base_without_it(hundred: Path, make_article: MakeArticle) -> None:
    with Library.open(hundred, HashEmbedder()) as library:
        (first,) = records(hundred)
        for n in range(30):
            library.delete(make_article(n).id)
        (second,) = records(hundred)
        assert second != first
        opened = base.Base.open(hundred, second, 64, IndexOptions().kinds)
        assert opened is not None
        living = library.stats().passages
        assert living <= len(opened.facets) < 1.25 * living
        assert len(library.lexical("council", 999)) == living


def test_lexical_segments_are_merged_as_they_grow(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    options = IndexOptions(tail=0, share=0)
    with Library.open(tmp_path / "x", HashEmbedder(), create=True, indexes=options) as library:
        most = 0
        for n in range(40):
            library.add([make_article(n)])
            (record,) = records(library.path)
            most = max(most, len(record.of("lexical")))
        assert most <= 5
        assert len(library.lexical("council", 999)) == 40


def test_withdrawn_articles_are_left_out_unless_asked_for(
    library: Library, make_article: MakeArticle
) -> None:
    taken_back = make_article(2, withdrawn=date(2024, 3, 1))
    library.add([make_article(1), taken_back, make_article(3)])
    vector = HashEmbedder().embed([QUESTIONS[0]])[0]
    for without, every in (
        (library.lexical(QUESTIONS[0], 99), library.lexical(QUESTIONS[0], 99, withdrawn=True)),
        (library.dense(vector, 99), library.dense(vector, 99, withdrawn=True)),
    ):
        named = {hit.split(":")[0] for hit, _ in without}
        assert taken_back.id not in named
        assert {hit.split(":")[0] for hit, _ in every} == named | {taken_back.id}


def test_groups_and_outlets_hold_inside_both_indexes(
    hundred: Path, make_article: MakeArticle
) -> None:
    with Library.open(hundred, HashEmbedder()) as library:
        wanted = {make_article(n).id for n in (7, 70, 99)}
        vector = HashEmbedder().embed(["council"])[0]
        for found in (
            library.lexical("council", 3, groups=wanted),
            library.dense(vector, 3, groups=wanted),
        ):
            assert len(found) == 3
            assert {hit.split(":")[0] for hit, _ in found} <= wanted
        outlet = make_article(3).outlet
        assert outlet is not None
        for found in (
            library.lexical("council", 9, outlets=[outlet]),
            library.dense(vector, 9, outlets=[outlet]),
        ):
            assert len(found) == 9
            named = {library.article(hit.split(":")[0]).outlet for hit, _ in found}
            assert named == {outlet}
        for outlets, groups in (([], None), (None, []), (None, ["unheard-of"])):
            assert library.lexical("council", 9, outlets=outlets, groups=groups) == []
            assert library.dense(vector, 9, outlets=outlets, groups=groups) == []


def test_renumbered_passages_are_found_as_they_now_are(
    hundred: Path, make_article: MakeArticle
) -> None:
    article = make_article(2)
    with Library.open(hundred, HashEmbedder()) as library:
        before = library.lexical(QUESTIONS[0], 9)
        vectors = library.vectors([hit for hit, _ in before])
        assert library.lexical(QUESTIONS[0], 9, groups=["g"]) == []
        connection = storage.connect(hundred)
        with storage.transaction(connection, hundred):
            connection.execute("UPDATE articles SET group_id = 'g' WHERE id = ?", (article.id,))
            rows.renumber(connection, article.id)
        connection.close()
        assert library.lexical(QUESTIONS[0], 9) == before
        assert np.array_equal(library.vectors([hit for hit, _ in before]), vectors)
        grouped = {hit.split(":")[0] for hit, _ in library.lexical(QUESTIONS[0], 9, groups=["g"])}
        assert grouped == {article.id}
        library.check()


def test_equal_vectors_beyond_the_candidates_are_ranked_by_id(tmp_path: Path) -> None:
    kinds = (replace(EXACT, more=0), replace(SQ8, upto=1 << 40, more=0, times=1))
    text = "The council voted.\n\nThe work will cost 5 million."
    for few in (0, 1 << 40):
        options = IndexOptions(kinds=(replace(kinds[0], upto=few), kinds[1]))
        path = tmp_path / str(few)
        with Library.open(path, HashEmbedder(), create=True, indexes=options) as library:
            library.add(
                build_article(
                    0, id=f"{n:016x}", source=str(n), outlet=None, url=None, text=text + " " * n
                )
                for n in range(60)
            )
            connection = storage.connect(path)
            blob, crc32 = connection.execute("SELECT vector, crc32 FROM vectors").fetchone()
            with storage.transaction(connection, path):
                connection.execute("UPDATE vectors SET vector = ?, crc32 = ?", (blob, crc32))
                connection.execute("DELETE FROM derived")
            connection.close()
            vector = np.frombuffer(blob, dtype="<f4")
            every = library.dense(vector, 999)
            assert len({score for _, score in every}) == 1
            assert every == sorted(every)
            assert library.dense(vector, 3) == every[:3]


def test_passages_that_are_missing_are_noticed(hundred: Path) -> None:
    connection = sqlite3.connect(hundred / storage.FILE_NAME)
    connection.execute("DROP TRIGGER passage_removed")
    connection.execute("DELETE FROM passages WHERE number = 99")
    connection.commit()
    connection.close()
    for index in (hundred / "indexes").iterdir():
        index.unlink()
    with (
        Library.open(hundred, HashEmbedder()) as library,
        pytest.raises(LibraryDamaged, match="should hold 100 passages and holds 99"),
    ):
        library.lexical("council", 3)


def test_a_reader_without_a_base_makes_one_only_for_a_large_library(
    hundred: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = storage.connect(hundred)
    connection.execute("DELETE FROM derived")
    connection.close()
    for index in (hundred / "indexes").iterdir():
        index.unlink()
    with Library.open(hundred, HashEmbedder()) as library:
        small = searched(library)
    assert records(hundred) == []
    with Library.open(hundred, HashEmbedder(), indexes=IndexOptions(tail=50)) as library:
        assert searched(library) == small
    assert len(records(hundred)) == 1

    def never(*_: object) -> None:
        raise AssertionError("a base was made though there is a good one")

    monkeypatch.setattr(building, "make_base", never)
    monkeypatch.setattr(snapshot, "make_base", never)
    with Library.open(hundred, HashEmbedder(), indexes=IndexOptions(tail=50)) as library:
        assert searched(library) == small


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_still_searched(hundred: Path) -> None:
    before = records(hundred)
    for index in (hundred / "indexes").iterdir():
        index.unlink()
    (hundred / "indexes").chmod(0o500)
    with Library.open(hundred, HashEmbedder()) as library:
        assert library.lexical("council", 3)
    assert records(hundred) == before

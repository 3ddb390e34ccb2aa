from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Rejected, embedded_text, identify
from corpus.errors import NotInLibrary
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library
from embeddings.store.window import DateWindow

if TYPE_CHECKING:
    from tests.embeddings.conftest import CountingEmbedder

MakeArticle = Callable[..., Article]
QUESTION = "What will the Carrick bridge cost?"


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.duplicates


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.dense(HashEmbedder().embed([QUESTION])[0], 5) == []
    assert library.lexical(QUESTION, 5) == []
    assert list(library.articles()) == []
    assert library.generation == 0
    assert library.vectors([]).shape == (0, 64)
    assert library.stats().first is None


def test_what_goes_in_comes_out(library: Library, make_article: MakeArticle) -> None:
    article = make_article(
        2, updated=date(2024, 2, 1), url="https://x.example/2", language="en-GB", kind="brief"
    )
    report = library.add([article])
    assert counts(report) == (1, 0, 0, 0)
    assert report.passages == len(library.passages(article.id)) > 0
    assert library.article(article.id) == article
    passages = library.passages(article.id)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert library.passage(passages[0].id) == passages[0]
    texts = [embedded_text(article, passage) for passage in passages]
    assert np.array_equal(
        library.vectors([passage.id for passage in passages]), HashEmbedder().embed(texts)
    )


@pytest.mark.parametrize("text", ["A NUL \0 stays. So does this.", "Emoji 🕊️ and ‘quotes’. اللغة."])
def test_odd_characters_survive(library: Library, make_article: MakeArticle, text: str) -> None:
    article = make_article(1, text=text)
    library.add([article])
    assert library.article(article.id).text == text
    assert library.passages(article.id)[-1].end == len(text)


def test_both_searches_find_the_passage_best_first(
    library: Library, make_article: MakeArticle
) -> None:
    library.add(make_article(number) for number in range(16))
    wanted = make_article(2)
    for hits in (
        library.lexical(QUESTION, 5),
        library.dense(HashEmbedder().embed([QUESTION])[0], 5),
    ):
        assert library.passage(hits[0][0]).article_id == wanted.id
        assert len(hits) == 5
        assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)


def test_ties_are_broken_by_passage_id(library: Library, make_article: MakeArticle) -> None:
    # Equal but for the id: the text differs only in white space, which no term holds.
    articles = [
        make_article(0, id=identify(str(n)), source=str(n), text=f"{'x' * n}. Truce.\n\n{'y' * n}.")
        for n in range(1, 9)
    ]
    library.add(articles)
    hits = library.lexical("truce", 3)
    every = library.lexical("truce", 100)
    assert hits == every[:3]
    assert every == sorted(every, key=lambda hit: (-hit[1], hit[0]))
    vector = HashEmbedder().embed(["truce"])[0]
    assert library.dense(vector, 3) == library.dense(vector, 100)[:3]


def test_adding_again_is_free(
    tmp_path: Path, counting: CountingEmbedder, make_article: MakeArticle
) -> None:
    articles = [make_article(number) for number in range(5)]
    with Library.open(tmp_path / "library", counting, create=True) as library:
        library.add(articles)
        calls, generation = list(counting.calls), library.generation
        report = library.add(articles)
        assert counts(report) == (0, 0, 5, 0)
        assert report.passages == 0
        assert counting.calls == calls
        assert library.generation == generation


def test_many_articles_share_one_call_of_the_embedder(
    tmp_path: Path, counting: CountingEmbedder, make_article: MakeArticle
) -> None:
    options = IngestOptions(batch_passages=10)
    reports: list[IngestReport] = []
    with Library.open(tmp_path / "library", counting, create=True, options=options) as library:
        report = library.add((make_article(n) for n in range(25)), progress=reports.append)
        assert sum(counting.calls) == report.passages == library.stats().passages
        assert len(counting.calls) < 5
        assert [r.added for r in reports] == sorted({r.added for r in reports})
        assert reports[-1].added == 25
        assert library.generation == len(reports)


@pytest.mark.parametrize(
    "change", [{"text": "All is new.\n\nThe vote was lost."}, {"title": "A new headline"}]
)
def test_a_changed_article_is_replaced_and_its_old_version_kept(
    library: Library, make_article: MakeArticle, change: dict[str, str]
) -> None:
    old, other = make_article(1), make_article(2)
    library.add([old, other])
    new = replace(old, **change)  # type: ignore[arg-type]
    assert counts(library.add([new, other])) == (0, 1, 1, 0)
    assert library.article(old.id) == new
    assert library.versions(old.id) == [old]
    assert library.versions(other.id) == []
    assert library.stats().articles == 2
    assert library.stats().versions == 1
    word = next(iter(change.values())).split()[-1]
    assert {hit.split(":")[0] for hit, _ in library.lexical(word, 9)} == {old.id}


def test_the_same_text_from_another_source_is_a_duplicate(
    library: Library, make_article: MakeArticle
) -> None:
    first = make_article(1)
    copies = [
        replace(first, id=identify(f"copy {n}"), source=f"copy {n}", outlet=None, text=text)
        for n, text in enumerate((first.text, first.text.replace("\n\n", "\n \n")))
    ]
    assert counts(library.add([first, copies[0]])) == (1, 0, 0, 1)
    assert counts(library.add(copies)) == (0, 0, 0, 2)
    library.delete(first.id)
    assert counts(library.add(copies)) == (1, 0, 0, 1)


def test_one_article_twice_in_one_go_ends_as_the_later(
    library: Library, make_article: MakeArticle
) -> None:
    article = make_article(1)
    later = replace(article, title="Corrected")
    assert counts(library.add([article, article, later])) == (1, 1, 1, 0)
    assert library.article(article.id) == later


def test_what_was_rejected_is_reported_and_the_rest_goes_on(
    library: Library, make_article: MakeArticle
) -> None:
    unreadable = Rejected("bad.txt", 3, "is empty")
    surrogate = make_article(1, text="Half a pair \ud800.")
    blank = make_article(2, text=" \n ")
    report = library.add([unreadable, surrogate, blank, make_article(3)])
    assert counts(report) == (1, 0, 0, 0)
    assert report.rejected[0] == unreadable
    assert [r.source for r in report.rejected[1:]] == [surrogate.source, blank.source]
    assert library.stats().articles == 1


def test_deletion_is_immediate(library: Library, make_article: MakeArticle) -> None:
    old = make_article(2)
    library.add([make_article(number) for number in range(8)])
    library.add([replace(old, title="New")])
    assert library.delete(old.id)
    assert not library.delete(old.id)
    assert old.id not in {hit.split(":")[0] for hit, _ in library.lexical(QUESTION, 99)}
    vector = HashEmbedder().embed([QUESTION])[0]
    assert old.id not in {hit.split(":")[0] for hit, _ in library.dense(vector, 99)}
    assert library.versions(old.id) == []
    for read in (library.article, library.passages):
        with pytest.raises(NotInLibrary) as caught:
            read(old.id)
        assert "search again" in caught.value.next_step
    assert library.stats().articles == 7
    library.check()


@pytest.mark.parametrize("name", ["", "no such", "x' OR 1=1 --"])
def test_unknown_names(library: Library, name: str) -> None:
    for read in (library.article, library.passage, library.passages):
        with pytest.raises(NotInLibrary):
            read(name)
    with pytest.raises(NotInLibrary):
        library.vectors([name])
    assert library.versions(name) == []


def test_articles_come_oldest_first_undated_last(
    library: Library, make_article: MakeArticle
) -> None:
    undated = make_article(0, published=None)
    library.add([make_article(5), undated, make_article(3)])
    assert list(library.articles()) == [make_article(3), make_article(5), undated]


def test_the_window_holds_inside_both_indexes(library: Library, make_article: MakeArticle) -> None:
    crowd = [make_article(n, id=identify(f"c{n}"), source=f"c{n}") for n in range(64)]
    wanted = crowd[40]
    undated = make_article(99, published=None)
    library.add([*crowd, undated])
    window = DateWindow(wanted.published, wanted.published)
    vector = HashEmbedder().embed([QUESTION])[0]
    for hits in (library.lexical("council vote", 3, window), library.dense(vector, 3, window)):
        assert hits
        assert {hit.split(":")[0] for hit, _ in hits} == {wanted.id}
    shut = DateWindow(until=date(2023, 1, 1))
    assert library.lexical("council", 3, shut) == library.dense(vector, 3, shut) == []
    open_hits = {hit.split(":")[0] for hit, _ in library.dense(vector, 999)}
    assert undated.id in open_hits
    assert undated.id not in {
        hit.split(":")[0] for hit, _ in library.dense(vector, 999, DateWindow(date(1, 1, 1)))
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    since=st.none() | st.dates(date(2024, 1, 1), date(2024, 2, 10)),
    until=st.none() | st.dates(date(2024, 1, 1), date(2024, 2, 10)),
    k=st.integers(1, 40),
)
def test_a_window_gives_the_full_search_sifted(
    forty: Library, since: date | None, until: date | None, k: int
) -> None:
    window = DateWindow(since, until)
    published = {article.id: article.published for article in forty.articles()}
    vector = HashEmbedder().embed(["council mayor market 7.5 million"])[0]
    question = "council mayor market 7.5 million"
    full = forty.dense(vector, 999), forty.lexical(question, 999)
    narrow = forty.dense(vector, k, window), forty.lexical(question, k, window)
    for every, found in zip(full, narrow, strict=True):
        sifted = [hit for hit in every if window.admits(published[hit[0].split(":")[0]])]
        assert found == sifted[:k]


def test_stats(library: Library, make_article: MakeArticle) -> None:
    library.add([make_article(0), make_article(1, outlet=None), make_article(2, published=None)])
    stats = library.stats()
    assert (stats.articles, stats.undated, stats.outlets) == (3, 1, 2)
    assert (stats.first, stats.last) == (date(2024, 1, 1), date(2024, 1, 2))
    assert (stats.embedder, stats.dimensions) == ("hash:64", 64)
    assert stats.generation == library.generation
    assert stats.size >= sum(f.stat().st_size for f in library.path.glob("*.sqlite3"))


def test_an_interrupted_ingest_goes_on_where_it_stopped(
    tmp_path: Path, counting: CountingEmbedder, make_article: MakeArticle
) -> None:
    articles = [make_article(number) for number in range(30)]

    def breaks_off(report: IngestReport) -> None:
        if report.added >= 12:
            raise KeyboardInterrupt

    options = IngestOptions(batch_passages=4)
    path = tmp_path / "library"
    with Library.open(path, counting, create=True, options=options) as library:
        with pytest.raises(KeyboardInterrupt):
            library.add(articles, progress=breaks_off)
        report = library.add(articles)
        assert report.added + report.unchanged == 30
        assert report.unchanged >= 12
        assert report.added > 0
        ids = {a.id: [p.id for p in library.passages(a.id)] for a in articles}
    with Library.open(tmp_path / "straight", HashEmbedder(), create=True) as straight:
        straight.add(articles)
        assert ids == {a.id: [p.id for p in straight.passages(a.id)] for a in articles}


def test_rebuild_changes_the_embedder_and_keeps_the_articles(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    path = tmp_path / "library"
    articles = [make_article(number) for number in range(12)]
    with Library.open(path, HashEmbedder(64), create=True) as library:
        library.add(articles)
        library.add([replace(articles[0], title="Corrected")])
        lexical = library.lexical(QUESTION, 5)
    reports: list[IngestReport] = []
    new = HashEmbedder(128)
    with Library.rebuild(path, new, progress=reports.append) as library:
        assert reports[-1].updated == 12
        assert library.stats().dimensions == 128
        assert library.versions(articles[0].id) == [articles[0]]
        assert library.lexical(QUESTION, 5) == lexical
        assert len(library.dense(new.embed([QUESTION])[0], 5)) == 5
        library.check()
    Library.open(path, new).close()

"""What the library in a folder does beyond the contract of every library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, identify
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library
from embeddings.store.window import DateWindow

if TYPE_CHECKING:
    from tests.embeddings.conftest import CountingEmbedder

MakeArticle = Callable[..., Article]
QUESTION = "What will the Carrick bridge cost?"


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


def test_its_size_is_that_of_its_files(library: Library, make_article: MakeArticle) -> None:
    library.add([make_article(0)])
    assert library.stats().size >= sum(f.stat().st_size for f in library.path.glob("*.sqlite3"))

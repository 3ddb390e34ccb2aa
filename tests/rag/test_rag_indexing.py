"""What became of the articles in words, as JSON and as CSV; and the acts of `dateline index`."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

import rag
import rag.intake.indexing
from corpus import ReadOptions, Rejected
from corpus.errors import (
    DatelineError,
    MissingPath,
    NetworkOff,
    NotALibrary,
    NothingToRead,
    NotInLibrary,
)
from embeddings import IngestReport
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from rag.intake import indexing
from rag.intake.adding import Adding
from rag.intake.index_report import as_dict, as_words, write_rejected
from rag.settings import Settings
from tests.rag.desks import FILES, HARBOUR, CountingEmbedder, make_newsroom, write_articles

REPORT = IngestReport(
    added=3,
    updated=1,
    unchanged=2,
    duplicates=4,
    rejected=(Rejected("a.txt", None, "empty"), Rejected("b.csv", 7, "no text in this row")),
    passages=9,
    seconds=2.0,
)


def many() -> IngestReport:
    """12,345 rows without a text, 12 empty files, and ten reasons of their own."""
    rows = [Rejected("big.csv", line, "no text in this row") for line in range(2, 12_347)]
    files = [Rejected(f"{n}.txt", None, "empty") for n in range(12)]
    others = [Rejected("x.txt", None, f"reason {n}") for n in range(10)]
    return IngestReport(added=1, rejected=(*others, *files, *rows), seconds=2.0)


def test_one_line_and_then_one_for_each_rejected() -> None:
    assert as_words(REPORT).splitlines() == [
        "3 added, 1 updated, 2 unchanged, 4 duplicates, 2 rejected; "
        "9 passages embedded in 2.0 s, 5.0 articles a second.",
        "  rejected a.txt: empty",
        "  rejected b.csv:7: no text in this row",
    ]


def test_what_happens_seldom_is_told_where_it_happened() -> None:
    report = IngestReport(added=1_200, grouped=3, withdrawn=1, mended=2, seconds=1.0)
    assert as_words(report).startswith(
        "1,200 added, 0 updated, 0 unchanged, 0 duplicates, "
        "3 grouped, 1 withdrawn, 2 mended, 0 rejected; "
    )


def test_many_rejections_are_told_by_reason_with_the_first_few() -> None:
    assert as_words(many()).splitlines()[1:] == [
        "  12,345 rejected: no text in this row",
        "      big.csv:2",
        "      big.csv:3",
        "      big.csv:4",
        "      … and 12,342 more",
        "  12 rejected: empty",
        "      0.txt",
        "      1.txt",
        "      2.txt",
        "      … and 9 more",
        *(line for n in range(6) for line in (f"  1 rejected: reason {n}", "      x.txt")),
        "  4 rejected for 4 other reasons",
        "  --rejected FILE writes them all as CSV.",
    ]


def test_a_report_of_no_time_has_no_speed() -> None:
    report = IngestReport(0, 0, 0, 0, (), 0, 0.0)
    assert as_words(report).endswith("0 passages embedded in 0.0 s.")
    assert as_dict(report)["articles_a_second"] is None


def test_json_has_every_figure() -> None:
    assert json.loads(json.dumps(as_dict(REPORT))) == {
        "added": 3,
        "updated": 1,
        "unchanged": 2,
        "duplicates": 4,
        "grouped": 0,
        "withdrawn": 0,
        "reinstated": 0,
        "mended": 0,
        "earlier": 0,
        "rejected": [
            {"source": "a.txt", "line": None, "reason": "empty"},
            {"source": "b.csv", "line": 7, "reason": "no text in this row"},
        ],
        "passages": 9,
        "seconds": 2.0,
        "articles_a_second": 5.0,
    }


def test_csv_has_every_rejection() -> None:
    file = io.StringIO()
    awkward = Rejected('a "b", c.txt', None, "line one\nline two")
    write_rejected([*many().rejected, awkward], file)
    rows = list(csv.reader(io.StringIO(file.getvalue())))
    assert rows[0] == ["file", "line", "reason"]
    assert len(rows) == 1 + 12_367 + 1
    assert rows[-2] == ["big.csv", "12346", "no text in this row"]
    assert rows[-1] == ['a "b", c.txt', "", "line one\nline two"]


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> CountingEmbedder:
    made = CountingEmbedder()
    monkeypatch.setattr(rag.intake.indexing, "load_embedder", lambda *_, **__: made)
    return made


def adding(*paths: Path | str, **options: object) -> Adding:
    return Adding(paths, ReadOptions(**options), progress=False)  # type: ignore[arg-type]


def test_a_dry_run_makes_no_library_and_embeds_nothing(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    articles = write_articles(tmp_path / "articles")
    (articles / "again.txt").write_text((articles / "market.md").read_text().split("---\n")[-1])
    (articles / "empty.txt").write_text("")
    before = sorted(tmp_path.rglob("*"))
    report = indexing.dry_run(tmp_path / "library", adding(articles), Settings())
    assert report.added + report.duplicates == len(FILES) + 1
    assert [one.reason for one in report.rejected] == ["empty"]
    assert sorted(tmp_path.rglob("*")) == before
    assert embedder.texts == 0


def test_a_dry_run_over_a_library_leaves_every_row_as_it_is(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    articles = write_articles(tmp_path / "articles")
    indexing.index(tmp_path / "library", adding(articles), Settings())
    with Library.open(tmp_path / "library", embedder) as library:
        held, generation = list(library.articles()), library.generation
    embedded = embedder.texts
    (articles / "harbour.md").write_text(HARBOUR.replace("12.5 million", "13 million"))
    (articles / "new.txt").write_text("The quay sank.\n\nNobody was hurt.")
    report = indexing.dry_run(tmp_path / "library", adding(articles), Settings())
    assert (report.added, report.updated, report.unchanged) == (1, 1, 2)
    assert embedder.texts == embedded
    with Library.open(tmp_path / "library", embedder) as library:
        assert list(library.articles()) == held
        assert library.generation == generation
    real = indexing.index(tmp_path / "library", adding(articles), Settings())
    assert (real.added, real.updated, real.unchanged) == (1, 1, 2)


def test_a_dry_run_into_an_empty_folder_leaves_it_empty(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    (tmp_path / "library").mkdir()
    articles = write_articles(tmp_path / "articles")
    assert indexing.dry_run(tmp_path / "library", adding(articles), Settings()).added == 3
    assert list((tmp_path / "library").iterdir()) == []
    assert embedder.texts == 0


@pytest.mark.parametrize("act", [indexing.index, indexing.dry_run])
@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("nowhere", MissingPath),
        ("empty", NothingToRead),
        ("articles/*.pdf", MissingPath),
        ("https://a.example/feed", NetworkOff),
    ],
)
def test_what_cannot_be_read_is_told_before_a_library_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: object,
    path: str,
    error: type[DatelineError],
) -> None:
    def load(*_: object, **__: object) -> None:
        raise AssertionError("no model is loaded for a path that is not there")

    monkeypatch.setattr(rag.intake.indexing, "load_embedder", load)
    write_articles(tmp_path / "articles")
    (tmp_path / "empty").mkdir()
    where = path if "://" in path else tmp_path / path
    with pytest.raises(error):
        act(tmp_path / "library", adding(where), Settings())  # type: ignore[operator]
    assert not (tmp_path / "library").exists()


def test_a_dry_run_into_a_folder_of_something_else_is_refused_like_the_real_one(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    articles = write_articles(tmp_path / "articles")
    for act in (indexing.dry_run, indexing.index):
        with pytest.raises(NotALibrary):
            act(articles, adding(articles), Settings())
    assert embedder.texts == 0


def test_columns_and_globs_reach_the_reader(tmp_path: Path, embedder: CountingEmbedder) -> None:
    del embedder
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text(f"Body;Heading\nThe {name} quay sank.;Quay {name}\n")
    options = {"columns": {"text": "Body", "title": "Heading"}}
    report = indexing.index(
        tmp_path / "library", adding(tmp_path / "tables" / "*.csv", **options), Settings()
    )
    assert report.added == 2
    with rag.open(tmp_path / "library", embedder=HashEmbedder()) as newsroom:
        assert {one.title for one in newsroom.library.articles()} == {"Quay a", "Quay b"}
        more = tmp_path / "c.csv"
        more.write_text("Body;Heading\nThe c quay sank.;Quay c\n")
        read = ReadOptions(**options)  # type: ignore[arg-type]
        assert newsroom.add([more], options=read, dry_run=True, progress=False).added == 1
        assert newsroom.library.stats().articles == 2
        assert newsroom.add([more], options=read, progress=False).added == 1


def test_what_is_withdrawn_stays_and_is_never_evidence(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    del embedder
    make_newsroom(tmp_path).close()
    library = tmp_path / "library"
    with rag.open(library, embedder=HashEmbedder()) as newsroom:
        first = newsroom.search("harbour plan", 1)[0].article
    (words,) = indexing.withdraw(library, [first.id], date(2024, 3, 9), Settings())
    assert words == f"Marked as withdrawn on 2024-03-09: {first.id} “{first.title}”."
    (words,) = indexing.withdraw(library, [first.id], None, Settings())
    assert words.startswith("Was marked as withdrawn already on 2024-03-09: ")
    with rag.open(library, embedder=HashEmbedder()) as newsroom:
        assert newsroom.library.article(first.id).withdrawn == date(2024, 3, 9)
        assert first.id not in {hit.article.id for hit in newsroom.search("harbour plan", 50)}


@pytest.mark.parametrize("act", ["withdraw", "delete"])
def test_an_unknown_id_is_told_and_the_others_are_dealt_with(
    tmp_path: Path, embedder: CountingEmbedder, act: str
) -> None:
    del embedder
    make_newsroom(tmp_path).close()
    with rag.open(tmp_path / "library", embedder=HashEmbedder()) as newsroom:
        known = [one.id for one in newsroom.library.articles()][:2]
    ids = [known[0], "0123456789abcdef", known[1]]
    if act == "withdraw":
        lines = indexing.withdraw(tmp_path / "library", ids, None, Settings())
    else:
        lines = indexing.delete(tmp_path / "library", ids, Settings())
    with pytest.raises(NotInLibrary, match="there is no article 0123456789abcdef"):
        list(lines)
    with rag.open(tmp_path / "library", embedder=HashEmbedder()) as newsroom:
        left = [one.id for one in newsroom.library.articles() if not one.withdrawn]
    assert len(left) == 1
    assert not set(known) & set(left)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus import Article, Rejected, identify
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake import ingest
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library
from tests.embeddings.copied import report, sentences

if TYPE_CHECKING:
    from tests.embeddings.conftest import CountingEmbedder

MakeArticle = Callable[..., Article]
DAY = date(2024, 3, 9)
FOOTER = "Follow our newsletter and never miss a story"


def by_address(url: str, source: str, **changes: object) -> Article:
    article = replace(report(1), id=identify(url), url=url, source=source)
    return replace(article, **changes)  # type: ignore[arg-type]


def counted(taken: IngestReport) -> dict[str, int]:
    """The figures that are not 0, less passages."""
    names = (
        "added", "updated", "unchanged", "duplicates", "grouped", "withdrawn", "reinstated",
        "mended", "earlier",
    )  # fmt: skip
    return {name: getattr(taken, name) for name in names if getattr(taken, name)}


# One article from two paths


def test_twins_of_one_address_are_one_article(library: Library) -> None:
    plain = by_address("https://example.com/ferry", "a.html")
    twins = [
        by_address("https://m.example.com/ferry?utm_source=x", "b.html"),
        by_address("https://www.example.com/ferry/amp/", "c.html", text=plain.text + "\n\nMenu"),
    ]
    assert counted(library.add([plain, *twins])) == {"added": 1, "duplicates": 2}
    assert counted(library.add(twins)) == {"duplicates": 2}
    assert list(library.articles()) == [plain]
    assert library.versions(plain.id) == []


def test_a_later_version_may_come_from_another_path_and_address(library: Library) -> None:
    first = by_address("https://example.com/ferry", "2024/a.html")
    later = by_address(
        "https://m.example.com/ferry", "2025/a.html", text=report(2).text, updated=DAY
    )
    assert counted(library.add([first, later])) == {"added": 1, "updated": 1}
    assert library.article(first.id).text == later.text
    # Read again in the same order, the older file must not undo what the newer one said.
    assert counted(library.add([first, later])) == {"unchanged": 2}
    assert library.versions(first.id) == [first]


def test_two_readings_of_one_text_are_completed_by_each_other(library: Library) -> None:
    bare = replace(report(1, None, name="bare.txt", day=None), dated_by="none", title="As it was")
    full = replace(report(1), url="https://example.com/1")
    assert counted(library.add([bare, full])) == {"added": 1, "duplicates": 1}
    stored = library.article(bare.id)
    assert (stored.outlet, stored.published, stored.dated_by, stored.url) == (
        full.outlet, full.published, full.dated_by, full.url
    )  # fmt: skip
    assert (stored.title, stored.source) == (bare.title, bare.source)
    assert library.versions(bare.id) == []
    generation = library.generation
    assert counted(library.add([bare, full])) == {"unchanged": 1, "duplicates": 1}
    assert library.generation == generation
    hits = library.dense(HashEmbedder().embed(["met"])[0], 99, outlets=["Ashford Courier"])
    assert len(hits) == len(library.passages(bare.id))
    library.check()


def test_a_short_note_of_two_things_is_two_articles(library: Library) -> None:
    note = replace(report(1), text="Qtly div 12 cts vs 12 cts prior. Pay April 15.", outlet="NNA")
    other = replace(note, id="0" * 16, source="other", title="Briar Mills raises its payout")
    assert counted(library.add([note, other])) == {"added": 2}
    assert library.group(note.id).articles == (note,)


# Later and earlier versions


def test_a_file_that_was_changed_back_is_changed_back(library: Library) -> None:
    undated = replace(report(1), published=None, dated_by="none")
    changed = replace(undated, text=report(2).text)
    for article in (undated, changed, undated):
        library.add([article])
        assert library.article(undated.id) == article
    assert library.versions(undated.id) == [undated, changed]


def test_a_corrected_day_replaces_a_wrong_one(library: Library) -> None:
    wrong = report(1)
    right = replace(wrong, published=date(2023, 3, 5))
    assert counted(library.add([wrong, right])) == {"added": 1, "updated": 1}
    assert library.article(wrong.id) == right


def test_passages_that_a_version_shares_are_not_embedded_again(
    tmp_path: Path, counting: CountingEmbedder
) -> None:
    old = report(1, last=12)
    new = replace(old, text="\n\n".join((*sentences(1)[:11], "All was well in the end.")))
    small = 40
    embedder = type(counting)(max_tokens=small)
    with Library.open(tmp_path / "library", embedder, create=True) as library:
        library.add([old])
        before = library.vectors([passage.id for passage in library.passages(old.id)])
        taken = library.add([new])
        assert 0 < taken.passages < len(before)
        after = library.vectors([passage.id for passage in library.passages(old.id)])
        assert np.array_equal(before[0], after[0])
        library.check()


def test_metadata_alone_cost_no_embedding(library: Library) -> None:
    article = report(1)
    library.add([article])
    taken = library.add([replace(article, url="https://example.com/1", language="en-GB")])
    assert (taken.updated, taken.passages) == (1, 0)
    assert len(library.versions(article.id)) == 1
    library.check()


# Withdrawn


def found(library: Library, *, withdrawn: bool = False) -> set[str]:
    return {
        library.passage(hit).article_id
        for hit, _ in library.lexical("met times", 99, withdrawn=withdrawn)
    }


def test_metadata_mark_and_unmark(library: Library) -> None:
    article, other = report(1), report(2)
    library.add([article, other])
    marked = replace(article, withdrawn=DAY)
    taken = library.add([marked])
    assert counted(taken) == {"updated": 1, "withdrawn": 1}
    assert taken.passages == 0
    assert found(library) == {other.id}
    assert found(library, withdrawn=True) == {article.id, other.id}
    assert counted(library.add([marked])) == {"unchanged": 1}
    assert counted(library.add([article])) == {"updated": 1, "reinstated": 1}
    assert found(library) == {article.id, other.id}
    assert counted(library.add([replace(report(3), withdrawn=DAY)])) == {"added": 1, "withdrawn": 1}
    library.check()


def test_a_mark_by_hand_stays_when_the_old_file_is_read_again(library: Library) -> None:
    article = report(1)
    library.add([article, report(2)])
    assert library.withdraw(article.id, DAY)
    assert not library.withdraw(article.id)
    assert not library.withdraw("nobody")
    assert library.article(article.id) == replace(article, withdrawn=DAY)
    assert article.id not in found(library)
    assert counted(library.add([article])) == {"unchanged": 1}
    assert library.article(article.id).withdrawn == DAY
    later = replace(article, title="Restored", updated=date(2024, 3, 12))
    assert counted(library.add([later])) == {"updated": 1, "reinstated": 1}
    assert article.id in found(library)


def test_a_mark_by_hand_goes_by_hand(library: Library) -> None:
    article = report(1)
    library.add([article])
    assert library.withdraw(article.id)
    assert library.article(article.id).withdrawn == date.today()
    assert library.reinstate(article.id)
    assert not library.reinstate(article.id)
    assert not library.reinstate("nobody")
    assert library.article(article.id) == article
    assert found(library) == {article.id}
    library.check()


# Repeated lines


def with_footer(seed: int, outlet: str = "Ashford Courier") -> Article:
    return report(seed, outlet, after=FOOTER)


def test_a_line_that_an_outlet_repeats_goes_and_those_before_are_mended(library: Library) -> None:
    articles = [with_footer(seed) for seed in range(9)]
    taken = library.add([*articles, with_footer(20, "Belmont Times")])
    assert taken.added == 10
    assert 0 < taken.mended < 9
    for article in articles:
        stored = library.article(article.id)
        assert stored.text == article.text.removesuffix(f"\n\n{FOOTER}")
        assert stored.dropped == (FOOTER,)
        assert library.versions(article.id) == []
        assert library.passages(article.id)[-1].end == len(stored.text)
    assert library.article(with_footer(20, "Belmont Times").id).text.endswith(FOOTER)
    assert library.lexical("newsletter", 9, outlets=["Ashford Courier"]) == []
    library.check()
    generation = library.generation
    assert counted(library.add(articles)) == {"unchanged": 9}
    assert library.generation == generation


def test_a_later_version_is_relieved_too(library: Library) -> None:
    articles = [with_footer(seed) for seed in range(9)]
    library.add(articles)
    changed = replace(articles[0], text=with_footer(30).text)
    assert counted(library.add([changed])) == {"updated": 1}
    assert library.article(changed.id).text == report(30).text
    assert all(change.after != FOOTER for change in library.changes(changed.id))


def test_copies_of_one_report_do_not_make_a_line_boilerplate(library: Library) -> None:
    line = "The harbour lies quiet in the evening sun"
    copies = [
        report(1, name=f"copy {n}", before=line, after=f"So much for copy {n}.") for n in range(8)
    ]
    library.add(copies)
    assert all(line in article.text for article in library.articles())
    library.check()


# Report, rejection, dry run


def test_what_was_seen(library: Library) -> None:
    reports: list[IngestReport] = []
    rejected = Rejected("bad.txt", None, "is empty")
    taken = library.add([report(1), rejected, report(1)], progress=reports.append)
    assert (taken.taken, taken.seen) == (2, 3)
    assert reports[-1].seen == 3


def test_progress_is_told_where_nothing_is_committed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_TOLD_EVERY", 50)
    articles = [report(seed, last=1) for seed in range(70)]
    library.add(articles)
    reports: list[IngestReport] = []
    library.add(articles, progress=reports.append)
    assert [one.unchanged for one in reports] == [50]


def test_a_dry_run_says_it_all_and_changes_nothing(
    tmp_path: Path, counting: CountingEmbedder
) -> None:
    before = [report(1), with_footer(1, "Belmont Times"), report(2)]
    wanted: list[Article | Rejected] = [
        report(1), replace(report(2), title="Later"), report(1, "Carrick Herald"),
        report(1, None, name="twin"), *(with_footer(40 + n, "Dunmore Post") for n in range(8)),
        replace(report(30), withdrawn=DAY), Rejected("bad.txt", 1, "is empty"),
        replace(report(4), text="  "),
    ]  # fmt: skip
    path = tmp_path / "library"
    options = IngestOptions(batch_passages=3)
    with Library.open(path, counting, create=True, options=options) as library:
        library.add(before)
        calls, generation = list(counting.calls), library.generation
        bytes_before = {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}
        said = library.add(wanted, dry_run=True)
        assert counting.calls == calls
        assert library.generation == generation
        assert {
            file: file.read_bytes() for file in path.rglob("*") if file.is_file()
        } == bytes_before
        assert [article.id for article in library.articles()] == sorted(
            article.id for article in before
        )
        done = library.add(wanted)
        assert replace(said, seconds=0) == replace(done, seconds=0)
        assert counted(done)["grouped"] == 1

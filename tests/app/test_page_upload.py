"""Putting articles in from the page: what becomes of the files, and taking an upload back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rag
from corpus import Article, Rejected
from corpus.errors import LibraryLocked, NotInLibrary
from embeddings import IngestReport
from embeddings.embedders.hashing import HashEmbedder
from page.desk.desk import Desk, DeskOptions
from page.desk.intake import MOST_KEPT, NothingToUndo, Progress, Source
from page.desk.undo import Trail
from page.library.staged import Staged, TooMuch, UploadOptions
from page.library.upload import take, undo_button, undone
from page.library.upload_html import in_words, report_html, status_html
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.newsrooms import article
from tests.app.test_page_evidence import ATTACKS, OWN_ATTRIBUTES, OWN_TAGS, Markup

QUARRY = "Rain filled the quarry of Solane on Thursday, mayor Ada Quill said. Nobody was hurt."
FERRY = "The ferry to Corvane ran aground off the cape at noon, and its 40 passengers walked home."
PATIENCE = 20.0


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    (tmp_path / "old.txt").write_text("Old harbour\n\nThe old harbour of Solane closed in 2011.")
    with rag.open(
        tmp_path / "library",
        add=[tmp_path / "old.txt"],
        embedder=HashEmbedder(64),
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as newsroom:
        yield newsroom


@pytest.fixture
def desk(newsroom: Newsroom, tmp_path: Path) -> Iterator[Desk]:
    with Desk(newsroom, DeskOptions(anywhere=True, home=tmp_path / "data" / "libraries")) as desk:
        yield desk


def upload(folder: Path, name: str, title: str, text: str, **said: str) -> str:
    """A file as Gradio keeps it: in a folder of its own."""
    own = folder / f"upload-{len(list(folder.iterdir()))}"
    own.mkdir()
    head = "".join(f"{key}: {value}\n" for key, value in {"title": title, **said}.items())
    file = own / name
    file.write_text(f"---\n{head}---\n\n{text}\n")
    return str(file)


def titles(newsroom: Newsroom) -> list[str]:
    return sorted(one.title for one in newsroom.library.articles())


def put(desk: Desk, *files: str, place: str = "") -> list[tuple[Any, ...]]:
    return list(take(desk, "tab", files, place))


def test_files_go_in_and_what_became_of_them_is_told(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    files = [
        upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY),
        upload(tmp_path, "copy.md", "Quarry in Solane floods", QUARRY),
        upload(tmp_path, "ferry.md", "Ferry aground", FERRY),
        str(tmp_path / "empty.txt"),
        str(tmp_path / "odd.bin"),
    ]
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "odd.bin").write_bytes(b"\0\1")
    *_, last = put(desk, *files)
    status, report, take_button, stop_button, undo = last
    assert "Done: 2 articles added" in status
    assert "<td>2</td><td>added</td>" in report
    assert "<td>1</td><td>duplicates, left out</td>" in report
    assert "<td>2</td><td>rejected</td>" in report
    assert "empty.txt: empty" in report
    assert "odd.bin: not a form that Dateline reads" in report
    assert (take_button["interactive"], stop_button["interactive"]) == (True, False)
    assert undo["interactive"] is True
    assert undo["value"].startswith("Take back 5 files, ")
    assert titles(newsroom) == ["Ferry aground", "Old harbour", "Quarry in Solane floods"]


def test_the_uploaded_files_are_gone_and_the_articles_name_them(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    file = upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY)
    put(desk, file)
    assert not Path(file).exists()
    assert not any(one.is_file() for one in desk.uploads.rglob("*"))
    (found,) = [one for one in newsroom.library.articles() if one.title.startswith("Quarry")]
    assert found.source == "upload:quarry.md"


def test_a_file_that_is_put_in_again_is_the_same_article(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    put(desk, upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY))
    *_, again = put(desk, upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY))
    assert "there already, unchanged" in again[1]
    changed = QUARRY.replace("Nobody was hurt", "Two were hurt")
    *_, last = put(desk, upload(tmp_path, "quarry.md", "Quarry in Solane floods", changed))
    assert "<td>1</td><td>new versions of articles that were there</td>" in last[1]
    (found,) = [one for one in newsroom.library.articles() if one.title.startswith("Quarry")]
    assert "Two were hurt" in found.text
    assert [one.text for one in newsroom.library.versions(found.id)] == [QUARRY]


def test_a_file_of_the_same_name_that_tells_another_story_is_another_article(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    put(desk, upload(tmp_path, "index.md", "Quarry in Solane floods", QUARRY))
    put(desk, upload(tmp_path, "index.md", "Ferry aground", FERRY))
    assert titles(newsroom) == ["Ferry aground", "Old harbour", "Quarry in Solane floods"]
    put(desk, upload(tmp_path, "index.md", "Ferry aground", FERRY))
    assert len(titles(newsroom)) == 3


def test_two_files_of_one_name_in_one_upload_are_two_articles(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    put(
        desk,
        upload(tmp_path, "index.md", "Quarry in Solane floods", QUARRY),
        upload(tmp_path, "index.md", "Ferry aground", FERRY),
    )
    assert titles(newsroom) == ["Ferry aground", "Old harbour", "Quarry in Solane floods"]


def test_taking_back_removes_what_came_and_puts_back_what_was(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    put(desk, upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY))
    before = {one.id: one for one in newsroom.library.articles()}
    passages = {one: newsroom.library.passages(one) for one in before}
    changed = QUARRY.replace("Nobody was hurt", "Two were hurt")
    put(
        desk,
        upload(tmp_path, "quarry.md", "Quarry in Solane floods", changed),
        upload(tmp_path, "ferry.md", "Ferry aground", FERRY),
    )
    status, report, button = undone(desk)
    assert "Taken back: 2 files. 1 article removed, 1 article put back as before." in status
    assert report == ""
    assert button["value"].startswith("Take back 1 file, "), "the upload before is next"
    assert {one.id: one for one in newsroom.library.articles()} == before
    assert {one: newsroom.library.passages(one) for one in before} == passages
    assert all(newsroom.library.versions(one) == [] for one in before)
    assert newsroom.search("Was nobody hurt at the quarry?", 1)[0].article.text == QUARRY
    newsroom.library.check()
    undone(desk)
    assert titles(newsroom) == ["Old harbour"]
    assert "There is no upload to take back" in undone(desk)[0]
    assert undo_button(desk)["interactive"] is False


def test_an_earlier_version_that_was_put_in_is_taken_back_too(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    url = "https://courier.example/quarry"
    late = {"url": url, "published": "2021-05-06", "updated": "2021-05-09"}
    early = {"url": url, "published": "2021-05-06"}
    put(desk, upload(tmp_path, "late.md", "Quarry in Solane floods", QUARRY, **late))
    *_, last = put(desk, upload(tmp_path, "early.md", "Quarry fills", f"{QUARRY} So far.", **early))
    assert "earlier versions of articles that are there" in last[1]
    (found,) = [one for one in newsroom.library.articles() if one.url == url]
    assert len(newsroom.library.versions(found.id)) == 1
    undone(desk)
    assert newsroom.library.versions(found.id) == []
    assert newsroom.library.article(found.id) == found


def test_what_changed_nothing_cannot_be_taken_back(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("")
    put(desk, str(tmp_path / "empty.txt"))
    assert undo_button(desk)["interactive"] is False
    with pytest.raises(NothingToUndo):
        desk.intake.undo(newsroom)


def test_only_the_last_few_uploads_can_be_taken_back(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    for at in range(MOST_KEPT + 2):
        text = f"Pump number {at} of the quarry ran for {at * 7 + 3} hours, the foreman said."
        put(desk, upload(tmp_path, f"pump{at}.md", f"Pump {at} runs", text))
    for _ in range(MOST_KEPT):
        assert "1 article removed" in undone(desk)[0]
    assert "There is no upload" in undone(desk)[0]
    assert len(titles(newsroom)) == 3


def test_each_library_has_its_own_uploads(desk: Desk, newsroom: Newsroom, tmp_path: Path) -> None:
    put(desk, upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY))
    desk.create("other")
    assert undo_button(desk)["interactive"] is False
    put(desk, upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY))
    undone(desk)
    assert desk.newsroom.library.stats().articles == 0
    assert len(titles(newsroom)) == 2


def test_a_folder_where_dateline_runs_goes_in_where_that_is_allowed(
    desk: Desk, newsroom: Newsroom, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "ferry.txt").write_text(f"Ferry aground\n\n{FERRY}")
    put(desk, place=str(folder))
    assert "Ferry aground" in titles(newsroom)
    assert (folder / "ferry.txt").exists(), "the reader's own files stay"
    *_, (status, *_) = put(desk, place=str(tmp_path / "nowhere"))
    assert "nowhere" in status
    with Desk(newsroom, DeskOptions(anywhere=False, home=tmp_path / "h")) as others:
        *_, (status, *_) = put(others, place=str(folder))
        assert "Nothing was chosen" in status


@pytest.mark.parametrize(
    ("options", "told"),
    [(UploadOptions(files=1), "2 files, more than 1"), (UploadOptions(bytes=10), "MB, more than")],
)
def test_too_much_is_refused_before_anything_is_read(
    tmp_path: Path, options: UploadOptions, told: str
) -> None:
    files = [upload(tmp_path, "a.md", "A", QUARRY), upload(tmp_path, "b.md", "B", FERRY)]
    with pytest.raises(TooMuch, match=told):
        Staged(files, tmp_path / "uploads", options)
    assert all(Path(file).exists() for file in files)


def test_a_file_that_went_away_is_told_and_the_others_go_in(desk: Desk, tmp_path: Path) -> None:
    file = upload(tmp_path, "ferry.md", "Ferry aground", FERRY)
    *_, (status, report, *_) = put(desk, str(tmp_path / "gone.md"), file)
    assert "Done: 1 article added" in status
    assert "gone.md: No such file" in report


class Slow:
    """Articles that come one by one, as they are let through."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.begun = threading.Event()
        self.three = threading.Event()

    def entries(self, told: object) -> Iterator[Article | Rejected]:
        del told
        for at in range(50):
            self.begun.set()
            if at == 3:
                self.three.set()
            assert self.gate.acquire(timeout=PATIENCE)
            yield article(f"Pump {at} runs", None, None, f"Pump {at} ran for {at * 7 + 3} hours.")


def test_an_upload_can_be_stopped_and_keeps_what_was_read(desk: Desk, newsroom: Newsroom) -> None:
    slow = Slow()
    job = desk.intake.take("tab", Source("pumps", 0, slow.entries), newsroom)
    assert slow.begun.wait(PATIENCE)
    for _ in range(3):
        slow.gate.release()
    assert slow.three.wait(PATIENCE)
    desk.intake.stop("tab")
    for _ in range(50):
        slow.gate.release()
    *_, last = job.watch()
    assert last.phase == "stopped"
    assert 0 < last.report.added < 50
    assert newsroom.library.stats().articles == 1 + last.report.added
    assert undo_button(desk)["interactive"] is True


def test_uploads_wait_for_one_another_and_go_on_when_their_reader_leaves(
    desk: Desk, newsroom: Newsroom
) -> None:
    slow, second = Slow(), Slow()
    one = desk.intake.take("one", Source("pumps", 0, slow.entries), newsroom)
    two = desk.intake.take("two", Source("more pumps", 0, second.entries), newsroom)
    assert next(two.watch()).phase == "waiting"
    for _ in range(51):
        slow.gate.release()
        second.gate.release()
    *_, last = one.watch()
    assert last.report.added == 50
    *_, other = two.watch()
    assert (other.phase, other.report.unchanged) == ("done", 50)


def test_closing_the_desk_stops_what_runs_and_what_waits(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    slow = Slow()
    with Desk(newsroom, DeskOptions(home=tmp_path / "h")) as desk:
        job = desk.intake.take("one", Source("pumps", 0, slow.entries), newsroom)
        waiting = desk.intake.take("two", Source("pumps", 0, Slow().entries), newsroom)
        assert slow.begun.wait(PATIENCE)
        threading.Timer(0.2, slow.gate.release, [50]).start()
    assert list(job.watch())[-1].phase == "stopped"
    assert list(waiting.watch())[-1].phase == "stopped"


def test_what_breaks_an_upload_is_told_and_what_was_safe_can_be_taken_back(
    desk: Desk, newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = type(newsroom.library).add

    def locked(library: Any, entries: Any, **told: Any) -> None:
        add(library, entries, **told)
        raise LibraryLocked("another process is writing", where=library.path)

    monkeypatch.setattr(type(newsroom.library), "add", locked)
    *_, last = put(desk, upload(tmp_path, "quarry.md", "Quarry in Solane floods", QUARRY))
    assert "another process is writing" in last[0]
    assert last[2]["interactive"] is True
    assert "1 article removed" in undone(desk)[0]
    assert titles(newsroom) == ["Old harbour"]


def test_an_article_that_went_meanwhile_is_passed_over(newsroom: Newsroom) -> None:
    trail = Trail(newsroom.library)
    fresh = article("Ferry aground", None, None, FERRY)
    newsroom.library.add(trail.noted([fresh]))
    newsroom.library.delete(fresh.id)
    assert trail.is_empty
    assert trail.undo().removed == 0
    with pytest.raises(NotInLibrary):
        newsroom.library.article(fresh.id)


def test_the_status_says_how_far_it_is() -> None:
    assert "Waiting" in in_words(Progress("waiting", of=3))
    assert "file 2 of 3" in in_words(Progress("reading", 1, 3))
    assert "last articles" in in_words(Progress("reading", 3, 3))
    assert "width:33.3%" in status_html(Progress("reading", 1, 3))
    assert 'role="alert"' in status_html(Progress("done", 3, 3))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_file_name_or_reason_becomes_markup(attack: str) -> None:
    rejected = tuple(Rejected(f"upload:{attack}", None, attack) for _ in range(14))
    report = IngestReport(rejected=rejected)
    rendered = report_html(attack, Progress("done", 1, 1, report))
    found = Markup()
    found.feed(rendered)
    assert found.tags <= OWN_TAGS
    assert found.attributes <= OWN_ATTRIBUTES
    assert found.links == []

"""Watching folders: real files, the system's own notices, and signals."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus import Article, Rejected
from corpus.errors import MissingPath
from embeddings import IngestReport
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from embeddings.store.lock import WriterLock
from rag.intake.watch import Round, Watcher, WatchOptions
from tests.rag.desks import BRIDGE, FILES, HARBOUR, MARKET, write_articles

PATIENCE = WatchOptions(debounce=0.1, rest=0.4, locked=0.1, sweep=60.0)
LIMIT = 20.0  # seconds that a test waits at most; two cores may be busy


@dataclass
class Desk:
    """A watcher in a thread, with what it told."""

    folder: Path
    library: Library
    watcher: Watcher
    stop: threading.Event
    rounds: list[Round] = field(default_factory=list)
    report: IngestReport | None = None
    thread: threading.Thread = field(init=False)

    def start(self) -> None:
        def run() -> None:
            self.report = self.watcher.run()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()

    def end(self) -> IngestReport:
        self.stop.set()
        self.thread.join(LIMIT)
        assert not self.thread.is_alive()
        assert self.report is not None
        return self.report

    def until(self, met: Callable[[], bool]) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + LIMIT
        while not met():
            assert time.monotonic() < end, self.rounds
            time.sleep(0.02)

    def holds(self, articles: int) -> bool:
        return self.library.stats().articles == articles

    def titles(self) -> set[str]:
        return {article.title for article in self.library.articles()}

    @property
    def gone(self) -> list[str]:
        return [path for one in self.rounds for path in one.gone]

    @property
    def notes(self) -> list[str]:
        return [note for one in self.rounds for note in one.notes]


def make_desk(folder: Path, library: Path, *, more: tuple[Path, ...] = ()) -> Desk:
    folder.mkdir(parents=True, exist_ok=True)
    opened = Library.open(library, HashEmbedder(), create=True)
    stop = threading.Event()
    rounds: list[Round] = []
    watcher = Watcher(
        opened, [folder, *more], rounds.append, stop, patience=PATIENCE, progress=False
    )
    return Desk(folder, opened, watcher, stop, rounds)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A watcher of an empty folder, started."""
    made = make_desk(tmp_path / "incoming", tmp_path / "library")
    made.start()
    yield made
    made.stop.set()
    made.thread.join(LIMIT)
    made.library.close()


def test_what_is_there_is_read_and_then_what_appears_changes_and_goes(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "incoming", {"harbour.md": HARBOUR})
    desk = make_desk(folder, tmp_path / "library")
    desk.start()
    desk.until(lambda: desk.holds(1))
    (folder / "bridge.md").write_text(BRIDGE)
    desk.until(lambda: desk.holds(2))
    (folder / "harbour.md").write_text(HARBOUR.replace("12.5 million", "13 million"))
    desk.until(lambda: any(one.report.updated for one in desk.rounds))
    (folder / "bridge.md").unlink()
    desk.until(lambda: bool(desk.gone))
    report = desk.end()
    assert desk.gone == [str(folder / "bridge.md")]
    assert desk.titles() == {"Council approves the harbour plan", "Bridge at Belmont stays closed"}
    assert (report.added, report.updated, report.rejected) == (2, 1, ())
    assert not any(one.is_empty for one in desk.rounds)
    desk.library.close()


def test_a_half_written_file_is_not_read_until_it_rests(desk: Desk) -> None:
    sentences = [f"The council met for the {number}th time this year." for number in range(12)]
    with (desk.folder / "slow.txt").open("w") as file:
        for sentence in sentences:
            file.write(f"{sentence}\n")
            file.flush()
            time.sleep(PATIENCE.rest / 4)
            assert desk.holds(0)
    desk.until(lambda: desk.holds(1))
    (article,) = desk.library.articles()
    assert all(sentence in article.text for sentence in sentences)
    report = desk.end()
    assert (report.added, report.updated) == (1, 0)


def test_a_folder_that_is_moved_in_whole_is_read(desk: Desk, tmp_path: Path) -> None:
    other = write_articles(tmp_path / "elsewhere" / "2024")
    other.rename(desk.folder / "2024")
    desk.until(lambda: desk.holds(len(FILES)))


def test_a_folder_and_what_is_in_it_may_appear_at_once(desk: Desk) -> None:
    write_articles(desk.folder / "2024" / "03")
    desk.until(lambda: desk.holds(len(FILES)))


def test_a_bad_file_is_told_once_and_the_next_one_is_read(desk: Desk) -> None:
    (desk.folder / "bad.txt").write_bytes(bytes(range(256)) * 20)
    (desk.folder / "picture.png").write_bytes(b"\x89PNG")
    desk.until(lambda: len([r for one in desk.rounds for r in one.report.rejected]) == 2)
    (desk.folder / "market.md").write_text(MARKET)
    desk.until(lambda: desk.holds(1))
    report = desk.end()
    assert [Path(one.source).name for one in report.rejected] in (
        ["bad.txt", "picture.png"],
        ["picture.png", "bad.txt"],
    )


def test_hidden_files_and_links_that_lead_out_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    outside = write_articles(tmp_path / "outside")
    (desk.folder / ".draft.md").write_text(HARBOUR)
    (desk.folder / "link.md").symlink_to(outside / "bridge.md")
    (desk.folder / "market.md").write_text(MARKET)
    desk.until(lambda: desk.holds(1))
    desk.end()
    assert desk.titles() == {"Traders want the covered market back"}


def test_a_locked_library_is_waited_for_and_that_is_said_once(desk: Desk) -> None:
    with WriterLock(desk.library.path).held():
        (desk.folder / "harbour.md").write_text(HARBOUR)
        desk.until(lambda: bool(desk.notes))
        time.sleep(3 * PATIENCE.locked)
        assert desk.holds(0)
    desk.until(lambda: desk.holds(1))
    assert len(desk.notes) == 1
    assert "is writing to the library" in desk.notes[0]


def test_it_can_be_stopped_while_it_waits_for_the_library(desk: Desk) -> None:
    with WriterLock(desk.library.path).held():
        (desk.folder / "harbour.md").write_text(HARBOUR)
        desk.until(lambda: bool(desk.notes))
        report = desk.end()
    assert report.taken == 0


def test_stopped_in_the_middle_it_keeps_what_was_read(tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    for number in range(20):
        file = folder / f"{number:02}.txt"
        file.write_text(f"Quay number {number} sank into the mud.")
        os.utime(file, (1_700_000_000, 1_700_000_000))
    desk = make_desk(folder, tmp_path / "library")
    read = desk.watcher._articles

    def stopping(files: Iterable[Path]) -> Iterator[Article | Rejected]:
        for number, one in enumerate(read(files)):
            if number == 5:
                desk.stop.set()
            yield one

    desk.watcher._articles = stopping  # type: ignore[method-assign]
    desk.start()
    desk.thread.join(LIMIT)
    report = desk.end()
    assert report.added == 6
    assert desk.holds(6)
    assert [one.files for one in desk.rounds] == [6]
    desk.library.close()


def test_a_folder_that_goes_and_comes_back_is_watched_again(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / "harbour.md").write_text(HARBOUR)
    desk.until(lambda: desk.holds(1))
    desk.folder.rename(tmp_path / "away")
    desk.until(lambda: bool(desk.gone))
    (tmp_path / "away" / "bridge.md").write_text(BRIDGE)
    (tmp_path / "away").rename(desk.folder)
    desk.until(lambda: desk.holds(2))
    (desk.folder / "market.md").write_text(MARKET)
    desk.until(lambda: desk.holds(3))


def test_a_folder_that_is_exchanged_for_another_is_watched(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / "harbour.md").write_text(HARBOUR)
    desk.until(lambda: desk.holds(1))
    desk.folder.rename(tmp_path / "away")
    desk.folder.mkdir()
    desk.until(lambda: bool(desk.gone))
    (desk.folder / "market.md").write_text(MARKET)
    desk.until(lambda: desk.holds(2))


def test_a_library_inside_the_watched_folder_is_none_of_its_articles(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "all")
    desk = make_desk(folder, folder / "library")
    desk.start()
    desk.until(lambda: desk.holds(len(FILES)))
    time.sleep(4 * PATIENCE.rest)
    report = desk.end()
    assert report.rejected == ()
    assert len(desk.rounds) == 1
    desk.library.close()


def test_two_folders_are_watched(tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    desk = make_desk(tmp_path / "first", tmp_path / "library", more=(second,))
    desk.start()
    (second / "harbour.md").write_text(HARBOUR)
    (tmp_path / "first" / "bridge.md").write_text(BRIDGE)
    desk.until(lambda: desk.holds(2))
    desk.end()
    desk.library.close()


def test_where_the_system_sends_no_notices_the_folders_are_looked_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles

    watch = watchfiles.watch

    def without(*folders: Path, **options: object) -> Iterator[object]:
        if not options["force_polling"]:
            raise OSError(28, "No space left on device")  # what inotify says at its limit
        yield from watch(*folders, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("rag.intake.watch.watchfiles.watch", without)
    desk = make_desk(tmp_path / "incoming", tmp_path / "library")
    desk.start()
    (desk.folder / "harbour.md").write_text(HARBOUR)
    desk.until(lambda: desk.holds(1))
    desk.end()
    assert len(desk.notes) == 1
    assert "looked over" in desk.notes[0]
    desk.library.close()


def test_a_path_that_is_no_folder_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(HARBOUR)
    for path in (file, tmp_path / "nowhere"):
        with Library.open(tmp_path / "library", HashEmbedder(), create=True) as library:
            watcher = Watcher(library, [path], lambda _: None, threading.Event())
            with pytest.raises(MissingPath, match="only folders can be watched"):
                watcher.run()


COMMAND = """
import rag.intake.indexing
from embeddings.embedders.hashing import HashEmbedder
rag.intake.indexing.load_embedder = lambda *_, **__: HashEmbedder()
from rag.cli import main
main()
"""


@contextmanager
def started(folder: Path, library: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """`dateline index --watch` as a process of its own, which is killed if it outlives LIMIT."""
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "index", "--watch", folder, "--library", library, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        end = threading.Timer(2 * LIMIT, process.kill)
        end.start()
        yield process
        end.cancel()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_a_last_report(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    folder = write_articles(tmp_path / "incoming")
    for path in folder.iterdir():  # long at rest
        os.utime(path, (1_700_000_000, 1_700_000_000))
    with started(folder, tmp_path / "library") as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert "3 files: 3 added" in first
        process.send_signal(number)
        out, err = process.communicate(timeout=LIMIT)
    assert process.returncode == status, err
    assert "Stopped. In all: 3 added" in out
    assert "Traceback" not in err
    assert "Watching; Ctrl-C ends it." in err


def test_as_json_every_look_is_a_line(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "incoming", {"harbour.md": HARBOUR})
    shutil.copystat(__file__, folder / "harbour.md")
    rejected = tmp_path / "rejected.csv"
    (folder / "empty.txt").write_text("")
    shutil.copystat(__file__, folder / "empty.txt")
    with started(folder, tmp_path / "library", "--json", "--rejected", str(rejected)) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=LIMIT)
    assert (first["files"], first["gone"], first["added"]) == (2, [], 1)
    last = json.loads(out.splitlines()[-1])
    assert (last["stopped"], last["added"]) == (True, 1)
    assert [one["reason"] for one in last["rejected"]] == ["empty"]
    assert rejected.read_text().splitlines() == [
        "file,line,reason",
        f"{folder / 'empty.txt'},,empty",
    ]

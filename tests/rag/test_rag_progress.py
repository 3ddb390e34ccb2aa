"""How far it is, and how long it takes: never told where it is not known."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Rejected
from rag.intake.progress import Pace, PaceOptions, about, shown_progress, sizes_of
from tests.rag.desks import FILES, make_article, write_articles


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_single_files_count_by_their_bytes() -> None:
    clock = Clock()
    pace = Pace({f"{n}.txt": 100 for n in range(10)}, clock=clock)
    assert pace.share == 0.0
    for number in range(5):
        clock.now += 10
        pace.read(f"{number}.txt")
    assert pace.share == pytest.approx(0.5)
    assert pace.seconds_left() == pytest.approx(50)


def test_a_table_counts_by_its_lines(tmp_path: Path) -> None:
    table = tmp_path / "a#b.jsonl"
    table.write_text("{}\n" * 100)
    pace = Pace({str(table): 300, "last.txt": 300})
    pace.read(f"{table}#50")
    assert pace.share == pytest.approx(0.25, abs=0.01)
    pace.read(str(table), 100)  # a row that was rejected
    assert pace.share == pytest.approx(0.5, abs=0.01)


def test_nothing_is_told_before_there_is_something_to_go_by() -> None:
    clock = Clock()
    pace = Pace({"a.txt": 100, "b.txt": 100}, clock=clock)
    assert pace.seconds_left() is None
    clock.now += 1
    pace.read("a.txt")
    assert pace.seconds_left() is None


def test_without_a_total_there_is_no_share_and_no_time() -> None:
    clock = Clock()
    pace = Pace({}, clock=clock)
    clock.now += 60
    pace.read("https://a.example/feed")
    assert (pace.share, pace.seconds_left()) == (None, None)


def test_inside_a_large_archive_nobody_can_tell() -> None:
    clock = Clock()
    pace = Pace({"a.txt": 100, "b.zip": 800, "c.txt": 100}, clock=clock)
    clock.now += 20
    pace.read("a.txt")
    assert pace.share == pytest.approx(0.1)
    clock.now += 20
    pace.read("b.zip!/2024/one.txt")
    assert (pace.share, pace.seconds_left()) == (None, None)
    clock.now += 20
    pace.read("c.txt")
    assert pace.share == pytest.approx(1.0)


def test_inside_a_second_archive_the_first_tells_what_an_article_takes() -> None:
    pace = Pace({"a.zip": 500, "b.zip": 500})
    for number in range(10):
        pace.read(f"a.zip!/{number}.txt")
    assert [pace.share] == [None]
    pace.read("b.zip!/0.txt")
    assert pace.share == pytest.approx(0.55)
    for number in range(1, 20):
        pace.read(f"b.zip!/{number}.txt")
    assert pace.share == pytest.approx(1.0)


def test_a_small_archive_among_much_else_does_no_harm() -> None:
    pace = Pace({"a.txt": 900, "b.zip": 50, "c.txt": 50})
    pace.read("b.zip!/one.txt")
    assert pace.share == pytest.approx(0.9)
    assert pace.seconds_left() is None


def test_the_rate_is_that_of_late_because_known_articles_go_by_fast() -> None:
    clock = Clock()
    pace = Pace({f"{n}.txt": 1 for n in range(2000)}, PaceOptions(span=60, settle=5), clock=clock)
    for number in range(1000):  # unchanged ones, a hundred a second
        clock.now += 0.01
        pace.read(f"{number}.txt")
    for number in range(1000, 1200):  # new ones, one a second
        clock.now += 1
        pace.read(f"{number}.txt")
    left = pace.seconds_left()
    assert left == pytest.approx(800, rel=0.05)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "less than a minute"),
        (49, "less than a minute"),
        (50, "about 1 min"),
        (230, "about 4 min"),
        (89 * 60, "about 89 min"),
        (91 * 60, "about 2 h"),
        (145 * 60, "about 2.5 h"),
        (26 * 3600, "about 26 h"),
    ],
)
def test_the_words_are_as_coarse_as_what_is_known(seconds: float, words: str) -> None:
    assert about(seconds) == words


def test_sizes_are_those_of_the_files_that_would_be_read(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    assert sizes_of([folder]) == {
        str(folder / name): len(text.encode()) for name, text in sorted(FILES.items())
    }
    assert sizes_of([folder, "https://a.example/"]) == {}
    assert sizes_of([tmp_path / "nowhere"]) == {}


def _articles(folder: Path) -> Iterator[object]:
    for name in FILES:
        yield make_article("It rained.", source=str(folder / name))
    yield Rejected(str(folder / "empty.txt"), None, "empty")


def test_on_a_terminal_a_line_says_how_far_it_is_and_goes_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_articles(tmp_path / "articles")
    monkeypatch.setattr("rag.intake.progress._PAUSE", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown_progress([folder], progress=True) as passed:
        assert len(list(passed(_articles(folder)))) == 4  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert out == ""
    assert "Reading: 3 articles" in err
    assert "100%" in err
    assert "bringing the indexes up to date" in err
    assert err.rpartition("\r")[2].strip() == ""


@pytest.mark.parametrize(("terminal", "progress"), [(True, False), (False, True)])
def test_elsewhere_nothing_is_shown_and_no_file_is_looked_for_twice(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: bool,
    progress: bool,
) -> None:
    folder = write_articles(tmp_path / "articles")
    looked: list[object] = []
    monkeypatch.setattr("rag.intake.progress.sizes_of", looked.append)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with shown_progress([folder], progress=progress) as passed:
        assert len(list(passed(_articles(folder)))) == 4  # type: ignore[arg-type]
    assert capsys.readouterr() == ("", "")
    assert looked == []

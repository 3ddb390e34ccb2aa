"""`dateline figures`, `dateline timeline` and `dateline said`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.rag.cli_stand import Stand
from tests.rag.desks import write_articles
from tests.rag.test_rag_timeline import TUNNEL, written


@pytest.fixture
def dateline(monkeypatch: pytest.MonkeyPatch) -> Stand:
    stand = Stand()
    stand.patch(monkeypatch)
    return stand


@pytest.fixture
def tunnel(dateline: Stand, tmp_path: Path) -> Path:
    files = {name: written(*parts) for name, parts in TUNNEL.items()}
    dateline("index", write_articles(tmp_path / "news", files), "--library", tmp_path / "lib")
    return tmp_path / "lib"


def test_figures_in_words_and_json(dateline: Stand, tunnel: Path) -> None:
    words = dateline("figures", "people killed in Brenk", "--library", tunnel).stdout
    rows = json.loads(
        dateline("figures", "people killed in Brenk", "--library", tunnel, "--json").stdout
    )

    assert "At least 9 people" in words
    assert "Changes" not in words
    assert sorted(row["value"] for row in rows) == [9, 17, 24, 30]


def test_timeline_tells_changes_and_conflicts_and_draws(
    dateline: Stand, tunnel: Path, tmp_path: Path
) -> None:
    drawing = tmp_path / "deaths.svg"
    done = dateline("timeline", "people killed in Brenk", "--library", tunnel, "--plot", drawing)

    assert "Changes" in done.stdout
    assert "Conflicts" in done.stdout
    assert drawing.read_text(encoding="utf-8").startswith("<svg")


def test_timeline_without_two_days_draws_nothing(
    dateline: Stand, tunnel: Path, tmp_path: Path
) -> None:
    drawing = tmp_path / "none.svg"
    done = dateline(
        "timeline", "people killed in Brenk", "--library", tunnel, "--plot", drawing,
        "--as-of", "2024-02-06",
    )  # fmt: skip

    assert "Nothing to draw" in done.output
    assert not drawing.exists()


def test_a_drawing_that_cannot_be_written_is_told(
    dateline: Stand, tunnel: Path, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    done = dateline(
        "timeline", "people killed in Brenk", "--library", tunnel,
        "--plot", in_the_way / "deaths.svg", status=1,
    )  # fmt: skip

    assert "cannot be written" in done.stderr
    assert "--plot" in done.stderr
    assert "Changes" in done.stdout


def test_said_in_words_and_json(dateline: Stand, tunnel: Path) -> None:
    words = dateline("said", "Marta al-Rashid", "--library", tunnel).stdout
    rows = json.loads(dateline("said", "Marta al-Rashid", "--library", tunnel, "--json").stdout)

    assert "Marta Al Rashid" in words
    assert [row["day"] for row in rows] == ["2024-02-05", "2024-02-08", "2024-02-08"]


def test_nobody_is_told_of(dateline: Stand, tunnel: Path) -> None:
    assert "No statement" in dateline("said", "Nobody Known", "--library", tunnel).stdout


@pytest.mark.parametrize("command", ["figures", "timeline", "said"])
def test_an_empty_or_ill_dated_wish_is_bad_usage(
    dateline: Stand, tunnel: Path, command: str
) -> None:
    dateline(command, " ", "--library", tunnel, status=2)
    dateline(command, "people", "--library", tunnel, "--as-of", "soon", status=2)

"""`dateline index`, `list` and `show`: what goes into a library, and what is in it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.rag.cli_stand import Stand
from tests.rag.desks import (
    BRIDGE_QUESTION,
    FILES,
    HARBOUR,
    HARBOUR_QUESTION,
    MARKET_QUESTION,
    write_articles,
)

HARBOUR_TITLE = "Council approves the harbour plan"
# Long enough that a copy can be told: a few sentences are found in many papers.
BODY = """The Ashford council approved the harbour plan on Tuesday after a debate of six hours that
ended shortly before midnight. Mayor Ellen Reyes said that the work would cost 12.5 million pounds.

The northern quay has been closed since a storm in January tore away forty metres of its wall.
Fishermen have had to land their catch at Belmont, eighteen miles along the coast, since then.

"We will begin in June and finish before the winter", Reyes told reporters outside the town hall.
She did not say who would pay for the northern quay or what would become of the old fish market.

Opponents of the plan said that they would take it to the county court before the end of the month.
Their spokesman, Daniel Whitlock, called the estimate a fairy tale that nobody in town believed.
"""


def article(outlet: str, day: str, body: str = BODY, title: str = HARBOUR_TITLE) -> str:
    return f"---\ntitle: {title}\noutlet: {outlet}\npublished: {day}\n---\n{body}"


COPIES = {
    "wire.md": article("Harbour Wire", "2024-03-05"),
    "courier.md": article("Ashford Courier", "2024-03-06"),
    "herald.md": article("Belmont Herald", "2024-03-06", title="Harbour plan approved"),
    "bridge.md": FILES["bridge.md"],
}


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    made = Stand()
    made.patch(monkeypatch)
    monkeypatch.setenv("DATELINE_LEAST_ANSWERABLE", "0")
    return made


@pytest.fixture
def copies(stand: Stand, tmp_path: Path) -> Path:
    """A library of one report in three outlets, and another report."""
    folder = write_articles(tmp_path / "copies", COPIES)
    stand("index", folder, "--library", tmp_path / "held")
    return tmp_path / "held"


def listed(stand: Stand, library: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        stand("list", "--library", library, "--json", *options).stdout
    )
    return found


def id_of(stand: Stand, library: Path, outlet: str) -> str:
    return str(next(one["id"] for one in listed(stand, library) if one["outlet"] == outlet))


# dateline index


def test_a_dry_run_tells_what_would_become_of_the_articles(stand: Stand, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "copies", COPIES)
    done = stand("index", folder, "--library", tmp_path / "held", "--dry-run")
    assert done.stdout.startswith(
        "Dry run, nothing was written. It would be: 4 added, 0 updated, 0 unchanged, 0 duplicates, "
    )
    assert "2 grouped, 0 rejected; read in" in done.stdout
    assert not (tmp_path / "held").exists()
    report = json.loads(
        stand("index", folder, "--library", tmp_path / "held", "--dry-run", "--json").stdout
    )
    assert (report["added"], report["grouped"]) == (4, 2)
    assert stand.loaded == []


def test_columns_of_a_table_are_named_by_hand(stand: Stand, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("Body,Heading\nThe quay sank on Tuesday.,The quay\n")
    options = ["--column", "text=Body", "--column", "title=Heading"]
    done = stand("index", table, "--library", tmp_path / "held", *options)
    assert done.stdout.startswith("1 added")
    assert listed(stand, tmp_path / "held")[0]["title"] == "The quay"


@pytest.mark.parametrize("column", ["text", "=Body", "text=", "text= "])
def test_a_column_that_is_not_written_so_is_bad_usage(
    stand: Stand, tmp_path: Path, column: str
) -> None:
    done = stand("index", tmp_path, "--column", column, status=2)
    assert "is not written FIELD=NAME" in done.stderr


def test_a_field_that_articles_do_not_have_is_told(stand: Stand, tmp_path: Path) -> None:
    done = stand("index", tmp_path, "--column", "colour=Body", status=1)
    assert "no field 'colour'" in done.stderr
    assert stand.loaded == []


def test_the_network_is_off_until_it_is_allowed(stand: Stand, tmp_path: Path) -> None:
    done = stand("index", "https://a.example/feed", "--library", tmp_path / "held", status=2)
    assert "--network" in done.stderr
    assert not (tmp_path / "held").exists()


def test_globs_are_read_when_the_shell_leaves_them_alone(stand: Stand, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "copies", COPIES)
    done = stand("index", f"{folder}/*r*.md", "--library", tmp_path / "held")
    assert done.stdout.startswith("4 added")


def test_the_rejected_are_written_to_a_file(stand: Stand, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    for number in range(30):
        (folder / f"{number:02}.txt").write_text("")
    file = tmp_path / "rejected.csv"
    done = stand("index", folder, "--library", tmp_path / "held", "--rejected", file)
    assert "  30 rejected: empty" in done.stdout
    assert "… and 27 more" in done.stdout
    assert done.stdout.endswith(f"  All are in {file}.\n")
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    assert [row["file"] for row in rows] == [str(folder / f"{n:02}.txt") for n in range(30)]
    assert {row["reason"] for row in rows} == {"empty"}


def test_a_place_where_nothing_can_be_written_is_told_before_anything_is_read(
    stand: Stand, tmp_path: Path
) -> None:
    folder = write_articles(tmp_path / "articles")
    file = tmp_path / "nowhere" / "rejected.csv"
    done = stand("index", folder, "--library", tmp_path / "held", "--rejected", file, status=2)
    assert "rejected.csv" in done.stderr
    assert not (tmp_path / "held").exists()


def test_the_engine_is_handed_on(stand: Stand, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    stand("index", folder, "--library", tmp_path / "held", "--engine", "torch")
    assert stand.engines == {"torch"}


def test_a_withdrawn_article_is_marked_and_never_evidence(stand: Stand, library: Path) -> None:
    gone = id_of(stand, library, "Ashford Courier")
    options = ["--library", library, "--withdraw", gone, "--on", "2024-03-09"]
    done = stand("index", *options)
    assert done.stdout == ""
    assert done.stderr == f"Marked as withdrawn on 2024-03-09: {gone} “{HARBOUR_TITLE}”.\n"
    assert "WITHDRAWN on 2024-03-09" in stand("show", gone, "--library", library).stdout
    table = stand("list", "--library", library).stdout
    assert f"[withdrawn 2024-03-09] {HARBOUR_TITLE}" in table
    assert [one["id"] for one in listed(stand, library, "--withdrawn")] == [gone]
    found = json.loads(stand("search", HARBOUR_QUESTION, "--library", library, "--json").stdout)
    assert gone not in {hit["article"]["id"] for hit in found}
    answer = stand("ask", HARBOUR_QUESTION, "--library", library, "--json", status=3).stdout
    assert gone not in answer
    assert "already" in stand("index", *options).stderr


@pytest.mark.parametrize("option", ["--withdraw", "--delete"])
def test_an_unknown_article_ends_with_1(stand: Stand, library: Path, option: str) -> None:
    known = id_of(stand, library, "Ashford Courier")
    unknown = "0123456789abcdef"
    done = stand("index", "--library", library, option, unknown, option, known, status=1)
    assert f"there is no article {unknown} in the library" in done.stderr
    assert "dateline list" in done.stderr
    left = [one["id"] for one in listed(stand, library) if not one["withdrawn"]]
    assert known not in left
    assert len(left) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--dry-run"], "Name at least one"),
        (["--watch"], "Name at least one"),
        (["PATH", "--dry-run", "--watch"], "--dry-run goes with"),
        (["PATH", "--dry-run", "--delete", "x"], "--dry-run goes with"),
        (["PATH", "--on", "2024-03-09"], "--on is the day"),
    ],
)
def test_what_makes_no_sense_together_is_bad_usage(
    stand: Stand, tmp_path: Path, options: list[str], words: str
) -> None:
    named = [str(tmp_path) if option == "PATH" else option for option in options]
    assert words in stand("index", *named, status=2).stderr
    assert stand.loaded == []


def test_a_day_that_is_none_is_bad_usage(stand: Stand, library: Path) -> None:
    options = ["--library", library, "--withdraw", "x", "--on", "soon"]
    assert "is not a date" in stand("index", *options, status=2).stderr


def test_only_folders_can_be_watched(stand: Stand, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(HARBOUR)
    for path in (file, tmp_path / "nowhere", "https://a.example"):
        done = stand("index", "--watch", path, "--library", tmp_path / "held", status=1)
        assert "only folders can be watched" in done.stderr
    assert not (tmp_path / "held").exists()
    assert stand.loaded == []


# dateline list


def test_list_is_a_table_of_articles_oldest_first(stand: Stand, library: Path) -> None:
    head, *rows = stand("list", "--library", library).stdout.splitlines()
    assert head.split() == ["id", "day", "outlet", "title"]
    assert [row[18:] for row in rows] == [
        "2024-03-05  Ashford Courier           Council approves the harbour plan",
        "2024-06-18  Belmont Herald            Bridge at Belmont stays closed",
        "undated     Carrick Gazette           Traders want the covered market back",
    ]


@pytest.mark.parametrize(
    ("options", "outlets"),
    [
        ([], ["Ashford Courier", "Belmont Herald", "Carrick Gazette"]),
        (["--outlet", "Belmont Herald"], ["Belmont Herald"]),
        (
            ["--outlet", "Belmont Herald", "--outlet", "Carrick Gazette"],
            ["Belmont Herald", "Carrick Gazette"],
        ),
        (["--since", "2024-03-06"], ["Belmont Herald"]),
        (["--until", "2024-03-05"], ["Ashford Courier"]),
        (["--withdrawn"], []),
        (["--groups"], []),
    ],
)
def test_list_filters(stand: Stand, library: Path, options: list[str], outlets: list[str]) -> None:
    assert [one["outlet"] for one in listed(stand, library, *options)] == outlets
    table = stand("list", "--library", library, *options).stdout.splitlines()
    assert len(table) == len(outlets) + 1 if outlets else table == ["No article."]


def test_list_shows_copies_under_their_original(stand: Stand, copies: Path) -> None:
    rows = stand("list", "--library", copies, "--groups").stdout.splitlines()[1:]
    assert [row[30:] for row in rows] == [
        f"Harbour Wire              {HARBOUR_TITLE}",
        f"Ashford Courier           = {HARBOUR_TITLE}",
        "Belmont Herald            = Harbour plan approved",
    ]
    found = listed(stand, copies, "--groups", "--outlet", "Belmont Herald")
    assert [one["outlet"] for one in found] == ["Harbour Wire", "Ashford Courier", "Belmont Herald"]
    assert {one["original"] for one in found} == {"Harbour Wire"}
    assert len({one["group"] for one in found}) == 1


@pytest.mark.parametrize("options", [["--since", "soon"], ["--since", "2024-2-1", "--until", "x"]])
def test_list_takes_days_as_search_does(stand: Stand, library: Path, options: list[str]) -> None:
    assert "is not a date" in stand("list", "--library", library, *options, status=2).stderr
    swapped = ["--since", "2024-03-05", "--until", "2024-03-01"]
    assert "lies after" in stand("list", "--library", library, *swapped, status=2).stderr


# dateline show


def test_show_names_the_copies_and_why_one_is_the_original(stand: Stand, copies: Path) -> None:
    courier = id_of(stand, copies, "Ashford Courier")
    words = stand("show", courier, "--library", copies).stdout
    head, _, text = words.partition("\n\n")
    assert "\ndated by: metadata, certain (" in head
    assert "copies: 3 articles of one report by Harbour Wire (" in head
    assert f"  {courier}  Ashford Courier, 2024-03-06, “{HARBOUR_TITLE}”  (this one)" in head
    assert text.startswith("The Ashford council approved")
    value = json.loads(stand("show", courier, "--library", copies, "--json").stdout)
    assert value["group"]["original"] == "Harbour Wire"
    assert value["group"]["articles"][0]["outlet"] == "Harbour Wire"


def test_show_tells_versions_and_what_changed(stand: Stand, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles", {"harbour.md": HARBOUR})
    stand("index", folder, "--library", tmp_path / "held")
    later = HARBOUR.replace("12.5 million", "13 million").replace(
        "title: Council approves", "title: Council postpones"
    )
    (folder / "harbour.md").write_text(later)
    assert "1 updated" in stand("index", folder, "--library", tmp_path / "held").stdout
    article_id = id_of(stand, tmp_path / "held", "Ashford Courier")
    show = ["show", article_id, "--library", str(tmp_path / "held")]
    assert "earlier versions: 1 (--versions, --changes)" in stand(*show).stdout
    versions = stand(*show, "--versions").stdout
    assert "12.5 million" in versions
    assert "13 million" not in versions
    changes = stand(*show, "--changes").stdout.partition("\n\n")[2].splitlines()
    assert changes[0].startswith("version 1 → 2")
    assert f"  title: {HARBOUR_TITLE} → Council postpones the harbour plan" in changes
    assert any(line.startswith("  - ") and "12.5 million" in line for line in changes)
    assert any(line.startswith("  + ") and "13 million" in line for line in changes)
    value = json.loads(stand(*show, "--json").stdout)
    assert "12.5 million" in value["versions"][0]["text"]
    assert {one["kind"] for one in value["changes"]} == {"field", "changed"}


def test_show_tells_what_was_left_out_of_the_text(stand: Stand, tmp_path: Path) -> None:
    text = f"{HARBOUR}\nRead more: Ferry fares rise again\n\nShare this article\n"
    folder = write_articles(tmp_path / "articles", {"harbour.md": text})
    stand("index", folder, "--library", tmp_path / "held")
    article_id = id_of(stand, tmp_path / "held", "Ashford Courier")
    show = ["show", article_id, "--library", str(tmp_path / "held")]
    words = stand(*show).stdout
    assert "Share this article" not in words
    assert "left out as page furniture: " in words
    assert "  Share this article" in stand(*show, "--dropped").stdout.splitlines()
    assert "Share this article" in json.loads(stand(*show, "--json").stdout)["dropped"]


def test_show_says_when_there_is_nothing_of_the_kind(stand: Stand, library: Path) -> None:
    article_id = id_of(stand, library, "Belmont Herald")
    for option, words in (
        ("--dropped", "Nothing was left out."),
        ("--versions", "No earlier version."),
        ("--changes", "It has not changed since it was read in."),
    ):
        done = stand("show", article_id, "--library", library, option)
        assert done.stdout.rstrip().endswith(words)


# dateline ask and search


@pytest.mark.parametrize("question", [HARBOUR_QUESTION, BRIDGE_QUESTION, MARKET_QUESTION])
def test_only_the_outlets_that_are_named_are_evidence(
    stand: Stand, library: Path, question: str
) -> None:
    options = ["--library", library, "--outlet", "Belmont Herald", "--json"]
    hits = json.loads(stand("search", question, *options).stdout)
    assert {hit["article"]["outlet"] for hit in hits} == {"Belmont Herald"}
    two = [*options, "--outlet", "Carrick Gazette"]
    hits = json.loads(stand("search", question, *two).stdout)
    assert {hit["article"]["outlet"] for hit in hits} == {"Belmont Herald", "Carrick Gazette"}
    answer = json.loads(stand("ask", BRIDGE_QUESTION, *options).stdout)
    assert {hit["article"]["outlet"] for hit in answer["hits"]} == {"Belmont Herald"}


def test_an_outlet_that_the_library_does_not_have_is_named_in_the_refusal(
    stand: Stand, library: Path
) -> None:
    options = ["--library", library, "--outlet", "The Moon"]
    assert stand("search", HARBOUR_QUESTION, *options).stdout == "Nothing found.\n"
    done = stand("ask", HARBOUR_QUESTION, *options, status=3)
    assert done.stdout.startswith("No article by The Moon comes near this question.")
    done = stand("ask", HARBOUR_QUESTION, *options, "--as-of", "2024-01-01", status=3)
    assert "No article by The Moon dated up to 2024-01-01" in done.stdout


def test_search_and_ask_name_the_other_outlets(stand: Stand, copies: Path) -> None:
    done = stand("search", HARBOUR_QUESTION, "--library", copies, "-k", "1")
    assert "\n    also in: " in done.stdout
    answer = stand("ask", HARBOUR_QUESTION, "--library", copies).stdout
    assert answer.rstrip().endswith(
        "3 outlets, 1 report: Harbour Wire, also in Ashford Courier and Belmont Herald."
    )

"""Questions of how many over time: the newest figure, the change between two, conflicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.newsroom import Newsroom
from tests.rag.desks import assert_promise, make_newsroom


def flood(day: str, outlet: str, title: str, text: str) -> str:
    dated = f"published: {day}\n" if day else ""
    return f"---\ntitle: {title}\noutlet: {outlet}\n{dated}---\n{text}\n"


FILES = {
    "one.md": flood(
        "2024-03-04", "Ashford Courier", "Flood in Tarn kills 12",
        "The flood in Tarn has killed 12 people, the Tarn county office said on Monday. The river "
        "Ulmar broke its banks in the night and took the old mill bridge with it. Trains between "
        "Tarn and Ashford stopped at six.",
    ),
    "two.md": flood(
        "2024-03-09", "Belmont Herald", "County office raises the toll of the Tarn flood",
        "The flood in Tarn has killed 19 people, the Tarn county office said on Saturday. Soldiers "
        "carried sandbags along the Ulmar until noon. Schools in the lower town will open again "
        "next week, said the head teacher, Runa Dahl.",
    ),
    "three.md": flood(
        "2024-03-09", "Carrick Gazette", "Rescuers count more dead",
        "Divers of the Ulmar rescue league spent a fifth day in the cellars of the lower town. The "
        "flood in Tarn has killed 31 people, the Ulmar rescue league said on Saturday. Its boats "
        "come from four valleys.",
    ),
    "four.md": flood(
        "", "Dorne Post", "A pamphlet on the flood",
        "The flood in Tarn has killed 40 people, a pamphlet said. Nobody signed it. It was left at "
        "the doors of the town hall in Dorne, where the Ulmar is calm.",
    ),
}  # fmt: skip


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path, [""], style="short", files=FILES)


def test_the_latest_is_the_newest_dated_figure_and_its_day_is_told(newsroom: Newsroom) -> None:
    answer = newsroom.ask("What is the latest number of people killed by the flood in Tarn?")
    assert_promise(answer, newsroom)
    assert answer.working is not None
    assert "2024-03-09" in answer.working
    assert "40 people" not in answer.text
    assert {row.value for row in answer.timeline.rows} >= {12, 19, 31}  # type: ignore[union-attr]


def test_as_of_hides_what_came_later(newsroom: Newsroom) -> None:
    answer = newsroom.ask(
        "What is the latest number of people killed by the flood in Tarn?", as_of="2024-03-05"
    )
    assert "12 people" in answer.text
    assert "19" not in answer.text
    assert "31" not in answer.text


def test_a_change_is_computed_from_two_quoted_figures_and_shows_its_working(
    newsroom: Newsroom,
) -> None:
    answer = newsroom.ask(
        "How did the number of people killed by the flood in Tarn change?", until="2024-03-10"
    )
    assert_promise(answer, newsroom)
    assert answer.short in ("+7", "+19")
    assert answer.working is not None
    assert "from 12 people (2024-03-04)" in answer.working
    assert len(answer.citations) >= 2


def test_figures_that_conflict_are_quoted_with_both_sources(newsroom: Newsroom) -> None:
    answer = newsroom.ask("How many people did the flood in Tarn kill, as of 9 March 2024?")
    assert_promise(answer, newsroom)
    assert answer.conflicts
    told = {citation.article.outlet for citation in answer.citations}
    assert {"Belmont Herald", "Carrick Gazette"} <= told


def test_a_figure_that_was_not_searched_for_is_among_the_hits(tmp_path: Path) -> None:
    files = {name: FILES[name] for name in ("one.md", "two.md")}
    with make_newsroom(tmp_path, [""], style="short", files=files, hits=1) as newsroom:
        answer = newsroom.ask(
            "How did the number of people killed by the flood in Tarn change?", until="2024-03-10"
        )
    assert len(answer.citations) > 1
    assert {one.passage.id for one in answer.citations} <= {hit.passage.id for hit in answer.hits}
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))


def test_one_figure_in_the_days_asked_for_is_told_and_no_other_deaths(tmp_path: Path) -> None:
    files = dict(FILES) | {
        "five.md": flood(
            "2024-05-06", "Carrick Gazette", "Storm at sea",
            "The deaths of six fishermen off Tarn were announced on Monday, and the toll of such "
            "storms changed little over the years, a harbour clerk said.",
        )
    }  # fmt: skip
    with make_newsroom(tmp_path, [""], style="short", files=files) as newsroom:
        answer = newsroom.ask(
            "How did the number of people killed by the flood in Tarn change from 8 March to May "
            "2024?"
        )
        assert_promise(answer, newsroom)
    assert answer.short is None
    assert answer.correction is not None
    assert "2024-03-09" in answer.correction
    assert "undated" in answer.correction
    assert "12 people" not in answer.text
    assert "fishermen" not in answer.text


def test_a_change_in_days_of_which_no_article_gives_a_figure_is_refused(
    newsroom: Newsroom,
) -> None:
    answer = newsroom.ask(
        "How did the number of people killed by the flood in Tarn change in June 2024?"
    )
    assert answer.refusal is not None
    assert answer.refusal.kind == "outside_dates"
    assert "2024-03-04" in answer.refusal.message
    assert "2024-03-09" in answer.refusal.message

"""Figures over time, and who said what: rows, changes, conflicts, citations, the plot."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embeddings.store.window import DateWindow
from rag.newsroom import Newsroom
from rag.timeline import Figure, Timeline, figures, frame, plot, said, timeline
from tests.rag.desks import make_newsroom

TUNNEL = {
    "one.md": (
        "2024-02-05",
        "Ashford Courier",
        "Tunnel collapses at Brenk",
        "The Brenk tunnel collapsed on Monday. At least 9 people had been killed in Brenk by the "
        "evening, the fire brigade said. Another 20 miners were missing, according to the mine's "
        "owner, Halden Ore.\n\n“We heard it before we felt it”, said Marta al-Rashid, who leads "
        "the rescue.",
    ),
    "two.md": (
        "2024-02-08",
        "Belmont Herald",
        "Brenk tunnel: more bodies found",
        "The fire brigade said on Thursday that 17 people had been killed in Brenk. Rescuers "
        "worked through the night below the tunnel.\n\nMarta Al Rashid said that the talks with "
        "Halden Ore had begun. She added that nobody would be left behind.",
    ),
    "three.md": (
        "2024-02-08",
        "Carrick Gazette",
        "Hospital doubts the Brenk count",
        "The hospital in Brenk counts the dead of the tunnel otherwise. It said on Thursday that "
        "24 people had been killed in Brenk, including 6 children.",
    ),
    "four.md": (
        None,
        "Daily Post",
        "What happened at Brenk",
        "The collapse of the Brenk tunnel has killed 30 people in Brenk, the union said.",
    ),
    "five.md": (
        "2024-02-09",
        "Ember Star",
        "Prices",
        "Inflation stood at 3.4 per cent in January, the statistics office said.",
    ),
    "six.md": (
        "2024-03-09",
        "Ember Star",
        "Prices again",
        "Inflation fell to 2.9 per cent in February, the statistics office said.",
    ),
}


def written(day: str | None, outlet: str, title: str, text: str) -> str:
    dated = f"published: {day}\n" if day else ""
    return f"---\ntitle: {json.dumps(title)}\noutlet: {outlet}\n{dated}---\n{text}\n"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    files = {name: written(*parts) for name, parts in TUNNEL.items()}
    with make_newsroom(tmp_path_factory.mktemp("tunnel"), files=files) as made:
        yield made


def told(newsroom: Newsroom, about: str, window: DateWindow | None = None) -> Timeline:
    return timeline(newsroom.library, newsroom.embedder, about, window=window)


def values(rows: tuple[Figure, ...]) -> list[float]:
    return [row.value for row in rows]


def test_rows_are_typed_dated_and_cited_verbatim(newsroom: Newsroom) -> None:
    rows = figures(newsroom.library, newsroom.embedder, "people killed in Brenk")

    assert sorted(values(rows)) == [9, 17, 24, 30]
    thursday = date(2024, 2, 8)
    assert [row.as_of for row in rows] == [date(2024, 2, 5), thursday, thursday, None]
    assert [row.citation.marker for row in rows] == [1, 2, 3, 4]
    for row in rows:
        assert row.what == "people killed"
        assert row.where == "Brenk"
        article = row.citation.article
        assert row.citation.quote == article.text[row.citation.start : row.citation.end]
        assert row.expression in row.citation.quote
        passage = row.citation.passage
        assert passage.start <= row.citation.start < passage.end
    assert rows[0].by == "fire brigade"


def test_a_later_day_is_a_change_and_the_difference_is_computed(newsroom: Newsroom) -> None:
    changes = told(newsroom, "people killed in Brenk").changes

    own = [one for one in changes if one.is_one_source]
    assert [(one.before.value, one.after.value, one.difference) for one in own] == [(9, 17, 8)]
    assert own[0].share == pytest.approx(8 / 9)
    assert "+8" in str(own[0])


def test_two_values_for_one_day_are_a_conflict_with_both_sources(newsroom: Newsroom) -> None:
    conflicts = told(newsroom, "people killed in Brenk").conflicts

    assert [values(one.figures) for one in conflicts] == [[17, 24]]
    assert {one.citation.article.outlet for one in conflicts[0].figures} == {
        "Belmont Herald",
        "Carrick Gazette",
    }


def test_an_undated_figure_is_never_the_latest_and_in_no_change(newsroom: Newsroom) -> None:
    found = told(newsroom, "people killed in Brenk")

    assert found.rows[-1].value == 30
    assert found.rows[-1].as_of is None
    assert found.latest is not None
    assert found.latest.value in (17, 24)
    assert all(30 not in (one.before.value, one.after.value) for one in found.changes)


def test_as_of_hides_what_came_later_and_what_is_undated(newsroom: Newsroom) -> None:
    window = DateWindow(until=date(2024, 2, 6))

    assert values(told(newsroom, "people killed in Brenk", window).rows) == [9]


def test_a_part_is_no_count_of_the_whole(newsroom: Newsroom) -> None:
    children = [row for row in told(newsroom, "children killed in Brenk").rows if row.value == 6]

    assert [row.is_part for row in children] == [True]
    assert told(newsroom, "children killed in Brenk").conflicts == ()


def test_what_is_measured_is_told_with_its_month(newsroom: Newsroom) -> None:
    found = told(newsroom, "inflation")

    assert values(found.rows) == [3.4, 2.9]
    assert [(row.first, row.as_of) for row in found.rows] == [
        (date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
    ]
    assert [one.difference for one in found.changes] == [pytest.approx(-0.5)]


def test_nothing_found_is_said(newsroom: Newsroom) -> None:
    found = told(newsroom, "penguins counted in Antarctica")

    assert found.rows == ()
    assert found.latest is None
    assert "No figure" in found.to_text()
    assert plot(found) == ""


def test_copies_of_one_report_count_once(tmp_path: Path) -> None:
    body = (
        "The dam at Orlo broke on Sunday after a week of rain, and water stood two metres deep in "
        "the lower streets. The county council said that 45 people had been killed in Orlo.\n\n"
        "Soldiers brought the wounded to the school, where doctors worked by the light of lamps. "
        "The road from Tarn was under water for most of its length, and the railway was closed.\n\n"
        "Farmers on the upper meadows said that the sirens had not sounded. The operator of the "
        "dam, Orlo Hydro, would not say when the gates had last been inspected."
    )
    files = {
        "a.md": written("2024-04-07", "Ashford Courier", "Dam breaks at Orlo", body),
        "b.md": written("2024-04-07", "Belmont Herald", "Orlo dam breaks", body),
    }
    with make_newsroom(tmp_path, files=files) as newsroom:
        rows = told(newsroom, "people killed in Orlo").rows

    assert values(rows) == [45]
    assert len(rows[0].also_in) == 1


def test_a_withdrawn_article_gives_no_figure(tmp_path: Path) -> None:
    files = {"a.md": written(*TUNNEL["one.md"])}
    with make_newsroom(tmp_path, files=files) as newsroom:
        article = next(newsroom.library.articles())
        assert values(told(newsroom, "people killed in Brenk").rows) == [9]
        newsroom.library.withdraw(article.id)

        assert told(newsroom, "people killed in Brenk").rows == ()
        assert said(newsroom.library, newsroom.embedder, "Marta al-Rashid") == ()


def test_json_has_all_that_the_text_has(newsroom: Newsroom) -> None:
    found = told(newsroom, "people killed in Brenk")
    back = json.loads(json.dumps(found.to_dict()))

    assert [row["value"] for row in back["rows"]] == values(found.rows)
    assert back["rows"][0]["citation"]["quote"] in found.to_text().replace("\n", " ")
    assert len(back["conflicts"]) == len(found.conflicts)


def test_the_plot_is_an_svg_without_script_and_with_escaped_words(tmp_path: Path) -> None:
    files = {
        name: written(
            parts[0], parts[1], parts[2], parts[3].replace("fire brigade", "A&B <brigade>")
        )
        for name, parts in TUNNEL.items()
    }
    with make_newsroom(tmp_path, files=files) as newsroom:
        found = told(newsroom, "people killed in Brenk")
        drawing = plot(found)

    root = ElementTree.fromstring(drawing)
    assert root.tag.endswith("svg")
    assert "script" not in drawing
    assert "<brigade" not in drawing
    table = frame(found)
    assert sorted(table["value"]) == [9, 17, 24]
    assert set(table.columns) >= {"day", "value", "series", "quote"}


def test_said_joins_spellings_and_pronouns(newsroom: Newsroom) -> None:
    found = said(newsroom.library, newsroom.embedder, "Marta Al-Rashid")

    assert [(one.day, one.verb) for one in found] == [
        (date(2024, 2, 5), "said"),
        (date(2024, 2, 8), "said"),
        (date(2024, 2, 8), "added"),
    ]
    assert found[0].quoted
    # 'She added …' shows who she is.
    assert "Marta Al Rashid" in found[2].citation.quote
    spans = {one.citation.marker: one.citation.quote for one in found}
    for one in found:
        assert one.citation.quote == spans[one.citation.marker]
        assert one.said in one.citation.quote
        assert (
            one.citation.quote == one.citation.article.text[one.citation.start : one.citation.end]
        )


def test_said_about_keeps_what_shares_its_words(newsroom: Newsroom) -> None:
    found = said(newsroom.library, newsroom.embedder, "al-Rashid", about="talks with Halden Ore")

    assert any("talks with Halden Ore" in one.said for one in found)
    assert len(found) < 3


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real articles are not on this machine")
def test_five_real_articles_hold_a_change_and_a_conflict(tmp_path: Path) -> None:
    files = {one.name: one.read_text(encoding="utf-8") for one in SEEDS.glob("*.txt")}
    with make_newsroom(tmp_path, files=files) as newsroom:
        toll = told(newsroom, "people killed in Gaza")
        attack = told(newsroom, "people killed in the attack on Israel")
        ansari = said(newsroom.library, newsroom.embedder, "Majed al-Ansari")

    assert (20000, 41252) in [(one.before.value, one.after.value) for one in toll.changes]
    assert [values(one.figures) for one in attack.conflicts] == [[1160, 1205]]
    assert len({one.citation.article.id for one in ansari}) == 3

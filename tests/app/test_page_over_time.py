"""Figures over time on the page: every point is cited, conflicts stand side by side."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from embeddings.embedders.hashing import HashEmbedder
from page.conversation.over_time import (
    conflicts_html,
    plot_html,
    series_of,
    ticks_to,
    timeline_html,
)
from page.drawing.places import Place
from rag.timeline import Timeline
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.test_page_evidence import OWN_ATTRIBUTES, OWN_TAGS, Markup

TODAY = date(2021, 6, 1)
REPORTS = {
    "2021-03-02": ("Harbour Wire", "Flood in Orsay: 12 people were killed, the fire service said."),
    "2021-03-05": ("Belmont Herald", "The flood in Orsay killed 19 people, the fire service said."),
    "2021-03-06": ("Harbour Wire", "In Orsay 31 people were killed in the flood, police said."),
    "2021-03-06b": ("Corvane Post", "The flood killed 27 people in Orsay, the fire service said."),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    folder = tmp_path_factory.mktemp("flood")
    for day, (outlet, words) in REPORTS.items():
        head = f"---\ntitle: Flood {day}\noutlet: {outlet}\npublished: {day[:10]}\n---\n\n"
        Path(folder / f"{day}.md").write_text(f"{head}{words}\n")
    with rag.open(
        folder / "library",
        add=[folder],
        embedder=HashEmbedder(128),
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as newsroom:
        return newsroom.timeline("people killed in the flood in Orsay")


def test_every_point_of_the_plot_opens_the_words_that_state_it(told: Timeline) -> None:
    shown = series_of(told)
    rendered = plot_html(shown, told.conflicts, TODAY)
    links = re.findall(r'class="dl-point[^"]*" href="#([^"]+)"', rendered)
    figures = [one for each in shown for one in each.figures]
    assert len(figures) >= 3
    assert [Place.read(link) for link in links] == [Place.of(one.citation) for one in figures]
    for one in figures:
        assert html.escape(one.expression) in rendered


def test_points_stand_where_their_day_and_value_put_them(told: Timeline) -> None:
    rendered = plot_html(series_of(told), (), TODAY)
    places = [
        (float(left), float(height))
        for left, height in re.findall(r'style="left:([\d.]+)%;height:([\d.]+)%"', rendered)
    ]
    assert min(left for left, _ in places) == 0
    assert max(left for left, _ in places) == 100
    step, ticks = ticks_to(31)
    assert (step, ticks) == (10, 4)
    assert max(height for _, height in places) == 77.5
    assert "2 March 2021" in rendered
    assert "6 March 2021" in rendered


@given(st.floats(0, 1e12))
def test_the_lines_of_the_plot_are_round_and_few(top: float) -> None:
    step, ticks = ticks_to(top)
    assert 1 <= ticks <= 4
    assert step * ticks >= top * (1 - 1e-9)
    assert step * (ticks - 1) <= top


def test_one_day_alone_is_no_plot(told: Timeline) -> None:
    one = Timeline(told.about, told.rows[:1], (), ())
    assert plot_html(series_of(one), (), TODAY) == ""
    assert "<table>" in timeline_html(one, TODAY)
    assert timeline_html(Timeline("x", (), (), ()), TODAY) == ""


def test_sources_that_differ_stand_side_by_side_each_with_its_words(told: Timeline) -> None:
    assert told.conflicts, "31 and 27 are of one day"
    rendered = conflicts_html(told.conflicts, TODAY)
    for figure in told.conflicts[0].figures:
        assert html.escape(figure.expression) in rendered
        assert f'href="#{Place.of(figure.citation)}"' in rendered
        assert html.escape(" ".join(figure.citation.quote.split()))[:40] in rendered
    assert rendered.count('dl-side"') == len(told.conflicts[0].figures)
    assert "dl-ringed" in plot_html(series_of(told), told.conflicts, TODAY)
    assert conflicts_html((), TODAY) == ""


def test_only_the_pages_own_tags_are_in_it(told: Timeline) -> None:
    found = Markup()
    rendered = timeline_html(told, TODAY) + conflicts_html(told.conflicts, TODAY)
    found.feed(rendered)
    assert found.tags <= OWN_TAGS
    assert found.attributes <= OWN_ATTRIBUTES
    assert all(link.startswith("#") for link in found.links)

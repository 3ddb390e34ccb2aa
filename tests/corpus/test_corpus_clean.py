"""Furniture goes, reporting stays, and the clues in the furniture are kept."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.clean import clean
from corpus.furniture import LINES, is_furniture

FIRST = "The harbour master of Eastport said on Monday that two ferries would stay in dock."
SECOND = "Fuel has run short since the storm, she told reporters, and no tanker is due before May."


@pytest.mark.parametrize(
    ("furniture", "rule"),
    [
        ("Site icon Eastport Monitor", "site icon"),
        ("Exit mobile version", "mobile version"),
        ("9 months ago", "age"),
        ("Updated: 3 hours ago", "age"),
        ("EASTPORT-HARBOUR-FERRY-FUEL", "agency slug"),
        ("FILES-EASTPORT/FERRY", "agency slug"),
        ("WATCH: The Week in Ports: is the fuel coming?", "promotion"),
        ("Read more: Ferry crews ask for pay", "promotion"),
        ("© 2021 Eastport Monitor. All rights reserved.", "copyright"),
        ("Photo: Ana Ruiz/Eastport Monitor", "photo credit"),
        ("Share this article on Facebook", "sharing"),
        ("Media playback is not supported on this device", "player"),
    ],
)
def test_each_rule_takes_its_line(furniture: str, rule: str) -> None:
    assert LINES[rule].fullmatch(furniture)
    for place in (
        f"{furniture}\n\n{FIRST}",
        f"{FIRST}\n\n{furniture}\n\n{SECOND}",
        f"{FIRST}\n{furniture}",
    ):
        assert furniture not in clean(place).blocks
        assert FIRST in clean(place).blocks


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell.",
        "Watch: the word was on every poster in the hall that night.",
        "WATCH: He said that the tower had a clock, and that it ran late.",
        "Related parties must say so under the new law.",
        "The dock was closed 9 months ago.",
        "Copyright law was changed in 2019.",
        "Photos: he had none, and said so.",
        "U.S.-U.K.-E.U. talks ended.",
        "close.",
        "Home.",
        "(Adler-Ruiz Inc) said that it would buy the dock.",
        "(C) - Sales on the owner's own account.",
        "Posted on 3 May 2021, the film shows the dock.",
        "Exit polls showed a close race.",
        "Site icons were stolen from the chapel.",
        "“More from us soon.”",
    ],
)
def test_reporting_that_looks_like_furniture_stays(sentence: str) -> None:
    assert not is_furniture(sentence)
    for place in (
        f"{sentence}\n\n{FIRST}",
        f"{FIRST}\n\n{sentence}\n\n{SECOND}",
        f"{FIRST}\n\n{sentence}",
    ):
        assert sentence in clean(place).blocks


def test_related_posts_and_the_headlines_under_them() -> None:
    raw = (
        f"{FIRST}\n\nRelated posts\n\nFerry crews ask for pay\n\nIs the fuel coming?\n\n"
        "Storm warning for Sunday"
    )
    assert clean(raw).blocks == (FIRST,)


def test_reporting_after_a_list_of_related_posts_stays() -> None:
    raw = (
        f"{FIRST}\n\nRelated posts\n\nFerry crews ask for pay\n\n{SECOND}\n\nA subheading\n\n"
        f"{FIRST}"
    )
    assert clean(raw).blocks == (FIRST, SECOND, "A subheading", FIRST)


def test_dates_under_related_posts_are_not_the_articles() -> None:
    found = clean(f"{FIRST}\n\nRelated posts\n\nFerry crews ask for pay\n\nPublished: 3 May 2019")
    assert found.published_line is None


@pytest.mark.parametrize(
    "caption",
    [
        "Ferry crews (L) wait on the quay on May 4, 2021 [ANA RUIZ/AFP via Getty Images]",
        "Ferry crews wait on the quay [File: Ana Ruiz/Reuters]",
        "Ferry crews wait on the quay in Eastport (Photo by Ana Ruiz/Getty Images)",
    ],
)
def test_captions_go_and_the_sentence_before_them_stays(caption: str) -> None:
    assert clean(f"{caption}\n\n{FIRST}").blocks == (FIRST,)
    assert clean(f"{FIRST} {caption}\n\n{SECOND}").blocks == (FIRST, SECOND)


@pytest.mark.parametrize(
    "sentence",
    [
        "“They [the crews] are tired,” she said.",
        "He spoke to the agency (AFP).",
        "The crews have waited for a month, she said. (Reuters)",
        "She added that “it [the fuel] will come [soon]”",
    ],
)
def test_brackets_in_reporting_stay(sentence: str) -> None:
    assert clean(f"{FIRST}\n\n{sentence}").blocks == (FIRST, sentence)


def test_the_collectors_mark_is_taken_off_the_first_sentence() -> None:
    found = clean(f" date 2021-05-04 {FIRST}\n\n\n\n{SECOND}")
    assert found.blocks == (FIRST, SECOND)
    assert found.date_head == date(2021, 5, 4)


def test_a_passed_on_story_names_its_outlet_and_its_day() -> None:
    raw = (
        " date 2021-05-05 (PORTNEWS- Eastport Times) Published: Tue 4 May 2021, 5:01 PM\n\n"
        f"Last updated: Wed 5 May 2021, 5:02 PM\n\n{FIRST}"
    )
    found = clean(raw)
    assert found.blocks == (FIRST,)
    assert found.outlet == "Eastport Times"
    assert found.published_line == date(2021, 5, 4)
    assert found.date_head == date(2021, 5, 5)
    assert found.updated == date(2021, 5, 5)


@pytest.mark.parametrize(
    ("raw", "outlet"),
    [
        (f"Site icon Eastport Monitor\n\nFerries stay in dock\n\n{FIRST}", "Eastport Monitor"),
        (f"EASTPORT, May 4 (Reuters) - {FIRST}", "Reuters"),
        (f"NEW HARBOUR (AP) — {FIRST}", "AP"),
        (f"Publisher: The Eastport Star\n\n{FIRST}", "The Eastport Star"),
        (FIRST, None),
        ("The mayor (Labour) - who had not been asked - said no.", None),
    ],
)
def test_the_outlet_in_the_texts_own_head(raw: str, outlet: str | None) -> None:
    assert clean(raw).outlet == outlet


def test_a_dateline_stays_in_the_text() -> None:
    raw = f"EASTPORT, May 4 (Reuters) - {FIRST}"
    assert clean(raw).blocks == (raw,)


def test_the_dates_of_a_chronicle_are_subheadings() -> None:
    raw = f"The storm, day by day\n\n3 May 2021\n\n{FIRST}\n\n4 May 2021\n\n{SECOND}"
    found = clean(raw)
    assert found.published_line is None
    assert "3 May 2021" in found.blocks


def test_a_lone_date_dates_the_article_only_above_its_first_sentence() -> None:
    assert clean(f"Ferries stay in dock\n\n4 May 2021\n\n{FIRST}").published_line == date(
        2021, 5, 4
    )
    below = clean(f"{FIRST}\n\n4 May 2021\n\n{SECOND}")
    assert below.published_line is None
    assert "4 May 2021" in below.blocks


@pytest.mark.parametrize(
    "raw", ["", " \n\n ", "Exit mobile version\n\nAdvertisement", "9 months ago"]
)
def test_nothing_but_furniture_is_nothing(raw: str) -> None:
    assert clean(raw).blocks == ()

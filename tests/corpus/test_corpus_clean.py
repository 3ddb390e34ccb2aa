"""Furniture goes, reporting stays, and the clues in the furniture are kept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import corpus
from corpus.characters import normalise
from corpus.clean import clean
from corpus.compose import compose
from corpus.furniture import first_outlet, is_furniture
from corpus.furniture_lines import LINES
from corpus.metadata import Metadata
from corpus.readers.record import Record

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
        ("Lire aussi : Les ponts oubliés", "promotion"),
        ("اقرأ أيضاً: أطباء الجزيرة يطلبون المساعدة", "promotion"),
        (
            "Copyright 2021 The Port Press. All rights reserved. This material may not be"
            " published, broadcast, rewritten or redistributed without permission.",
            "copyright",
        ),
        ("Tous droits réservés", "copyright"),
        ("Alle Rechte vorbehalten.", "copyright"),
        ("جميع الحقوق محفوظة © 2021 بريد الميناء", "copyright"),
        ("Follow the Eastport Monitor on Facebook and X.", "following"),
        ("Join our channel on Telegram", "following"),
        ("Download our app for the latest news.", "following"),
        ("1.2K shares", "count"),
        ("Comments (12)", "count"),
        ("4 min read", "reading time"),
        ("Home > Eastport > Harbour", "breadcrumbs"),
        ("World » Islands » Marrow", "breadcrumbs"),
        ("Tags: ferries, fuel, Eastport", "tags"),
        ("Filed under: Harbour", "tags"),
        ("Sign up for our weekly newsletter and never miss a story.", "newsletter"),
        ("Get the day's top stories in your inbox.", "newsletter"),
        ("By signing up, you agree to our terms of use.", "newsletter"),
        ("Abonnez-vous à notre newsletter", "newsletter"),
        ("We use cookies to improve your experience. By clicking accept you agree.", "cookies"),
        ("By continuing to use this site, you agree to our cookie policy.", "cookies"),
        ("This article is for subscribers only.", "paywall"),
        ("Already a subscriber? Log in", "paywall"),
        ("You have reached your limit of free articles.", "paywall"),
        ("Reporting by Ines Falk in Ober; Editing by Tom Reed", "credits"),
        ("(Additional reporting by Ana Ruiz and Bo van Dyk; writing by Jo Lee)", "credits"),
        ("(With inputs from agencies)", "credits"),
        ("REUTER", "agency sign-off"),
        ("-ENDS-", "agency sign-off"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "standards"),
        (
            "The views expressed in this article are the author's own and do not"
            " necessarily reflect those of the Monitor.",
            "views",
        ),
        ("list 1 of 3 Tankers wait in the roads", "list mark"),
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
        "Follow the money, he told the inquiry.",
        "“Sign up for the newsletter,” the mayor told pupils.",
        "Subscribe to nothing that comes by email, the ministry said.",
        "To keep reading rooms open, the council cut their hours.",
        "Reporting by the Monitor found that two ferries had no papers.",
        "Editing by hand took a year.",
        "The report was first published in January.",
        "This article of the treaty was broken in 2019.",
        "The views expressed by the minister do not reflect those of her party.",
        "By using the tunnel you agree to pay the toll, a sign at its mouth says.",
        "Correction: An earlier version gave the wrong age.",
        "This story has been updated with comments from the ministry.",
        "Cookies are used by every site that the court looked at.",
        "He shared 300 comments.",
        "Home is a boat > 40 feet long, she says.",
        "Tags: they hang from every bag in the hall.",
        "Copyright is at the heart of the case.",
        "Reuters said so first.",
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


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("This article was originally published by The Selby Herald.", "The Selby Herald"),
        ("This story first appeared in The Port Review.", "The Port Review"),
        ("Originally published on Harbour News", "Harbour News"),
        ("The post Ferries stay in dock appeared first on Eastport Star.", "Eastport Star"),
        ("This article is republished from The Conversation under a Creative Commons license.",
         "The Conversation"),
        ("This article was first published in May.", None),
        ("The report was first published by The Lancet.", None),
        (FIRST, None),
    ],
)  # fmt: skip
def test_the_outlet_that_had_the_article_first(line: str, outlet: str | None) -> None:
    assert first_outlet(line) == outlet
    found = clean(f"{FIRST}\n\n{SECOND}\n\n{line}")
    assert found.original == outlet
    assert found.dropped == ((line,) if outlet else ())


def test_a_pull_quote_goes_and_its_words_stay() -> None:
    pulled = "“Fuel has run short since the storm”"
    found = clean(f"{FIRST}\n\n{pulled}\n\n{SECOND}")
    assert found.blocks == (FIRST, SECOND)
    assert found.dropped == (pulled,)


def test_a_headline_that_quotes_the_text_stays() -> None:
    headline = "Two ferries would stay in dock"
    assert clean(f"{headline}\n\n{FIRST.replace('two', 'Two')}").blocks[0] == headline


def test_what_is_dropped_is_told_in_order() -> None:
    raw = (
        " date 2021-05-05 (PORTNEWS- Eastport Times) Published: Tue 4 May 2021, 5:01 PM\n\n"
        f"{FIRST}\n\nAdvertisement\n\n{SECOND} Ferries wait [ANA RUIZ/AFP]\n\nRelated posts\n\n"
        "Is the fuel coming?"
    )
    assert clean(raw).dropped == (
        "date 2021-05-05",
        "(PORTNEWS- Eastport Times)",
        "Published: Tue 4 May 2021, 5:01 PM",
        "Advertisement",
        "Ferries wait [ANA RUIZ/AFP]",
        "Related posts",
        "Is the fuel coming?",
    )


_PIECES = st.sampled_from(
    [FIRST, SECOND, "Related posts", "Is the fuel coming?", "Advertisement", "9 months ago",
     "date 2021-05-04", "Published: 4 May 2021", "Last updated: 5 May 2021 -", "5 May 2021",
     "(PORTNEWS- Eastport Times)", "Site icon Eastport Monitor", "Eastport Times", "By Ana Ruiz",
     "Ferries wait on the quay [ANA RUIZ/AFP]", "Fuel has run short since the storm", "© 2021 X",
     "Ferries stay in dock", "EASTPORT, May 4 (Reuters) - ", "This story first appeared in Tern."]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.one_of(_PIECES, st.text(max_size=20), st.sampled_from(["\n", "\n\n", " "])), max_size=20
    ).map("".join),
    st.lists(_PIECES, max_size=15).map("\n\n".join),
)


def letters(*pieces: str) -> Counter[str]:
    return Counter(character for piece in pieces for character in piece if not character.isspace())


@given(_TEXTS)
def test_nothing_vanishes(raw: str) -> None:
    found = clean(raw)
    assert letters(*found.blocks, *found.dropped) == letters(normalise(raw))
    for piece in (*found.blocks, *found.dropped):
        assert piece == piece.strip() != ""


@given(_TEXTS, st.sampled_from([None, "Ferries stay in dock", "Another headline"]))
@example("Harbour plan approved, Times\nHarbour plan approved, Times\nA vote was held.", None)
def test_nothing_vanishes_from_an_article(raw: str, title: str | None) -> None:
    article = compose(Record(Metadata(title=title), raw), Path("a.txt"))
    if not isinstance(article, corpus.Article):
        assert not any(line.isalnum() for line in clean(raw).blocks)
        return
    told = letters(article.text, *article.dropped)
    missing = letters(normalise(raw)) - told
    assert missing in (Counter(), letters(article.title))  # a headline became the title


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
    assert letters(*clean(raw).dropped) == letters(raw)

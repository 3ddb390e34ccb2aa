"""Titles and outlets from the head of a text."""

from __future__ import annotations

from corpus.headline import first_words, same_words, shorten, take_headline

BODY = "The harbour master said on Monday that two ferries would stay in dock."
HEADLINE = "Two ferries stay in dock as fuel runs short"


def test_a_headline_is_a_line_of_its_own() -> None:
    assert take_headline((HEADLINE, BODY)) == (HEADLINE, None, (BODY,))
    assert (
        take_headline(("Will the ferries sail this week?", BODY))[0]
        == "Will the ferries sail this week?"
    )


def test_a_first_sentence_is_no_headline_and_stays() -> None:
    assert take_headline((BODY, BODY)) == (None, None, (BODY, BODY))
    quoted = "“Two ferries will stay in dock this week.”"
    assert take_headline((quoted, BODY)) == (None, None, (quoted, BODY))


def test_a_long_first_paragraph_without_its_full_stop_is_no_headline() -> None:
    long = "The harbour master said " + "again and again " * 10 + "that nobody would sail"
    assert take_headline((long, BODY)) == (None, None, (long, BODY))


def test_a_section_name_above_the_headline_is_passed_over() -> None:
    assert take_headline(("World", HEADLINE, BODY)) == (HEADLINE, None, ("World", BODY))


def test_an_outlet_line_names_the_outlet_and_an_author_line_does_not() -> None:
    assert take_headline((HEADLINE, "Eastport Times", BODY)) == (
        HEADLINE,
        "Eastport Times",
        (BODY,),
    )
    assert take_headline((HEADLINE, "Ana Ruiz", BODY)) == (HEADLINE, None, ("Ana Ruiz", BODY))
    assert take_headline(("By Ana Ruiz", HEADLINE, BODY)) == (HEADLINE, None, ("By Ana Ruiz", BODY))


def test_a_list_of_short_lines_has_no_headline() -> None:
    lines = ("Ferries in dock", "Fuel is short")
    assert take_headline(lines) == (None, None, lines)
    assert take_headline(()) == (None, None, ())


def test_without_a_headline_the_title_is_the_beginning_of_the_first_sentence() -> None:
    assert first_words(("By Ana Ruiz", BODY)) == BODY
    long = BODY[:-1] + " until the fuel that was promised to them has come."
    title = first_words((long,))
    assert title.endswith("…")
    assert long.startswith(title[:-1])
    assert long[len(title) - 1] in " ,"
    assert len(title) <= 91


def test_shorten_cuts_a_blob_too() -> None:
    assert shorten("x" * 200, 50) == "x" * 50 + "…"
    assert shorten("short", 50) == "short"


def test_same_words() -> None:
    assert same_words("Two ferries stay, in dock!", "two ferries stay in dock")
    assert not same_words("Two ferries", "Three ferries")

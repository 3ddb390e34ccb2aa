"""What a question takes for granted, held against the evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.newsroom import Newsroom
from tests.rag.desks import assert_promise, make_newsroom

FILES = {
    "one.md": (
        "---\ntitle: The bridge in June\noutlet: Ashford Courier\npublished: 2024-07-05\n---\n"
        "The Belmont bridge did not open in June, the county said. The Carrick ferry sailed in "
        "June. The council met the traders to hear about a deal.\n"
    ),
    "two.md": (
        "---\ntitle: Council passes the market levy\noutlet: Belmont Herald\n"
        "published: 2024-07-09\n---\n"
        "Ada Linde rejected calls to resign. Boris Kern voted against the bill.\n"
    ),
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path, [""], style="short", files=FILES)


def test_a_yes_or_no_is_said_where_the_cited_sentence_plainly_says_it(newsroom: Newsroom) -> None:
    no = newsroom.ask("Did the Belmont bridge open in June?")
    assert_promise(no, newsroom)
    assert (no.short, no.working) == ("No", "the cited sentence says otherwise")
    assert "did not open" in no.citations[0].quote
    yes = newsroom.ask("Did the Carrick ferry sail in June?")
    assert (yes.short, yes.working) == ("Yes", "the cited sentence says so")


def test_a_sentence_about_the_same_people_gives_no_no(newsroom: Newsroom) -> None:
    answer = newsroom.ask("Did the council reject the deal?")
    assert answer.short is None
    assert answer.correction is None
    assert answer.citations


def test_a_false_premise_is_answered_by_what_the_articles_say(newsroom: Newsroom) -> None:
    answer = newsroom.ask("Why did the Belmont bridge open in June?")
    assert_promise(answer, newsroom)
    assert answer.correction is not None
    assert answer.correction.startswith("The cited words do not say that the Belmont bridge opened")
    assert "did not open" in answer.citations[0].quote


def test_who_rejects_calls_to_resign_does_not_resign(newsroom: Newsroom) -> None:
    answer = newsroom.ask("Did Ada Linde resign?")
    assert (answer.short, answer.working) == ("No", "the cited sentence says otherwise")
    premise = newsroom.ask("Why did Ada Linde resign?")
    assert premise.correction is not None
    assert "rejected calls" in premise.citations[0].quote


def test_a_vote_against_is_no_vote_for(newsroom: Newsroom) -> None:
    answer = newsroom.ask("Why did Boris Kern vote for the market levy?")
    assert answer.correction is not None
    assert "voted against" in answer.citations[0].quote


def test_what_somebody_else_did_corrects_the_premise(tmp_path: Path) -> None:
    files = {
        "one.md": (
            "---\ntitle: Engineer goes\noutlet: Ashford Courier\npublished: 2024-07-05\n---\n"
            "Oakes, the county engineer, resigned on Tuesday. Mayor Petra Hollin called the sum a "
            "beginning.\n"
        ),
    }
    with make_newsroom(tmp_path, [""], style="short", files=files) as newsroom:
        other = newsroom.ask("Why did Petra Hollin resign?")
        own = newsroom.ask("Why did Bram Oakes resign?")
        assert_promise(other, newsroom)
    assert other.correction == "The cited words do not say that Petra Hollin resigned. They say:"
    assert other.citations[0].quote.startswith("Oakes")
    assert own.correction is None


def test_who_votes_against_it_did_not_vote_for_it(tmp_path: Path) -> None:
    files = {
        "one.md": (
            "---\ntitle: Vote\noutlet: Ashford Courier\npublished: 2024-07-05\n---\n"
            "The council voted 17 to 12 on Thursday night against taking the waterworks back.\n"
        ),
    }
    with make_newsroom(tmp_path, [""], style="short", files=files) as newsroom:
        assert newsroom.ask("Did the council vote to take the waterworks back?").short == "No"
        assert (
            newsroom.ask("Did the council vote against taking the waterworks back?").short == "Yes"
        )

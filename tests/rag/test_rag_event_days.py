"""The day of the event that bounds a question, and what stands on its wrong side."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from embeddings.embedders.hashing import HashEmbedder
from rag.finding.event_days import event_day, wrong_side
from rag.finding.places import Place, places_in
from rag.finding.ranking import EvidenceOptions, EvidenceRanker
from rag.question.understanding import Understanding
from tests.rag.desks import make_hit

EMBED = HashEmbedder().embed
DIVE = make_hit(
    "The divers have 25 names on their list of the missing.",
    1,
    id="dive",
    title="Divers at the wreck of the Marigold",
    published=date(2024, 3, 14),
)
END = make_hit(
    "The search for the crew of the Marigold was called off at dusk on Sunday. "
    "The list of the missing has 14 names.",
    2,
    id="end",
    title="Search for the Marigold is over",
    published=date(2024, 3, 19),
)
LATER = make_hit(
    "The list of the missing has 16 names by now, the harbour office said.",
    3,
    id="later",
    title="A mistake in the list",
    published=date(2024, 4, 2),
)
UNDATED = make_hit("The crew of the Marigold had sailed for years.", 4, id="old", published=None)
PLACES = places_in([DIVE, END, LATER, UNDATED])
OVER = "the search was called off"


def marked(asks: Understanding, places: list[Place] = PLACES) -> dict[str, list[float]]:
    wrong: dict[str, list[float]] = {}
    for place, value in zip(places, wrong_side(asks, places, EMBED), strict=True):
        wrong.setdefault(place.hit.article.id, []).append(float(value))
    return wrong


def test_the_day_is_the_one_that_the_sentence_names_and_not_that_of_the_article() -> None:
    assert event_day(OVER, PLACES, EMBED) == date(2024, 3, 17)


def test_where_no_sentence_names_a_day_it_is_the_article_s() -> None:
    plain = make_hit("The talks on the quay collapsed.", published=date(2024, 3, 5))
    assert event_day("the talks collapsed", places_in([plain]), EMBED) == date(2024, 3, 5)


def test_what_happened_counts_more_than_what_was_announced() -> None:
    due = make_hit("The trial will be opened on 2 May.", id="due", published=date(2024, 4, 20))
    held = make_hit("The trial opened on Monday.", id="held", published=date(2024, 5, 7))
    assert event_day("the trial opened", places_in([due, held]), EMBED) == date(2024, 5, 6)
    assert event_day("the trial opened", places_in([due]), EMBED) == date(2024, 5, 2)


def test_where_nothing_is_dated_there_is_no_day_and_nothing_is_wrong() -> None:
    places = places_in([UNDATED])
    assert event_day("the crew sailed", places, EMBED) is None
    assert event_day("the crew sailed", [], EMBED) is None
    assert marked(Understanding("count", before="the crew sailed"), places) == {"old": [0.0]}


def test_before_an_event_is_what_was_published_until_the_day_before() -> None:
    assert marked(Understanding("count", before=OVER)) == {
        "dive": [0.0],
        "end": [1.0, 1.0],
        "later": [1.0],
        "old": [0.0],
    }


def test_after_it_is_its_own_day_and_what_follows() -> None:
    assert marked(Understanding("count", after=OVER)) == {
        "dive": [1.0],
        "end": [0.0, 0.0],
        "later": [0.0],
        "old": [0.0],
    }


def test_between_two_events_is_what_both_admit() -> None:
    asks = Understanding("count", after=OVER, before="a mistake in the list")
    wrong = marked(asks)
    assert wrong["dive"] == wrong["later"] == [1.0]
    assert wrong["end"] == [0.0, 0.0]


def test_a_sentence_that_names_a_day_of_the_right_side_stands_there() -> None:
    back = make_hit(
        "On 13 March 25 were missing. The harbour office said so.",
        3,
        id="back",
        published=date(2024, 4, 2),
    )
    wrong = marked(Understanding("count", before=OVER), places_in([END, back]))
    assert wrong["back"] == [0.0, 1.0]


def test_without_an_event_nothing_is_wrong() -> None:
    assert not wrong_side(Understanding("count"), PLACES, EMBED).any()
    assert wrong_side(Understanding("count", before=OVER), PLACES, EMBED).dtype == np.float32


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many names had the list of the missing before the search was called off?", "dive"),
        ("How many names had the list of the missing after the search was called off?", "end"),
    ],
)
def test_of_two_alike_the_one_on_the_right_side_comes_first(question: str, first: str) -> None:
    alike = "The list of the missing has {} names."
    early = make_hit(alike.format(25), 1, id="dive", published=date(2024, 3, 14))
    late = make_hit(
        f"The search was called off on Monday. {alike.format(14)}",
        2,
        id="end",
        published=date(2024, 3, 19),
    )
    vector = EMBED([question])[0]
    hits = [early, late] if first == "end" else [late, early]
    options = EvidenceOptions(passage=0.0, in_context=0.0)
    found = EvidenceRanker(HashEmbedder(), options).rank(question, vector, hits)
    assert "names" in found[0].text
    assert found[0].hit.article.id == first

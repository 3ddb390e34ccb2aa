"""The sort of words that a question asks for, and whether a sentence holds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.finding.fits import SORTS, sought


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("How many people were on the ferry?", "count"),
        ("For how many weeks did the strike last?", "duration"),
        ("How long did the crossing take?", "duration"),
        ("In which month was the hull inspected?", "month"),
        ("On what weekday did the council vote?", "weekday"),
        ("When did the trial open?", "day"),
        ("In the autumn, when did the trial open?", "day"),
        ("Which two countries signed?", "country"),
        ("Where did the ship sink?", "name"),
        ("In which port did she lie?", "name"),
        ("Who led the rescue?", "name"),
        ("How much did the repair cost?", "figure"),
        ("What pay rise did the dockers get?", "figure"),
        ("Where does the policy rate stand?", "figure"),
        ("What did the captain say when he was found?", None),
        ("How was it settled how many seats each would get?", None),
        ("What did the minister promise?", None),
    ],
)
def test_the_sort_is_read_from_how_the_question_itself_begins(
    question: str, sort: str | None
) -> None:
    assert sought(question).sort == sort


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("How many died?", "Eleven people drowned.", "The search went on for two weeks."),
        ("How many visits were there?", "It was her third visit.", "It cost 40 dollars."),
        ("How long did it last?", "It lasted for six days.", "Six people waited."),
        ("How long did it take?", "She sank in a quarter of an hour.", "She sank at the pier."),
        ("When was it built?", "It was launched in 1987.", "It was launched in a hurry."),
        ("When did they leave?", "They left on Tuesday.", "They left 40 bags."),
        ("In which month was it?", "The inspection was in January.", "It was on Tuesday."),
        ("On what day was it?", "They voted on Monday.", "They voted at length."),
        ("Which country sent aid?", "Norway sent two ships.", "The union sent two ships."),
        ("Which country helped Norway?", "Swedish crews came.", "Norwegian crews came."),
        ("Who led it?", "It was led by Runa Dahlgaard.", "It was led by an officer."),
        ("What did it cost?", "It cost 4 million pounds.", "It took four months."),
        ("How much was lost?", "A kilometre of track was washed away.", "The track is gone."),
        ("What was said?", "Nothing.", ""),
    ],
)
def test_a_sentence_that_holds_the_sort_is_told_from_one_that_does_not(
    question: str, holds: str, lacks: str
) -> None:
    words = sought(question)
    assert words.is_in(holds)
    assert not lacks or not words.is_in(lacks)


@given(st.text(max_size=80), st.text(max_size=120))
def test_any_question_and_any_sentence_can_be_held_together(question: str, sentence: str) -> None:
    words = sought(question)
    assert words.sort is None or words.sort in SORTS
    assert words.is_in(sentence) in (True, False)

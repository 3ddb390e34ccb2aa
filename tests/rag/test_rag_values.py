"""Of the figures and days of the best sentences, the one that answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from embeddings.store.window import DateWindow
from rag.answering.values import ValueOptions, values_of
from rag.newsroom import Newsroom
from tests.rag.desks import assert_promise, make_evidence, make_newsroom

MINE = (
    "Of 412 miners who went below, 37 are still in the shaft. The pit is 1,200 metres deep and 60 "
    "years old. Rescuers brought up 18 bodies on Thursday, the ministry said on Saturday. The "
    "search cost 3 million crowns."
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many miners are still in the shaft?", "37"),
        ("How many miners went below?", "412 miners"),
        ("How deep is the pit?", "1,200 metres"),
        ("How old is the pit?", "60 years old"),
        ("How many bodies did rescuers bring up?", "18 bodies"),
        ("How much did the search cost?", "3 million crowns"),
        ("How many crowns did the search cost?", "3 million crowns"),
    ],
)
def test_a_figure_is_of_what_is_asked_for(question: str, answer: str) -> None:
    assert values_of(question, make_evidence(MINE), ValueOptions())[0].text == answer


@pytest.mark.parametrize(
    "question", ["How many crowns did the pit lose in tonnes?", "How tall is the pit?"]
)
def test_a_figure_of_another_sort_is_no_candidate(question: str) -> None:
    found = {one.text for one in values_of(question, make_evidence(MINE), ValueOptions())}
    assert not found & {"37", "412 miners", "18 bodies", "1,200 metres"}


def test_the_day_of_saying_so_gives_way_to_the_day_of_the_event() -> None:
    found = values_of(
        "When did rescuers bring up the bodies?", make_evidence(MINE), ValueOptions(), days=True
    )
    assert [one.text for one in found] == ["Thursday", "Saturday"]
    assert found[1].kind < found[0].kind


def test_a_question_for_a_month_prefers_one() -> None:
    text = "The court sat in 2019. It ruled on a Friday in March."
    ask = "In which month did the court rule?"
    assert values_of(ask, make_evidence(text), ValueOptions(), days=True)[0].text == "March"


def test_the_dead_are_not_the_injured() -> None:
    text = "The blast killed 9 people and left 70 people injured."
    found = values_of("How many people were injured?", make_evidence(text), ValueOptions())
    assert [one.text for one in found] == ["70 people", "9 people"]


def test_a_share_counts_no_people() -> None:
    text = "The dockers voted for a rise of 6 percent."
    found = values_of("How many dockers were killed?", make_evidence(text), ValueOptions())
    assert found == []


def test_a_length_is_not_the_time_since() -> None:
    text = "Five days after the flood the siege, which lasted two weeks, was lifted."
    found = values_of("How long did the siege last?", make_evidence(text), ValueOptions())
    assert [one.text for one in found] == ["two weeks"]


def test_what_stands_far_from_the_words_asked_for_has_little_cover() -> None:
    near, far = make_evidence("The dam holds 90 million litres. Twelve cows drowned in Aldmoor.")
    question = "How many litres does the dam hold?"
    found = values_of(question, [replace(near, score=1.0), far], ValueOptions())
    assert [one.text for one in found] == ["90 million litres"]
    assert found[0].cover > 0.9


def test_a_part_of_a_sum_is_in_its_unit() -> None:
    text = "The ministry has paid 15 million of the 40 million crowns that it promised farmers."
    found = values_of("How much has the ministry paid?", make_evidence(text), ValueOptions())
    assert found[0].text == "15 million"


def test_where_the_end_is_asked_for_the_beginning_is_less_sure() -> None:
    text = "The strike began on Monday. It ended on Friday, and the strike fund is empty."
    found = values_of("When did the strike end?", make_evidence(text), ValueOptions(), days=True)
    assert [one.text for one in found] == ["Friday", "Monday"]
    assert found[1].kind < 0.5


FILES = {
    "one.md": (
        "---\ntitle: Fire in the Tolm mill\noutlet: Ashford Courier\npublished: 2024-03-05\n---\n"
        "The fire in Tolm at its old mill has killed 6 people, the Tolm fire service said on "
        "Tuesday. Smoke hung over the lower town until noon. The road to Aldmoor is shut.\n"
    ),
    "two.md": (
        "---\ntitle: Two more die after the Tolm fire\noutlet: Belmont Herald\n"
        "published: 2024-03-09\n---\n"
        "The fire in Tolm has killed 8 people, the Tolm fire service said on Saturday. A judge "
        "will hear the owner of the mill in June. The county has named those who were found.\n"
    ),
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path, ["8 people"], style="short", files=FILES)


def test_of_a_count_that_runs_on_the_newest_figure_answers(newsroom: Newsroom) -> None:
    answer = newsroom.ask("How many people has the fire in Tolm at its old mill killed?")
    assert_promise(answer, newsroom)
    assert answer.short == "8 people"
    assert answer.citations[0].article.published == date(2024, 3, 9)
    earlier = newsroom.ask(
        "How many people has the fire in Tolm at its old mill killed?", as_of="2024-03-06"
    )
    assert earlier.citations[0].article.published == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "How old were the girls who were found?",
            "Two girls, aged seven and ten, were found.",
            "seven and ten",
        ),
        (
            "By how many votes did the council reject the plan?",
            "The council rejected the plan by 17 to 12 votes.",
            "17 to 12 votes",
        ),
        (
            "How many people were treated in hospital?",
            "Eleven patients were treated in hospital. About 240 people fell ill.",
            "Eleven patients",
        ),
    ],
)
def test_a_value_is_told_whole_and_of_those_it_is_of(question: str, text: str, answer: str) -> None:
    assert values_of(question, make_evidence(text), ValueOptions())[0].text == answer


def test_of_several_years_the_one_asked_about_has_the_figure() -> None:
    text = (
        "The slope moved 4 centimetres in 2021, 9 centimetres in 2023 and 22 centimetres in 2024."
    )
    year = DateWindow(date(2023, 1, 1), date(2023, 12, 31))
    ask = "How far did the slope move in 2023?"
    found = values_of(ask, make_evidence(text), ValueOptions(), period=year)
    assert found[0].text == "9 centimetres"
    other = DateWindow(date(2019, 1, 1), date(2019, 12, 31))
    found = values_of(ask, make_evidence(text), ValueOptions(), period=other)
    assert {one.kind for one in found} == {1.0}


@pytest.mark.parametrize(
    "text",
    [
        "The minister is to visit the village on Saturday.",
        "The minister, who cancelled his visit on Saturday, spoke to nobody.",
        "The minister planned to visit the village on Saturday.",
    ],
)
def test_a_visit_to_come_or_given_up_has_no_day_on_which_it_was(text: str) -> None:
    ask = "When did the minister visit the village?"
    [planned] = values_of(ask, make_evidence(text), ValueOptions(), days=True)
    done = "The minister came to visit the village on Monday."
    [was] = values_of(ask, make_evidence(done), ValueOptions(), days=True)
    assert planned.kind < was.kind
    will = "When will the minister visit the village?"
    [asked] = values_of(will, make_evidence(text), ValueOptions(), days=True)
    assert asked.kind == 1.0


def test_the_day_of_one_deed_is_not_that_of_saying_the_next() -> None:
    text = "The fire service ended its search on Wednesday and put the toll at 21."
    [found] = values_of("When did the search end?", make_evidence(text), ValueOptions(), days=True)
    assert (found.text, found.kind) == ("Wednesday", 1.0)


def test_a_count_that_falls_is_no_score() -> None:
    text = "The coastguard lowered its count of the dead from 38 to 36."
    found = values_of("How many people died?", make_evidence(text), ValueOptions())
    assert {one.text for one in found} == {"38", "36"}
